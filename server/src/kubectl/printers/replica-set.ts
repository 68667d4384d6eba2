import { formatLabelSelector } from '../../kube/label-selector.ts';
import type { ReplicaSet } from '../../schema/generated/types.ts';
import { ageOf, containerCells, type CellsOf } from './cell.ts';

export const replicaSetCells: CellsOf<ReplicaSet> = (set, now) => [
  set.metadata.name,
  set.spec.replicas ?? 0,
  set.status.replicas ?? 0,
  set.status.readyReplicas ?? 0,
  ageOf(set, now),
  ...containerCells(set.spec.template?.spec?.containers),
  formatLabelSelector(set.spec.selector),
];
