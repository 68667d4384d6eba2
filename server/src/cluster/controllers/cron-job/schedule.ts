// Which time of its schedule a CronJob has missed last, and when the next one comes.
// Source: pkg/controller/cronjob/utils.go, formatSchedule (cronjob_controllerv2.go).
import { never, nextTime } from '../../../kube/cron-next.ts';
import { parseCron, type CronSchedule, type ParsedCron } from '../../../kube/cron-schedule.ts';
import { parseTime } from '../../../kube/time.ts';
import type { CronJob } from '../../../schema/generated/types.ts';

/** A zone in the schedule itself is not supported officially, and works. */
export const namesZone = ({ spec }: CronJob): boolean => spec.schedule.includes('TZ');

export function scheduleOf(cronJob: CronJob): ParsedCron {
  const { schedule, timeZone } = cronJob.spec;
  return parseCron(timeZone === undefined || namesZone(cronJob) ? schedule : `TZ=${timeZone} ${schedule}`);
}

export interface Missed {
  /** Since when it was looked. */
  readonly since: number;
  /** The last time that is over; undefined: none is. */
  readonly at?: number;
  readonly howMany: 'none' | 'few' | 'many';
}

const many = 100;

/** All times in milliseconds since 1970. `error`: the schedule has no times. */
export function missedTimes(cronJob: CronJob, nowMs: number, schedule: CronSchedule, withinDeadline: boolean): Missed | { readonly error: string } {
  const { startingDeadlineSeconds } = cronJob.spec;
  let since = parseTime(cronJob.status.lastScheduleTime) ?? parseTime(cronJob.metadata.creationTimestamp)!;
  if (withinDeadline && startingDeadlineSeconds !== undefined) since = Math.max(since, nowMs - startingDeadlineSeconds * 1_000);
  const first = nextTime(schedule, since);
  const second = nextTime(schedule, first);
  if (nowMs < first) return { since, howMany: 'none' };
  if (nowMs < second) return { since, at: first, howMany: 'none' };
  const apart = Math.round((second - first) / 1_000);
  if (apart < 1) return { error: 'time difference between two schedules is less than 1 second' };
  // A guess, right for regular schedules: with times 60 s apart, 250 s after the first, five were missed. The search for the last one
  // begins one before it.
  const missed = Math.floor((nowMs - first) / 1_000 / apart) + 1;
  let at: number | undefined;
  for (let next = nextTime(schedule, first + (missed - 2) * apart * 1_000); next <= nowMs && next !== never; next = nextTime(schedule, next)) at = next;
  return { since, ...(at !== undefined && { at }), howMany: missed > many ? 'many' : 'few' };
}

/** It looks again a little after the time, not before. */
const marginMs = 100;

/** Milliseconds until it has to look again. */
export function nextLookMs(cronJob: CronJob, nowMs: number, schedule: CronSchedule): number {
  const missed = missedTimes(cronJob, nowMs, schedule, false);
  const from = 'error' in missed ? nowMs : (missed.at ?? (missed.howMany === 'none' ? missed.since : nowMs));
  return nextTime(schedule, from) + marginMs - nowMs;
}
