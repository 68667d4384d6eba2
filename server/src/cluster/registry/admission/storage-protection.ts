// StorageObjectInUseProtection: what holds data stays as long as somebody uses it. The protection controllers take the finalizers away.
import type { Admit } from './request.ts';

/** By collection. */
export const protectionFinalizers: Readonly<Record<string, string>> = {
  persistentvolumes: 'kubernetes.io/pv-protection',
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  'volumeattributesclasses.storage.k8s.io': 'kubernetes.io/vac-protection',
};

export const admitStorageProtection: Admit = (_context, { operation, strategy, object, write }) => {
  const finalizer = protectionFinalizers[strategy.resource];
  if (finalizer === undefined || operation !== 'CREATE' || write.subresource !== undefined) return object;
  const { finalizers = [] } = object.metadata;
  return finalizers.includes(finalizer) ? object : { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
};
