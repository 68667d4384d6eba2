import type { Translate } from './translate.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something took, as exactly as a person cares: 0.35 s, 5.5 s, 42 s, 3 m 5 s, 2 h 10 m. */
export function duration(t: Translate, ms: number): string {
  if (ms < 10 * second) return t('{0} s', Math.round(ms / (ms < second ? 10 : 100)) / (ms < second ? 100 : 10));
  if (ms < minute) return t('{0} s', Math.round(ms / second));
  if (ms < hour) return two(t('{0} m', Math.floor(ms / minute)), Math.floor((ms % minute) / second), '{0} s', t);
  if (ms < day) return two(t('{0} h', Math.floor(ms / hour)), Math.floor((ms % hour) / minute), '{0} m', t);
  return two(t('{0} d', Math.floor(ms / day)), Math.floor((ms % day) / hour), '{0} h', t);
}

/** How old something is: one unit, rounded down, so that it changes as seldom as can be: 8 s, 4 m, 3 h, 12 d. */
export function age(t: Translate, ms: number): string {
  if (ms < minute) return t('{0} s', Math.max(0, Math.floor(ms / second)));
  if (ms < hour) return t('{0} m', Math.floor(ms / minute));
  if (ms < day) return t('{0} h', Math.floor(ms / hour));
  return t('{0} d', Math.floor(ms / day));
}

function two(first: string, rest: number, unit: string, t: Translate): string {
  return rest === 0 ? first : `${first} ${t(unit, rest)}`;
}
