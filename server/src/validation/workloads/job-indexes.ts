// Lists of indexes of an Indexed job: '1,3-5,7'.
import { quote } from '../../kube/quote.ts';

export interface Interval {
  readonly first: number;
  readonly last: number;
}

type Problem = { readonly error: string };

/** How many indexes a list names, or the first thing that is wrong with it. */
export function countIndexes(text: string, completions: number): number | Problem {
  if (text === '') return 0;
  let total = 0;
  let previous: number | undefined;
  for (const part of text.split(',')) {
    const interval = parseInterval(part, completions);
    if ('error' in interval) return interval;
    const { first, last } = interval;
    if (previous !== undefined && previous >= first) return { error: `non-increasing order, previous: ${previous}, current: ${first}` };
    total += last - first + 1;
    previous = last;
  }
  return total;
}

/** Both lists in order: the first index that is in both. What cannot be read is passed over. */
export function findOverlap(one: string, other: string, completions: number): number | undefined {
  const [mine, theirs] = [one, other].map((text) => intervalsOf(text, completions)) as [readonly Interval[], readonly Interval[]];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [mine[i], theirs[j]];
    if (!a || !b) return undefined;
    if (a.first <= b.last && b.first <= a.last) return Math.max(a.first, b.first);
    if (a.first <= b.first) i++;
    else j++;
  }
}

const intervalsOf = (text: string, completions: number): readonly Interval[] =>
  text === '' ? [] : text.split(',').flatMap((part) => readable(parseInterval(part, completions)));

const readable = (interval: Interval | Problem): readonly Interval[] => ('error' in interval ? [] : [interval]);

function parseInterval(text: string, completions: number): Interval | Problem {
  const limits = text.split('-');
  if (limits.length > 2) {
    return { error: `the fragment ${quote(text)} violates the requirement that an index interval can have at most two parts separated by '-'` };
  }
  const first = parseIndex(limits[0] as string, completions);
  if (typeof first === 'object') return first;
  if (limits[1] === undefined) return { first, last: first };
  const last = parseIndex(limits[1], completions);
  if (typeof last === 'object') return last;
  return first >= last ? { error: `non-increasing order, previous: ${first}, current: ${last}` } : { first, last };
}

function parseIndex(text: string, completions: number): number | Problem {
  if (!/^[-+]?\d+$/.test(text) || !(Math.abs(Number(text)) < 2 ** 63)) return { error: `cannot convert string to integer for index: ${quote(text)}` };
  return Number(text) >= completions ? { error: `too large index: ${quote(text)}` } : Number(text);
}
