// Deletes and creates the jobs of a plan, tells about it in events, and writes the status.
import { isEqual } from '../../../kube/equal.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { CronJob, CronJobStatus, Job } from '../../../schema/generated/types.ts';
import type { Writer } from '../../runtime/writer.ts';
import { isNamespaceTerminating } from '../refusals.ts';
import { referenceTo, statusWith } from './active.ts';
import type { CronJobPlan } from './plan.ts';
import type { CronJobView } from './view.ts';

export function applyCronJob(plan: CronJobPlan, { cronJob }: CronJobView, writer: Writer): Status | undefined {
  // An old job that cannot be deleted holds nothing up.
  for (const job of plan.outdated) deleteJob(cronJob, job, writer);
  for (const event of plan.events) writer.event(cronJob, event);
  for (const job of plan.replaced) {
    const refused = deleteJob(cronJob, job, writer);
    if (refused) return refused;
  }
  if (!plan.create) return writeStatus(cronJob, plan.status, writer);
  const job = writer.create<Job>('jobs.batch', plan.create, { code: 'create-job', args: { scheduled: plan.scheduledTime! } });
  if (isStatus(job)) return writeStatus(cronJob, plan.status, writer) ?? refusedJob(cronJob, job, writer);
  writer.event(cronJob, { type: 'Normal', reason: 'SuccessfulCreate', message: `Created job ${job.metadata.name}` });
  const active = [...(plan.status.active ?? []), referenceTo(job)];
  return writeStatus(cronJob, statusWith(plan.status, active, { lastScheduleTime: plan.scheduledTime! }), writer);
}

function refusedJob(cronJob: CronJob, refused: Status, writer: Writer): Status {
  if (!isNamespaceTerminating(refused)) {
    writer.event(cronJob, { type: 'Warning', reason: 'FailedCreate', message: `Error creating job: ${refused.message ?? ''}` });
  }
  return refused;
}

function deleteJob(cronJob: CronJob, { metadata }: Job, writer: Writer): Status | undefined {
  const answer = writer.delete('jobs.batch', metadata.namespace, metadata.name, { propagationPolicy: 'Background' }, { code: 'delete-job', args: {} });
  if (isStatus(answer)) {
    writer.event(cronJob, { type: 'Warning', reason: 'FailedDelete', message: `Deleted job: ${answer.message ?? ''}` });
    return answer;
  }
  writer.event(cronJob, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted job ${metadata.name}` });
  return undefined;
}

function writeStatus(cronJob: CronJob, status: CronJobStatus, writer: Writer): Status | undefined {
  if (isEqual(cronJob.status, status)) return undefined;
  const answer = writer.updateStatus('cronjobs.batch', { ...cronJob, status });
  return isStatus(answer) ? answer : undefined;
}
