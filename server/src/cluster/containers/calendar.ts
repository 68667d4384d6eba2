// The parts of a date in UTC, for the many ways in which programs write it.
import { formatMicroTime } from '../../kube/time.ts';

export interface Moment {
  /** '2026' */
  readonly year: string;
  /** '01' … '12' */
  readonly month: string;
  /** 'Jan' */
  readonly monthName: string;
  /** '01' … '31' */
  readonly day: string;
  /** 'Thursday' */
  readonly weekday: string;
  /** '15:04:05' */
  readonly clock: string;
  /** '000' … '999' */
  readonly ms: string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** 1970-01-01 was a Thursday. */
const weekdays = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'];
const dayMs = 86_400_000;

/** `at`: virtual milliseconds since 1970. */
export function momentOf(at: number): Moment {
  const text = formatMicroTime(at);
  const month = text.slice(5, 7);
  const weekday = weekdays[((Math.floor(at / dayMs) % 7) + 7) % 7]!;
  return {
    year: text.slice(0, 4),
    month,
    monthName: months[Number(month) - 1]!,
    day: text.slice(8, 10),
    weekday,
    clock: text.slice(11, 19),
    ms: text.slice(20, 23),
  };
}
