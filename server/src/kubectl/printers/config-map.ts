import type { ConfigMap } from '../../schema/generated/types.ts';
import { ageOf, type CellsOf } from './cell.ts';

export const configMapCells: CellsOf<ConfigMap> = (map, now) => [
  map.metadata.name,
  Object.keys(map.data ?? {}).length + Object.keys(map.binaryData ?? {}).length,
  ageOf(map, now),
];
