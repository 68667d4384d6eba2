// When a schedule comes next, by the clocks of its time zone; where they skip an hour or show one twice, as robfig/cron does it
// (SpecSchedule.Next): a time that is skipped is left out, one that comes twice counts twice only for schedules of minutes.
import type { CronFields, CronSchedule } from './cron-schedule.ts';
import { offsetMsAt } from './zone-offset.ts';

/** Go's zero time, by which robfig/cron says that a schedule never comes: '0 0 31 2 *'. */
export const never = Date.parse('0001-01-01T00:00:00Z');

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const searchedYears = 5;

/** The first time after `at`, in milliseconds since 1970; `never` when there is none within five years. */
export function nextTime(schedule: CronSchedule, at: number): number {
  if (at === never) return never;
  const second = Math.floor(at / secondMs) * secondMs;
  if ('everyMs' in schedule) return second + schedule.everyMs;
  return new Search(schedule.fields, schedule.timeZone, second + secondMs).find();
}

/** A time that is moved on until every field matches: months first, then days, hours, minutes. */
class Search {
  readonly #fields: CronFields;
  readonly #timeZone: string | undefined;
  #at: number;
  /** Smaller fields have been set to their beginning. */
  #rounded = false;

  constructor(fields: CronFields, timeZone: string | undefined, at: number) {
    this.#fields = fields;
    this.#timeZone = timeZone;
    this.#at = at;
  }

  find(): number {
    const lastYear = this.#wall().getUTCFullYear() + searchedYears;
    while (this.#wall().getUTCFullYear() <= lastYear) {
      if (this.#findMonth() && this.#findDay() && this.#findHour() && this.#findMinute() && this.#findSecond()) return this.#at;
    }
    return never;
  }

  // Each of these is false when it ran into the next larger unit, and the search begins again from there.

  #findMonth(): boolean {
    while (!this.#fields.month.values.has(this.#wall().getUTCMonth() + 1)) {
      const wall = this.#wall();
      const clock = this.#rounded ? clockOf(wall) : 0;
      this.#moveTo(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, this.#rounded ? wall.getUTCDate() : 1) + clock);
      if (this.#wall().getUTCMonth() === 0) return false;
    }
    return true;
  }

  #findDay(): boolean {
    while (!this.#isDay()) {
      const wall = this.#wall();
      const clock = this.#rounded ? clockOf(wall) : 0;
      this.#moveTo(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate() + 1) + clock);
      // Midnight is not there on some days.
      const hour = this.#wall().getUTCHours();
      if (hour !== 0) this.#at += (hour > 12 ? 24 - hour : -hour) * hourMs;
      if (this.#wall().getUTCDate() === 1) return false;
    }
    return true;
  }

  #isDay(): boolean {
    const { dayOfMonth, dayOfWeek } = this.#fields;
    const wall = this.#wall();
    const [inMonth, inWeek] = [dayOfMonth.values.has(wall.getUTCDate()), dayOfWeek.values.has(wall.getUTCDay())];
    return dayOfMonth.isStar || dayOfWeek.isStar ? inMonth && inWeek : inMonth || inWeek;
  }

  #findHour(): boolean {
    while (!this.#fields.hour.values.has(this.#wall().getUTCHours())) {
      if (!this.#rounded) this.#moveTo(Math.floor(this.#wall().getTime() / hourMs) * hourMs);
      this.#at += hourMs;
      if (this.#wall().getUTCHours() === 0) return false;
    }
    return true;
  }

  #findMinute(): boolean {
    while (!this.#fields.minute.values.has(this.#wall().getUTCMinutes())) {
      this.#roundToMinute();
      this.#at += minuteMs;
      if (this.#wall().getUTCMinutes() === 0) return false;
    }
    return true;
  }

  #findSecond(): boolean {
    while (this.#at % minuteMs !== 0) {
      this.#rounded = true;
      this.#at += secondMs;
      if (this.#at % minuteMs === 0) return false;
    }
    return true;
  }

  #roundToMinute(): void {
    if (!this.#rounded) this.#at = Math.floor(this.#at / minuteMs) * minuteMs;
    this.#rounded = true;
  }

  /** What the clocks show, as if it were UTC. */
  #wall(): Date {
    return new Date(this.#at + offsetMsAt(this.#timeZone, this.#at));
  }

  /** Where the clocks show this; of a time that they skip, what they would have shown without the change. */
  #moveTo(wallMs: number): void {
    const guess = wallMs - offsetMsAt(this.#timeZone, wallMs);
    this.#at = wallMs - offsetMsAt(this.#timeZone, guess);
    this.#rounded = true;
  }
}

const clockOf = (wall: Date) => wall.getTime() - Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
