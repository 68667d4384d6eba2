import type { PersistentVolumeClaim } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const persistentVolumeClaimCells: CellsOf<PersistentVolumeClaim> = (claim, now) => {
  const { spec, status } = claim;
  return [
    claim.metadata.name,
    claim.metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''),
    spec.volumeName ?? '',
    spec.volumeName ? String(status.capacity?.['storage'] ?? '') : '',
    spec.volumeName ? accessModes(status.accessModes) : '',
    claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '',
    status.currentVolumeAttributesClassName ?? '<unset>',
    ageOf(claim, now),
    spec.volumeMode ?? '<unset>',
  ];
};

const short: Readonly<Record<string, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };

/** 'RWO,ROX': each mode once, in the fixed order. */
export const accessModes = (modes: readonly string[] = []): string =>
  Object.keys(short)
    .filter((mode) => modes.includes(mode))
    .map((mode) => short[mode])
    .join(',');
