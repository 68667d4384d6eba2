import type { ReplicationController } from '../../schema/generated/types.ts';
import { ageOf, containerCells, formatLabels, type CellsOf } from './cell.ts';

export const replicationControllerCells: CellsOf<ReplicationController> = (controller, now) => [
  controller.metadata.name,
  controller.spec.replicas ?? 0,
  controller.status.replicas ?? 0,
  controller.status.readyReplicas ?? 0,
  ageOf(controller, now),
  ...containerCells(controller.spec.template?.spec?.containers),
  formatLabels(controller.spec.selector),
];
