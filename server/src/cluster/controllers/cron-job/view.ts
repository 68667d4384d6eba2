// What a plan for a CronJob is made from.
import { splitKey } from '../../../kube/resource.ts';
import type { CronJob, Job } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { jobsByOwner } from '../../store/indexes.ts';

export interface CronJobView {
  readonly cronJob: CronJob;
  /** Those that it controls. */
  readonly jobs: readonly Job[];
  jobNamed(name: string): Job | undefined;
}

export function observeCronJob(key: string, reader: Reader): CronJobView | undefined {
  const { namespace, name } = splitKey(key);
  const cronJob = reader.get<CronJob>('cronjobs.batch', namespace, name);
  if (!cronJob) return undefined;
  const jobs = [...reader.indexed(jobsByOwner, cronJob.metadata.uid).objects.values()] as Job[];
  return { cronJob, jobs, jobNamed: (job) => reader.get<Job>('jobs.batch', namespace, job) };
}
