// Namespaces stay, Terminating, until the namespace controller has removed what is in them and their finalizer.
import type { Namespace } from '../../../schema/generated/types.ts';
import { forbidden } from '../answers.ts';
import type { KindStrategy } from '../strategy.ts';

const protectedNames = new Set(['default', 'kube-system', 'kube-public']);

export const namespaceStrategy: KindStrategy<Namespace> = {
  statusTakesMetadata: true,
  prepareForCreate(namespace) {
    const finalizers = namespace.spec?.finalizers ?? [];
    return {
      ...namespace,
      spec: { ...namespace.spec, finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'] },
      status: { phase: 'Active' },
    };
  },
  // Finalizers change through the finalize subresource only.
  prepareForUpdate: (next, before) => ({ ...next, spec: { ...next.spec, ...(before.spec.finalizers && { finalizers: before.spec.finalizers }) } }),
  refuseDelete: ({ metadata: { name } }) =>
    protectedNames.has(name) ? forbidden({ group: '', resource: 'namespaces' }, name, 'this namespace may not be deleted') : undefined,
  isHeld: (namespace) => (namespace.spec.finalizers?.length ?? 0) > 0,
  // It has no grace: it goes when its controller is done.
  prepareForDelete(namespace) {
    const { deletionGracePeriodSeconds: _none, ...metadata } = namespace.metadata;
    return { ...namespace, metadata, status: { ...namespace.status, phase: 'Terminating' } };
  },
};
