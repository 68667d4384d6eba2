// PersistentVolumeClaimResize: a claim grows only when it is bound, and when its class says that its volumes can.
import { compareQuantities, quantityOf } from '../../../kube/quantity.ts';
import type { PersistentVolumeClaim, StorageClass } from '../../../schema/generated/types.ts';
import { forbidden } from '../answers.ts';
import { claimClassOf } from './claim-class.ts';
import type { Check } from './request.ts';

export const checkClaimResize: Check = ({ store }, { operation, strategy: { info, resource }, object, before, write }) => {
  if (operation !== 'UPDATE' || resource !== 'persistentvolumeclaims' || write.subresource !== undefined) return undefined;
  const [claim, old] = [object as PersistentVolumeClaim, before as PersistentVolumeClaim];
  if (compareQuantities(sizeOf(claim), sizeOf(old)) <= 0) return undefined;
  const { name } = claim.metadata;
  if (old.status?.phase !== 'Bound') return forbidden(info, name, 'Only bound persistent volume claims can be expanded');
  const className = claimClassOf(claim);
  const isSame = className !== undefined && className !== '' && className === claimClassOf(old);
  if (isSame && store.get<StorageClass>('storageclasses.storage.k8s.io', undefined, className)?.allowVolumeExpansion) return undefined;
  return forbidden(info, name, 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize');
};

const sizeOf = ({ spec }: PersistentVolumeClaim) => quantityOf(spec.resources?.requests?.['storage'] ?? '0');
