import { formatSelector, validSelectorOf } from '../../kube/label-selector.ts';
import type { CronJob, JobTemplateSpec } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, boolText, dateText, given, labelLines, none, type Lines } from './lines.ts';
import { podTemplateLines } from './pod-template.ts';

const unset = '<unset>';

export const describeCronJob: Describer<CronJob> = (cronJob, around) => {
  const { metadata, spec, status } = cronJob;
  const deadline = spec.startingDeadlineSeconds;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Schedule:\t${spec.schedule}`,
    `Concurrency Policy:\t${spec.concurrencyPolicy ?? ''}`,
    `Suspend:\t${boolText(spec.suspend)}`,
    `Time Zone:\t${spec.timeZone ?? unset}`,
    `Successful Job History Limit:\t${spec.successfulJobsHistoryLimit ?? unset}`,
    `Failed Job History Limit:\t${spec.failedJobsHistoryLimit ?? unset}`,
    `Starting Deadline Seconds:\t${deadline === undefined ? unset : `${deadline}s`}`,
    ...jobTemplateLines(spec.jobTemplate),
    `Last Schedule Time:\t${status.lastScheduleTime ? dateText(status.lastScheduleTime) : unset}`,
    `Active Jobs:\t${(status.active ?? []).map(({ name }) => name ?? '').join(', ') || none}`,
    ...eventLines(eventsAbout(cronJob, around), around.now),
  ];
};

function jobTemplateLines({ spec }: JobTemplateSpec): Lines {
  return [
    `Selector:\t${spec?.selector ? formatSelector(validSelectorOf(spec.selector)) : unset}`,
    `Parallelism:\t${spec?.parallelism ?? unset}`,
    `Completions:\t${spec?.completions ?? unset}`,
    ...given('Active Deadline Seconds', spec?.activeDeadlineSeconds === undefined ? undefined : `${spec.activeDeadlineSeconds}s`),
    ...podTemplateLines(spec?.template ?? {}),
  ];
}
