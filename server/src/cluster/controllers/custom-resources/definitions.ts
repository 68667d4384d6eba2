// Accepts the names of CustomResourceDefinitions, establishes them, and empties them when they are deleted
// (apiextensions-apiserver/pkg/controller: status, establish, finalizer).
import { isEqual } from '../../../kube/equal.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import { formatTime } from '../../../kube/time.ts';
import { isEstablished } from '../../../schema/custom/custom-kind.ts';
import { definitionsResource } from '../../../schema/custom/catalog.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionCondition } from '../../../schema/generated/types.ts';
import { cleanupFinalizer, withCondition } from '../../registry/kinds/custom-resource-definition.ts';
import { run, type Plan } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Writer } from '../../runtime/writer.ts';
import { decideNames } from './names.ts';

interface View {
  readonly definition: CustomResourceDefinition;
  readonly others: readonly CustomResourceDefinition[];
  readonly instances: readonly KubeObject[];
  readonly time: string;
}

interface DefinitionPlan extends Plan {
  readonly status: CustomResourceDefinition['status'];
  /** Objects to delete. */
  readonly remove: readonly KubeObject[];
  /** Nothing is left: the definition may go. */
  readonly isEmptied: boolean;
}

/** How often the server looks whether the objects of a deleted definition are gone. */
const emptiedCheckMs = 5_000;

export const customResourceDefinitions = run<View, DefinitionPlan>({
  name: 'crd-controller',
  watches: [{ resource: definitionsResource, enqueue: ({ key, after, before }, reader) => (after && before ? [key] : [key, ...sameGroup(key, reader)]) }],
  observe(key, reader, nowMs) {
    const definition = reader.get<CustomResourceDefinition>(definitionsResource, undefined, key);
    if (!definition) return undefined;
    const others = sameGroup(key, reader).map((name) => reader.get<CustomResourceDefinition>(definitionsResource, undefined, name)!);
    const isGoing = definition.metadata.deletionTimestamp !== undefined;
    return { definition, others, instances: isGoing ? [...reader.collection(key).values()] : [], time: formatTime(nowMs) };
  },
  plan: planDefinition,
  apply: applyPlan,
});

/** The other definitions of a group, by name. A definition is called PLURAL.GROUP. */
function sameGroup(key: string, reader: Reader): readonly string[] {
  const group = key.slice(key.indexOf('.'));
  return [...reader.collection(definitionsResource).keys()].filter((name) => name !== key && name.slice(name.indexOf('.')) === group).sort();
}

function planDefinition({ definition, others, instances, time }: View): DefinitionPlan {
  const { names, accepted, established } = decideNames(definition, others);
  const status = [accepted, established].reduce((now, one) => told(now, one, time), { ...definition.status, acceptedNames: names });
  const { deletionTimestamp, finalizers } = definition.metadata;
  if (deletionTimestamp === undefined || !finalizers?.includes(cleanupFinalizer)) return { status, remove: [], isEmptied: false };
  if (!isEstablished(definition)) return { status: told(status, neverEstablished, time), remove: [], isEmptied: true };
  if (instances.length === 0) return { status: told(status, emptied, time), remove: [], isEmptied: true };
  const remove = instances.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  // With nothing left to delete it waits for finalizers.
  return { status: told(status, emptying, time), remove, isEmptied: false, requeueAfterMs: remove.length > 0 ? 0 : emptiedCheckMs };
}

type Condition = Omit<CustomResourceDefinitionCondition, 'lastTransitionTime'>;

const emptying: Condition = { type: 'Terminating', status: 'True', reason: 'InstanceDeletionInProgress', message: 'CustomResource deletion is in progress' };
const emptied: Condition = { type: 'Terminating', status: 'False', reason: 'InstanceDeletionCompleted', message: 'removed all instances' };
const neverEstablished: Condition = { type: 'Terminating', status: 'False', reason: 'NeverEstablished', message: 'resource was never established' };

const told = (status: CustomResourceDefinition['status'], condition: Condition, time: string): CustomResourceDefinition['status'] => ({
  ...status,
  conditions: withCondition(status.conditions ?? [], { lastTransitionTime: time, ...condition }),
});

function applyPlan({ status, remove, isEmptied }: DefinitionPlan, { definition }: View, writer: Writer): Status | undefined {
  const written = isEqual(status, definition.status)
    ? definition
    : writer.updateStatus<CustomResourceDefinition>(definitionsResource, { ...definition, status });
  if (isStatus(written)) return written;
  for (const { metadata } of remove) {
    const result = writer.delete(definition.metadata.name, metadata.namespace, metadata.name, { propagationPolicy: 'Background' });
    if (isStatus(result) && result.code !== 404) return result;
  }
  if (!isEmptied) return undefined;
  const finalizers = written.metadata.finalizers?.filter((one) => one !== cleanupFinalizer) ?? [];
  const result = writer.update(definitionsResource, { ...written, metadata: { ...written.metadata, finalizers } });
  return isStatus(result) && result.code !== 404 ? result : undefined;
}
