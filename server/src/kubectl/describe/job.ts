import { humanDuration } from '../../kube/duration.ts';
import { formatSelector, validSelectorOf } from '../../kube/label-selector.ts';
import { parseTime } from '../../kube/time.ts';
import type { Job } from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, given, labelLines, none, type Lines } from './lines.ts';
import { podTemplateLines } from './pod-template.ts';
import { controllerLines } from './replica-set.ts';

export const describeJob: Describer<Job> = (job, around) => {
  const { metadata, spec, status } = job;
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    `Selector:\t${formatSelector(validSelectorOf(spec.selector ?? {}))}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...controllerLines(job),
    ...given('Parallelism', spec.parallelism),
    `Completions:\t${spec.completions ?? '<unset>'}`,
    ...given('Completion Mode', spec.completionMode),
    ...given('Suspend', spec.suspend),
    ...given('Backoff Limit', spec.backoffLimit),
    ...given('TTL Seconds After Finished', spec.ttlSecondsAfterFinished),
    ...timeLines(job),
    ...given('Active Deadline Seconds', spec.activeDeadlineSeconds === undefined ? undefined : `${spec.activeDeadlineSeconds}s`),
    `Pods Statuses:\t${status.active ?? 0} Active${status.ready === undefined ? '' : ` (${status.ready} Ready)`} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`,
    ...(spec.completionMode === 'Indexed' ? [`Completed Indexes:\t${cappedIndexes(status.completedIndexes)}`] : []),
    ...podTemplateLines(spec.template),
    ...eventLines(eventsAbout(job, around), around.now),
  ];
};

function timeLines({ status }: Job): Lines {
  const [start, end] = [parseTime(status.startTime), parseTime(status.completionTime)];
  return [
    ...given('Start Time', start === undefined ? undefined : dateText(status.startTime)),
    ...given('Completed At', end === undefined ? undefined : dateText(status.completionTime)),
    ...given('Duration', start === undefined || end === undefined ? undefined : humanDuration(end - start)),
  ];
}

const softLimit = 50;

/** '0-2,5'; a long list ends at the first comma after 50 characters. */
function cappedIndexes(indexes = ''): string {
  if (indexes === '') return none;
  const comma = indexes.indexOf(',', softLimit);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}
