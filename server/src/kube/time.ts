// Timestamps of the API: RFC 3339 in UTC, whole seconds (Time) or microseconds (MicroTime). Numbers are milliseconds since 1970.
import { quoteBytes } from './quote.ts';

// Objects change together, so the text of a second serves many.
const textOfSecond = new Map<number, string>();
const rememberedSeconds = 1_000;

/** metav1.Time: 1700000000500 → '2023-11-14T22:13:20Z'; the fraction is dropped. */
export function formatTime(ms: number): string {
  const second = Math.floor(ms / 1_000);
  let text = textOfSecond.get(second);
  if (text === undefined) {
    if (textOfSecond.size >= rememberedSeconds) textOfSecond.clear();
    textOfSecond.set(second, (text = `${new Date(second * 1_000).toISOString().slice(0, 19)}Z`));
  }
  return text;
}

/** metav1.MicroTime: 1700000000500.25 → '2023-11-14T22:13:20.500250Z'. */
export function formatMicroTime(ms: number): string {
  const whole = Math.floor(ms);
  const micros = Math.min(999, Math.round((ms - whole) * 1000));
  return `${new Date(whole).toISOString().slice(0, 23)}${String(micros).padStart(3, '0')}Z`;
}

/** Milliseconds of either form, with the fraction; undefined when absent or not a time. */
export function parseTime(text: string | null | undefined): number | undefined {
  if (!text) return undefined;
  // What the cluster itself writes is read without Go's care, ten times faster. Date.parse takes this form alone to be UTC in whole seconds.
  if (text.length === 20 && text.charCodeAt(10) === 84 /* T */ && text.charCodeAt(19) === 90 /* Z */) {
    const ms = Date.parse(text);
    if (!Number.isNaN(ms)) return ms;
  }
  const parsed = parseGoTime(text, 'time');
  return 'error' in parsed ? undefined : parsed.ms;
}

type Layout = 'time' | 'microTime';

/** The elements of Go's layouts for metav1.Time and metav1.MicroTime, in order; the words are how Go's messages name them. */
const layouts: Readonly<Record<Layout, readonly string[]>> = {
  time: ['2006', '-', '01', '-', '02', 'T', '15', ':', '04', ':', '05', 'Z07:00'],
  microTime: ['2006', '-', '01', '-', '02', 'T', '15', ':', '04', ':', '05', '.000000', 'Z07:00'],
};

const limits: Readonly<Record<string, readonly [name: string, low: number, high: number]>> = {
  '01': ['month', 1, 12],
  '15': ['hour', 0, 23],
  '04': ['minute', 0, 59],
  '05': ['second', 0, 59],
};

/** Go's time.Parse of the layout, with its errors: `parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"`. */
export function parseGoTime(text: string, layout: Layout): { readonly ms: number } | { readonly error: string } {
  const elements = layouts[layout];
  const found: Record<string, number> = {};
  let rest = text;
  for (const element of elements) {
    const read = readElement(element, rest, layout);
    if (read === undefined)
      return { error: `parsing time ${quoteBytes(text)} as ${quoteBytes(elements.join(''))}: cannot parse ${quoteBytes(rest)} as ${quoteBytes(element)}` };
    const range = limits[element];
    if (range && (read.value < range[1] || read.value > range[2])) return outOfRange(range[0]);
    if (element === 'Z07:00' && read.badZone) return outOfRange(read.badZone);
    found[element] = read.value;
    if (read.fraction !== undefined) found['.000000'] = read.fraction;
    rest = rest.slice(read.length);
  }
  if (rest !== '') return { error: `parsing time ${quoteBytes(text)}: extra text: ${quoteBytes(rest)}` };
  const [year, month, day] = [found['2006'], found['01'], found['02']] as [number, number, number];
  const midnight = utc(year, month, day);
  if (day < 1 || new Date(midnight).getUTCMonth() !== month - 1) return outOfRange('day');
  const seconds = (found['15'] as number) * 3600 + (found['04'] as number) * 60 + (found['05'] as number) - (found['Z07:00'] as number) * 60;
  return { ms: midnight + seconds * 1000 + (found['.000000'] ?? 0) * 1000 };

  function outOfRange(what: string) {
    return { error: `parsing time ${quoteBytes(text)}: ${what} out of range` };
  }
}

// Date.UTC reads years 0 to 99 as 1900 to 1999.
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

interface Read {
  readonly value: number;
  readonly length: number;
  /** Seconds after the point, when they follow the seconds. */
  readonly fraction?: number;
  readonly badZone?: string;
}

function readElement(element: string, rest: string, layout: Layout): Read | undefined {
  switch (element) {
    case '2006':
      return read(/^\d{4}/, rest);
    case '15':
      // The hour may have one digit.
      return read(/^\d{1,2}/, rest);
    case '05': {
      const seconds = read(/^\d\d/, rest);
      // A fraction is allowed after the seconds though metav1.Time has none.
      const fraction = layout === 'time' && seconds && seconds.value < 60 ? /^\d\d[.,](\d+)/.exec(rest) : null;
      return fraction ? { value: (seconds as Read).value, length: fraction[0].length, fraction: Number(`0.${fraction[1]}`) } : seconds;
    }
    case '.000000': {
      const match = /^[.,](\d{6})/.exec(rest);
      return match ? { value: Number(`0.${match[1]}`), length: 7 } : undefined;
    }
    case 'Z07:00':
      return readZone(rest);
    case '01':
    case '02':
    case '04':
      return read(/^\d\d/, rest);
    default:
      return rest.startsWith(element) ? { value: 0, length: element.length } : undefined;
  }
}

function read(pattern: RegExp, rest: string): Read | undefined {
  const match = pattern.exec(rest);
  return match ? { value: Number(match[0]), length: match[0].length } : undefined;
}

/** 'Z', '+02:00': the offset in minutes. Go allows 24 hours and 60 minutes. */
function readZone(rest: string): Read | undefined {
  if (rest.startsWith('Z')) return { value: 0, length: 1 };
  const match = /^(.)(\d\d):(\d\d)/.exec(rest);
  if (!match) return undefined;
  const [hours, minutes] = [Number(match[2]), Number(match[3])];
  const badZone = hours > 24 ? 'time zone offset hour' : minutes > 60 ? 'time zone offset minute' : undefined;
  if (!badZone && match[1] !== '+' && match[1] !== '-') return undefined;
  return { value: (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes), length: 6, ...(badZone && { badZone }) };
}
