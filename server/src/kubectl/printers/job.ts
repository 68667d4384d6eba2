import { humanDuration } from '../../kube/duration.ts';
import { formatLabelSelector } from '../../kube/label-selector.ts';
import { parseTime } from '../../kube/time.ts';
import type { Job } from '../../schema/generated/types.ts';
import { ageOf, containerCells, type CellsOf } from './cell.ts';

export const jobCells: CellsOf<Job> = (job, now) => [
  job.metadata.name,
  statusOf(job),
  completionsOf(job),
  durationOf(job, now),
  ageOf(job, now),
  ...containerCells(job.spec.template.spec?.containers),
  formatLabelSelector(job.spec.selector),
];

function statusOf(job: Job): string {
  const holds = (type: string) => job.status.conditions?.some((condition) => condition.type === type && condition.status === 'True');
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(holds) ?? 'Running';
}

function completionsOf({ spec, status }: Job): string {
  const succeeded = status.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  return (spec.parallelism ?? 0) > 1 ? `${succeeded}/1 of ${spec.parallelism}` : `${succeeded}/1`;
}

function durationOf({ status }: Job, now: number): string {
  const start = parseTime(status.startTime);
  return start === undefined ? '' : humanDuration((parseTime(status.completionTime) ?? now) - start);
}
