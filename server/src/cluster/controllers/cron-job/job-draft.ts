// The job of a CronJob for one time of its schedule. Its name says which: minutes since 1970.
// Source: getJobFromTemplate2 (pkg/controller/cronjob/utils.go).
import { formatTimeIn } from '../../../kube/zone-offset.ts';
import type { CronJob, Job } from '../../../schema/generated/types.ts';
import type { Draft } from '../../runtime/writer.ts';
import { controllerReference } from '../claim.ts';

export const jobNameAt = ({ metadata }: CronJob, scheduledMs: number): string => `${metadata.name}-${Math.floor(scheduledMs / 60_000)}`;

export function jobDraft(cronJob: CronJob, scheduledMs: number): Draft<Job> {
  const { metadata, spec } = cronJob;
  const { labels, annotations } = spec.jobTemplate.metadata ?? {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobNameAt(cronJob, scheduledMs),
      ...(metadata.namespace && { namespace: metadata.namespace }),
      ...(labels && { labels }),
      annotations: { ...annotations, 'batch.kubernetes.io/cronjob-scheduled-timestamp': formatTimeIn(spec.timeZone, scheduledMs) },
      ownerReferences: [controllerReference(cronJob)],
    },
    spec: spec.jobTemplate.spec,
  };
}
