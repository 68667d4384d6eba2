// Lengths of time: ages as kubectl prints them, and Go's duration texts ('1h30m', '500ms'). Numbers are milliseconds.
import { quoteBytes } from './quote.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** kubectl's AGE: two or three significant figures. 119 s → '119s', 125 s → '2m5s', 3 h 10 m → '3h10m', 9 days → '9d', 2.5 years → '2y182d'. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / second);
  // Clocks that differ by a second or two are still "now".
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(ms / minute);
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(ms / hour);
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 192) return pair(days, 'd', hours % 24, 'h');
  const years = Math.trunc(days / 365);
  if (years < 2) return `${days}d`;
  return years < 8 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

const pair = (large: number, unit: string, small: number, smallUnit: string) => (small === 0 ? `${large}${unit}` : `${large}${unit}${small}${smallUnit}`);

/** The coarser form of some columns: one unit only. */
export function shortHumanDuration(ms: number): string {
  const seconds = Math.trunc(ms / second);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 60) return `${seconds}s`;
  if (ms < hour) return `${Math.trunc(ms / minute)}m`;
  const hours = Math.trunc(ms / hour);
  if (hours < 24) return `${hours}h`;
  return hours < 24 * 365 ? `${Math.trunc(hours / 24)}d` : `${Math.trunc(hours / 24 / 365)}y`;
}

/** Go's Duration.String: 90000 → '1m30s', 1500 → '1.5s', 0.25 → '250µs', 0 → '0s'. */
export function formatGoDuration(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(ms));
  const nanos = BigInt(whole) * 1_000_000n + BigInt(Math.round((Math.abs(ms) - whole) * 1e6));
  if (nanos === 0n) return '0s';
  if (nanos < 1_000n) return `${sign}${nanos}ns`;
  if (nanos < 1_000_000n) return `${sign}${decimal(nanos, 3)}µs`;
  if (nanos < 1_000_000_000n) return `${sign}${decimal(nanos, 6)}ms`;
  const seconds = `${decimal(nanos % 60_000_000_000n, 9)}s`;
  const minutes = nanos / 60_000_000_000n;
  if (minutes === 0n) return sign + seconds;
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** 1500 with 3 places → '1.5'. */
function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -places) : `${digits.slice(0, -places)}.${fraction}`;
}

const nanosOf: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const largest = 1n << 63n;

/** Go's ParseDuration: '1h30m' → 5400000, '-1.5s' → -1500; errors in Go's words. */
export function parseGoDuration(text: string): { readonly ms: number } | { readonly error: string } {
  const negative = text.startsWith('-');
  let rest = /^[-+]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return { ms: 0 };
  const invalid = { error: `time: invalid duration ${quoteBytes(text)}` };
  if (rest === '') return invalid;
  let total = 0n;
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?/.exec(rest) as RegExpExecArray;
    const [number, whole = '', fraction = ''] = match;
    if (whole === '' && fraction === '') return invalid;
    rest = rest.slice(number.length);
    const unit = (/^[^.\d]*/.exec(rest) as RegExpExecArray)[0];
    if (unit === '') return { error: `time: missing unit in duration ${quoteBytes(text)}` };
    const nanos = Object.hasOwn(nanosOf, unit) ? (nanosOf[unit] as bigint) : undefined;
    if (nanos === undefined) return { error: `time: unknown unit ${quoteBytes(unit)} in duration ${quoteBytes(text)}` };
    rest = rest.slice(unit.length);
    total += BigInt(whole || '0') * nanos + (BigInt(fraction || '0') * nanos) / 10n ** BigInt(fraction.length);
    if (total > largest) return invalid;
  }
  // The largest magnitude fits only with a minus sign.
  if (!negative && total === largest) return invalid;
  // Whole milliseconds first: a number does not hold that many nanoseconds.
  return { ms: (negative ? -1 : 1) * (Number(total / 1_000_000n) + Number(total % 1_000_000n) / 1e6) };
}
