import type { StorageClass } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

const defaultAnnotation = 'storageclass.kubernetes.io/is-default-class';

export const storageClassCells: CellsOf<StorageClass> = (storageClass, now) => [
  storageClass.metadata.annotations?.[defaultAnnotation] === 'true' ? `${storageClass.metadata.name} (default)` : storageClass.metadata.name,
  storageClass.provisioner,
  storageClass.reclaimPolicy ?? 'Delete',
  storageClass.volumeBindingMode ?? '<unset>',
  String(storageClass.allowVolumeExpansion ?? false),
  ageOf(storageClass, now),
];
