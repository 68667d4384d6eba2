import { formatLabelSelector } from '../../kube/label-selector.ts';
import type { Deployment } from '../../schema/generated/types.ts';
import { ageOf, containerCells, type CellsOf } from './cell.ts';

export const deploymentCells: CellsOf<Deployment> = (deployment, now) => {
  const { spec, status } = deployment;
  return [
    deployment.metadata.name,
    `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    status.updatedReplicas ?? 0,
    status.availableReplicas ?? 0,
    ageOf(deployment, now),
    ...containerCells(spec.template.spec?.containers),
    formatLabelSelector(spec.selector),
  ];
};
