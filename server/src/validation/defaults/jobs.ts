// Defaults of jobs and CronJobs (pkg/apis/batch/v1/defaults.go). The job in a CronJob gets its own when it is made.
import type { CronJobSpec, Job, JobSpec, PodFailurePolicyOnPodConditionsPattern } from '../../schema/generated/types.ts';
import { maxInt32 } from '../numbers.ts';
import { filledWith } from './fill.ts';
import { withTemplateLabels } from './template-labels.ts';

export const jobFillers = {
  Job(job: Job): Job {
    const spec = fillSpec(job.spec);
    const labelled = withTemplateLabels(job, job.spec.template);
    return spec === job.spec ? labelled : { ...labelled, spec };
  },
  CronJobSpec: (spec: CronJobSpec) =>
    filledWith(spec, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 }),
  PodFailurePolicyOnPodConditionsPattern: (pattern: PodFailurePolicyOnPodConditionsPattern) => (pattern.status ? pattern : { ...pattern, status: 'True' }),
};

/** One pod, once, unless more are asked for; and `parallelism` alone is a queue that is worked off. */
function fillSpec(spec: JobSpec): JobSpec {
  const isSingle = spec.completions === undefined && spec.parallelism === undefined;
  return filledWith(spec, {
    parallelism: 1,
    ...(isSingle && { completions: 1 }),
    // Where each index has its own limit, the job has none.
    backoffLimit: spec.backoffLimitPerIndex === undefined ? 6 : maxInt32,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed',
    manualSelector: false,
  });
}
