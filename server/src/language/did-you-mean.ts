// The nearest known word to a mistyped one.

/** Letters to insert, delete, replace or swap with their neighbour, at most `max`; letter case costs nothing. `replcia` → `replica`: 1. */
function distance(from: string, to: string, max: number): number {
  const a = from.toLowerCase();
  const b = to.toLowerCase();
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    if (Math.min(...current) > max) return max + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? max + 1;
}

/** The nearest of the words, if it is near: a third of the letters may differ, at least two. Of equally near ones the first. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  const allowed = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = Math.min(allowed, word.length - 1) + 1;
  for (const candidate of words) {
    const cost = distance(word, candidate, bestDistance - 1);
    if (cost < bestDistance) [best, bestDistance] = [candidate, cost];
  }
  return best;
}
