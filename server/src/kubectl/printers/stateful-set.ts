import type { StatefulSet } from '../../schema/generated/types.ts';
import { ageOf, containerCells, type CellsOf } from './cell.ts';

export const statefulSetCells: CellsOf<StatefulSet> = (set, now) => [
  set.metadata.name,
  `${set.status.readyReplicas ?? 0}/${set.spec.replicas ?? 0}`,
  ageOf(set, now),
  ...containerCells(set.spec.template.spec?.containers),
];
