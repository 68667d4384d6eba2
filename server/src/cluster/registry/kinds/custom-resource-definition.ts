// A CustomResourceDefinition keeps the versions that were ever stored, and stays until its objects are gone.
import type { CustomResourceDefinition, CustomResourceDefinitionCondition } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const cleanupFinalizer = 'customresourcecleanup.apiextensions.k8s.io';

export const customResourceDefinitionStrategy: KindStrategy<CustomResourceDefinition> = {
  prepareForCreate: (definition) => withStorageVersion(definition, []),
  prepareForUpdate: (next, before) => withStorageVersion(next, before.status.storedVersions ?? []),
  statusTakesMetadata: true,
  // The first delete only marks it; without its finalizer it goes.
  isHeld: ({ metadata }) => metadata.deletionTimestamp === undefined,
  prepareForDelete(definition) {
    const { metadata, status } = definition;
    const finalizers = metadata.finalizers ?? [];
    const terminating: CustomResourceDefinitionCondition = {
      type: 'Terminating',
      status: 'True',
      lastTransitionTime: metadata.deletionTimestamp!,
      reason: 'InstanceDeletionPending',
      message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
    };
    return {
      ...definition,
      metadata: { ...metadata, finalizers: finalizers.includes(cleanupFinalizer) ? finalizers : [...finalizers, cleanupFinalizer] },
      status: { ...status, conditions: withCondition(status.conditions, terminating) },
    };
  },
};

function withStorageVersion(definition: CustomResourceDefinition, before: readonly string[]): CustomResourceDefinition {
  const storage = definition.spec.versions?.find((version) => version.storage)?.name;
  if (storage === undefined || before.includes(storage)) return definition;
  return { ...definition, status: { ...definition.status, storedVersions: [...before, storage] } };
}

/** The conditions with one of them replaced or added. Its time is that of the last change of its status. */
export function withCondition(
  conditions: readonly CustomResourceDefinitionCondition[] = [],
  next: CustomResourceDefinitionCondition,
): readonly CustomResourceDefinitionCondition[] {
  const before = conditions.find(({ type }) => type === next.type);
  if (!before) return [...conditions, next];
  const { lastTransitionTime } = before.status === next.status ? before : next;
  const merged = { ...next, ...(lastTransitionTime !== undefined && { lastTransitionTime }) };
  return conditions.map((one) => (one === before ? merged : one));
}
