// Whether a CronJob starts a job now, which old ones go, and when it looks again.
// Invariant: for one time of its schedule at most one job is made, for the job's name says the time.
// Source: sync and syncCronJob (pkg/controller/cronjob/cronjob_controllerv2.go).
import { isTimeZone } from '../../../kube/time-zones.ts';
import { formatTime, parseTime } from '../../../kube/time.ts';
import type { CronSchedule } from '../../../kube/cron-schedule.ts';
import type { CronJobStatus, Job } from '../../../schema/generated/types.ts';
import { momentOf } from '../../containers/calendar.ts';
import type { Plan } from '../../runtime/controller.ts';
import type { Draft, EventDraft } from '../../runtime/writer.ts';
import { controllerOf } from '../../../kube/object.ts';
import { quote } from '../../../kube/quote.ts';
import { referenceTo, reviewJobs, statusWith } from './active.ts';
import { outdatedJobs } from './history.ts';
import { jobDraft, jobNameAt } from './job-draft.ts';
import { missedTimes, namesZone, nextLookMs, scheduleOf } from './schedule.ts';
import type { CronJobView } from './view.ts';

export interface CronJobPlan extends Plan {
  /** Old jobs, and after the events those that are replaced. */
  readonly outdated: readonly Job[];
  readonly events: readonly EventDraft[];
  readonly replaced: readonly Job[];
  readonly create?: Draft<Job>;
  /** When the new job was due, RFC 3339. */
  readonly scheduledTime?: string;
  /** Without the job that is created. */
  readonly status: CronJobStatus;
}

export function planCronJob(view: CronJobView, nowMs: number): CronJobPlan {
  const outdated = outdatedJobs(view.cronJob, view.jobs);
  const { status, events } = reviewJobs(view, outdated);
  const start = startOf({ ...view, cronJob: { ...view.cronJob, status } }, nowMs);
  return { outdated, replaced: none, status, ...start, events: [...events, ...start.events] };
}

const none: readonly Job[] = [];

type Start = Pick<CronJobPlan, 'events' | 'requeueAfterMs'> & Partial<Pick<CronJobPlan, 'replaced' | 'create' | 'scheduledTime' | 'status'>>;

const warning = (reason: string, message: string): EventDraft => ({ type: 'Warning', reason, message });

/** Nothing to start until somebody changes the CronJob. */
const resting = (...events: readonly EventDraft[]): Start => ({ events });

function startOf(view: CronJobView, nowMs: number): Start {
  const { metadata, spec } = view.cronJob;
  if (metadata.deletionTimestamp !== undefined) return resting();
  if (spec.timeZone !== undefined && spec.timeZone !== '' && !isTimeZone(spec.timeZone)) {
    return resting(warning('UnknownTimeZone', `invalid timeZone: ${quote(spec.timeZone)}: unknown time zone ${spec.timeZone}`));
  }
  if (spec.suspend) return resting();
  const unsupported = namesZone(view.cronJob) ? [warning('UnsupportedSchedule', unsupportedText(spec.schedule))] : [];
  const schedule = scheduleOf(view.cronJob);
  if ('error' in schedule) return resting(...unsupported, warning('UnparseableSchedule', `unparseable schedule: ${quote(spec.schedule)} : ${schedule.error}`));
  const start = startMissed(view, schedule, nowMs);
  return { ...start, events: [...unsupported, ...start.events] };
}

const unsupportedText = (schedule: string) =>
  `CRON_TZ or TZ used in schedule ${quote(schedule)} is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details`;

const tooMany = warning('TooManyMissedTimes', 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew');

function startMissed(view: CronJobView, schedule: CronSchedule, nowMs: number): Start {
  const { cronJob } = view;
  const { spec, status } = cronJob;
  const missed = missedTimes(cronJob, nowMs, schedule, true);
  if ('error' in missed) return resting(warning('InvalidSchedule', `invalid schedule: ${spec.schedule} : ${missed.error}`));
  const events = missed.at !== undefined && missed.howMany === 'many' ? [tooMany] : [];
  const later = (...more: readonly EventDraft[]): Start => ({ events: [...events, ...more], requeueAfterMs: nextLookMs(cronJob, nowMs, schedule) });
  const { at } = missed;
  if (at === undefined) return later();
  const deadline = spec.startingDeadlineSeconds;
  if (deadline !== undefined && at + deadline * 1_000 < nowMs) {
    return later(warning('MissSchedule', `Missed scheduled time to start a job: ${formatRfc1123(at)}`));
  }
  const active = status.active ?? [];
  if (active.some(({ name }) => name === jobNameAt(cronJob, at)) || parseTime(status.lastScheduleTime) === at) return later();
  if (spec.concurrencyPolicy === 'Forbid' && active.length > 0) {
    return later({
      type: 'Normal',
      reason: 'JobAlreadyActive',
      message: 'Not starting job because prior execution is running and concurrency policy is Forbid',
    });
  }
  return { events, ...startAt(at, view, schedule, nowMs) };
}

function startAt(at: number, { cronJob, jobs, jobNamed }: CronJobView, schedule: CronSchedule, nowMs: number): Omit<Start, 'events'> {
  const before = cronJob.status.active ?? [];
  const replaces = cronJob.spec.concurrencyPolicy === 'Replace';
  const replaced = replaces ? jobs.filter(({ metadata }) => before.some(({ uid }) => uid === metadata.uid)) : none;
  const active = replaces ? [] : before;
  const scheduledTime = formatTime(at);
  const started = statusWith(cronJob.status, active, { lastScheduleTime: scheduledTime });
  const requeueAfterMs = nextLookMs({ ...cronJob, status: started }, nowMs, schedule);
  const existing = jobNamed(jobNameAt(cronJob, at));
  if (!existing) return { replaced, create: jobDraft(cronJob, at), scheduledTime, status: statusWith(cronJob.status, active, {}), requeueAfterMs };
  // Somebody else's job of that name is left alone, and the CronJob waits for something to change.
  if (controllerOf(existing)?.uid !== cronJob.metadata.uid) return { replaced, status: statusWith(cronJob.status, active, {}) };
  return { replaced, status: statusWith(started, [...active, referenceTo(existing)], {}), requeueAfterMs };
}

/** 'Thu, 01 Jan 2026 00:00:00 +0000' */
function formatRfc1123(at: number): string {
  const { weekday, day, monthName, year, clock } = momentOf(at);
  return `${weekday.slice(0, 3)}, ${day} ${monthName} ${year} ${clock} +0000`;
}
