import { formatLabelSelector } from '../../kube/label-selector.ts';
import type { CronJob } from '../../schema/generated/types.ts';
import { ageOf, containerCells, none, since, type CellsOf } from './cell.ts';

export const cronJobCells: CellsOf<CronJob> = (cronJob, now) => {
  const { spec, status } = cronJob;
  return [
    cronJob.metadata.name,
    spec.schedule,
    spec.timeZone ?? none,
    spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False',
    status.active?.length ?? 0,
    status.lastScheduleTime ? since(status.lastScheduleTime, now) : none,
    ageOf(cronJob, now),
    ...containerCells(spec.jobTemplate.spec?.template.spec?.containers),
    formatLabelSelector(spec.jobTemplate.spec?.selector),
  ];
};
