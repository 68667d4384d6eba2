// The jobs that a CronJob's status calls active, and what it has seen of them since.
// Source: the first half of syncCronJob (cronjob_controllerv2.go).
import { parseTime } from '../../../kube/time.ts';
import type { CronJobStatus, Job, ObjectReference } from '../../../schema/generated/types.ts';
import type { EventDraft } from '../../runtime/writer.ts';
import { endOf } from '../job/conditions.ts';
import type { CronJobView } from './view.ts';

export interface Review {
  readonly status: CronJobStatus;
  readonly events: readonly EventDraft[];
}

/** `deleted`: jobs that are going in the same look; nothing more is told of them. */
export function reviewJobs({ cronJob, jobs, jobNamed }: CronJobView, deleted: readonly Job[]): Review {
  const events: EventDraft[] = [];
  const tell = (type: EventDraft['type'], reason: string, message: string) => void events.push({ type, reason, message });
  let { active = none, lastSuccessfulTime } = cronJob.status;
  for (const { metadata } of deleted) active = without(active, metadata.uid);
  for (const job of jobs) {
    const { name, uid } = job.metadata;
    const end = endOf(job);
    const isActive = active.some((reference) => reference.uid === uid);
    if (!end) {
      if (!isActive) tell('Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${name}`);
      continue;
    }
    if (isActive) {
      active = without(active, uid);
      tell('Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${end.type}`);
    }
    const { completionTime } = job.status;
    if (end.type === 'Complete' && (parseTime(completionTime) ?? 0) > (parseTime(lastSuccessfulTime) ?? 0)) lastSuccessfulTime = completionTime;
  }
  const known = new Set(jobs.map(({ metadata }) => metadata.uid));
  for (const { uid = '', name = '' } of active) {
    if (known.has(uid) || jobNamed(name)) continue;
    tell('Normal', 'MissingJob', `Active job went missing: ${name}`);
    active = without(active, uid);
  }
  return { status: statusWith(cronJob.status, active, { ...(lastSuccessfulTime && { lastSuccessfulTime }) }), events };
}

const none: readonly ObjectReference[] = [];

const without = (active: readonly ObjectReference[], uid: string): readonly ObjectReference[] => active.filter((reference) => reference.uid !== uid);

export function statusWith({ active: _active, ...status }: CronJobStatus, active: readonly ObjectReference[], more: CronJobStatus): CronJobStatus {
  return { ...status, ...more, ...(active.length > 0 && { active }) };
}

export const referenceTo = ({ apiVersion, kind, metadata }: Job): ObjectReference => ({
  apiVersion,
  kind,
  name: metadata.name,
  ...(metadata.namespace && { namespace: metadata.namespace }),
  resourceVersion: metadata.resourceVersion,
  uid: metadata.uid,
});
