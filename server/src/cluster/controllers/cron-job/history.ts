// Which finished jobs of a CronJob are old enough to go.
// Source: cleanupFinishedJobs (cronjob_controllerv2.go).
import { parseTime } from '../../../kube/time.ts';
import type { CronJob, Job } from '../../../schema/generated/types.ts';
import { endOf } from '../job/conditions.ts';

export function outdatedJobs({ spec }: CronJob, jobs: readonly Job[]): readonly Job[] {
  const ended = (type: string) => jobs.filter((job) => endOf(job)?.type === type);
  return [...oldest(ended('Complete'), spec.successfulJobsHistoryLimit), ...oldest(ended('Failed'), spec.failedJobsHistoryLimit)];
}

const oldest = (jobs: readonly Job[], keep = jobs.length) => jobs.toSorted(byStart).slice(0, Math.max(0, jobs.length - keep));

function byStart(a: Job, b: Job): number {
  const [startOfA, startOfB] = [a, b].map(({ status }) => parseTime(status.startTime) ?? Number.POSITIVE_INFINITY) as [number, number];
  if (startOfA !== startOfB) return startOfA - startOfB;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
