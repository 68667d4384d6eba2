import { formatLabelSelector } from '../../kube/label-selector.ts';
import type { DaemonSet } from '../../schema/generated/types.ts';
import { ageOf, containerCells, formatLabels, type CellsOf } from './cell.ts';

export const daemonSetCells: CellsOf<DaemonSet> = (set, now) => {
  const { spec, status } = set;
  return [
    set.metadata.name,
    status.desiredNumberScheduled ?? 0,
    status.currentNumberScheduled ?? 0,
    status.numberReady ?? 0,
    status.updatedNumberScheduled ?? 0,
    status.numberAvailable ?? 0,
    formatLabels(spec.template.spec?.nodeSelector),
    ageOf(set, now),
    ...containerCells(spec.template.spec?.containers),
    formatLabelSelector(spec.selector),
  ];
};
