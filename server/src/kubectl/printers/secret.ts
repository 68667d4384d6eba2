import type { Secret } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const secretCells: CellsOf<Secret> = (secret, now) => [
  secret.metadata.name,
  secret.type ?? '',
  Object.keys(secret.data ?? {}).length,
  ageOf(secret, now),
];
