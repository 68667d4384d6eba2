// Sets of completion indexes, kept as ordered intervals: {0, 1, 2, 5} is '0-2,5', however many there are.
// Invariant: intervals are in order, and between two of them at least one index is missing.
// Source: orderedIntervals (pkg/controller/job/indexed_job_utils.go).
import type { Interval } from '../../../validation/workloads/job-indexes.ts';

export type IndexSet = readonly Interval[];

export const noIndexes: IndexSet = [];

/** '0-2,5' of a job with so many completions. What cannot be read, and what is too large, is passed over. */
export function parseIndexes(text: string | undefined, completions: number): IndexSet {
  if (!text) return noIndexes;
  const result: Interval[] = [];
  for (const part of text.split(',')) {
    const [first, last = first] = part.split('-').map(Number) as [number, number?];
    if (!Number.isInteger(first) || !Number.isInteger(last)) continue;
    if (first >= completions) break;
    append(result, { first, last: Math.min(last, completions - 1) });
  }
  return result;
}

/** Two neighbours stand alone, three are a range: '0,1', '0-2'. */
export const formatIndexes = (set: IndexSet): string =>
  set.map(({ first, last }) => (last === first ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`)).join(',');

export const indexSet = (indexes: Iterable<number>): IndexSet =>
  union(
    [...new Set(indexes)].sort((a, b) => a - b).map((index) => ({ first: index, last: index })),
    noIndexes,
  );

/** Both in order, as they always are. */
export function union(a: IndexSet, b: IndexSet): IndexSet {
  if (b.length === 0 && a.length < 2) return a;
  const result: Interval[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && a[i]!.first < b[j]!.first)) append(result, a[i++]!);
    else append(result, b[j++]!);
  }
  return result;
}

function append(to: Interval[], next: Interval): void {
  const last = to.at(-1);
  if (!last || next.first > last.last + 1) to.push(next);
  else if (last.last < next.last) to[to.length - 1] = { first: last.first, last: next.last };
}

export const countOf = (set: IndexSet): number => set.reduce((sum, { first, last }) => sum + last - first + 1, 0);

export function hasIndex(set: IndexSet, index: number): boolean {
  let [low, high] = [0, set.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[middle]!.last >= index) high = middle;
    else low = middle + 1;
  }
  return low < set.length && set[low]!.first <= index;
}

/** How many indexes are in both. */
export function overlapOf(a: IndexSet, b: IndexSet): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [one, other] = [a[i]!, b[j]!];
    shared += Math.max(0, Math.min(one.last, other.last) - Math.max(one.first, other.first) + 1);
    if (one.last <= other.last) i++;
    if (other.last <= one.last) j++;
  }
  return shared;
}

/** The first `count` indexes below `completions` that are not in the set. Its cost is `count` and the number of intervals. */
export function firstMissing(set: IndexSet, count: number, completions: number): readonly number[] {
  const missing: number[] = [];
  let candidate = 0;
  for (const { first, last } of [...set, { first: completions, last: completions }]) {
    for (; candidate < Math.min(first, completions) && missing.length < count; candidate++) missing.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  return missing;
}
