import type { PersistentVolume } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';
import { accessModes } from './persistent-volume-claim.ts';

export const persistentVolumeCells: CellsOf<PersistentVolume> = (volume, now) => {
  const { spec, status } = volume;
  return [
    volume.metadata.name,
    String(spec.capacity?.['storage'] ?? ''),
    accessModes(spec.accessModes),
    spec.persistentVolumeReclaimPolicy ?? '',
    volume.metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''),
    spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '',
    volume.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '',
    spec.volumeAttributesClassName ?? '<unset>',
    status.reason ?? '',
    ageOf(volume, now),
    spec.volumeMode ?? '<unset>',
  ];
};
