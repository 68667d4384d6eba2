// The schedule of a CronJob, as robfig/cron reads it (ParseStandard): five fields, '@daily' and the like, '@every 1h30m'.
// Errors are in its words. When the next time comes is not asked here.
import { parseGoDuration } from './duration.ts';
import { quote } from './quote.ts';
import { isTimeZone } from './time-zones.ts';

/** Which minutes, hours … a schedule means. Days of the month and of the week limit each other only where neither is `*`. */
export interface CronFields {
  readonly minute: CronField;
  readonly hour: CronField;
  readonly dayOfMonth: CronField;
  readonly month: CronField;
  /** 0 is Sunday. */
  readonly dayOfWeek: CronField;
}

export interface CronField {
  readonly values: ReadonlySet<number>;
  /** It was written as `*` or `?`. */
  readonly isStar: boolean;
}

/** Times that match fields, in a time zone if one is named; or times this far apart, whole seconds. */
export type CronSchedule = { readonly fields: CronFields; readonly timeZone?: string } | { readonly everyMs: number };

export type ParsedCron = CronSchedule | { readonly error: string };

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const bounds: Readonly<Record<keyof CronFields, Bounds>> = {
  minute: { min: 0, max: 59 },
  hour: { min: 0, max: 23 },
  dayOfMonth: { min: 1, max: 31 },
  month: { min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  dayOfWeek: { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
};
const fieldNames = Object.keys(bounds) as readonly (keyof CronFields)[];

/** What the descriptors stand for. */
const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** `spec` must not be empty. */
export function parseCron(spec: string): ParsedCron {
  if (!/^(CRON_)?TZ=/.test(spec)) return parseLocal(spec);
  const space = spec.indexOf(' ');
  const start = spec.indexOf('=') + 1;
  // Here robfig/cron runs past the end of the text, and the server catches that.
  if (space < 0) return { error: 'invalid schedule format: runtime error: slice bounds out of range [:-1]' };
  const timeZone = spec.slice(start, space);
  // Go takes no name for UTC, and 'Local' for the zone of the machine.
  if (timeZone !== '' && timeZone !== 'Local' && !isTimeZone(timeZone)) {
    return { error: `provided bad location ${timeZone}: unknown time zone ${timeZone}` };
  }
  const parsed = parseLocal(spec.slice(space).trim());
  return 'fields' in parsed ? { ...parsed, timeZone } : parsed;
}

function parseLocal(spec: string): ParsedCron {
  if (spec.startsWith('@every ')) return parseEvery(spec);
  if (spec.startsWith('@')) {
    return Object.hasOwn(descriptors, spec) ? parseFields(descriptors[spec] as string) : { error: `unrecognized descriptor: ${spec}` };
  }
  return parseFields(spec);
}

/** Fractions of a second are dropped, and what is shorter is a second. */
function parseEvery(spec: string): ParsedCron {
  const duration = parseGoDuration(spec.slice('@every '.length));
  if ('error' in duration) return { error: `failed to parse duration ${spec}: ${duration.error}` };
  return { everyMs: Math.max(1, Math.trunc(duration.ms / 1000)) * 1000 };
}

function parseFields(spec: string): ParsedCron {
  const texts = spec.split(/\s+/).filter((text) => text !== '');
  if (texts.length !== fieldNames.length) return { error: `expected exactly 5 fields, found ${texts.length}: [${texts.join(' ')}]` };
  const fields: Partial<Record<keyof CronFields, CronField>> = {};
  for (const [i, name] of fieldNames.entries()) {
    const field = parseField(texts[i] as string, bounds[name]);
    if ('error' in field) return field;
    fields[name] = field;
  }
  return { fields: fields as CronFields };
}

type Problem = { readonly error: string };

/** Ranges between commas; none at all is no time at all. */
function parseField(text: string, field: Bounds): CronField | Problem {
  const values = new Set<number>();
  let isStar = false;
  for (const expression of text.split(',')) {
    if (expression === '') continue;
    const range = parseRange(expression, field);
    if ('error' in range) return range;
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
    isStar ||= range.isStar;
  }
  return { values, isStar };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly isStar: boolean;
}

/** `5`, `1-5`, `1-5/2`, `*`, `*` with a step of 10, and `5/10`, which means 5-59/10. */
function parseRange(expression: string, { min, max, names }: Bounds): Range | Problem {
  const [limits, stepText, ...moreSteps] = expression.split('/') as [string, ...string[]];
  const [low, high, ...moreLimits] = limits.split('-') as [string, ...string[]];
  const isAny = low === '*' || low === '?';
  const start = isAny ? min : parseValue(low, names);
  if (typeof start === 'object') return start;
  if (!isAny && moreLimits.length > 0) return { error: `too many hyphens: ${expression}` };
  const last = isAny ? max : high === undefined ? start : parseValue(high, names);
  if (typeof last === 'object') return last;
  if (moreSteps.length > 0) return { error: `too many slashes: ${expression}` };
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  if (typeof step === 'object') return step;
  const end = stepText !== undefined && high === undefined ? max : last;
  if (start < min) return { error: `beginning of range (${start}) below minimum (${min}): ${expression}` };
  if (end > max) return { error: `end of range (${end}) above maximum (${max}): ${expression}` };
  if (start > end) return { error: `beginning of range (${start}) beyond end of range (${end}): ${expression}` };
  if (step === 0) return { error: `step of range should be a positive number: ${expression}` };
  return { start, end, step, isStar: isAny && step === 1 };
}

/** Months count from 1, days of the week from 0. */
function parseValue(text: string, names: readonly string[] | undefined): number | Problem {
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  if (index >= 0) return names === bounds.month.names ? index + 1 : index;
  return parseNumber(text);
}

function parseNumber(text: string): number | Problem {
  if (!/^[-+]?\d+$/.test(text)) return { error: `failed to parse int from ${text}: strconv.Atoi: parsing ${quote(text)}: invalid syntax` };
  const value = Number(text);
  if (!(Math.abs(value) < 2 ** 63)) return { error: `failed to parse int from ${text}: strconv.Atoi: parsing ${quote(text)}: value out of range` };
  return value < 0 ? { error: `negative number (${value}) not allowed: ${text}` } : value;
}
