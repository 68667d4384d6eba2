// Places in text. Offsets and characters count UTF-16 code units, as VS Code and JavaScript do; lines and characters start at 0.

/** Half open: the character at `end` is not part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** One change of a text as an editor reports it. Without a range, `text` is the whole new text. */
export interface TextChange {
  readonly range?: Range | undefined;
  readonly text: string;
}

/** Offsets at which the lines of a text start; always begins with 0. Lines end with "\n", so "\r\n" works too. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last entry that is not greater than `value`: with the starts [0, 4, 9], 8 → 1. `starts` begins at or below `value`. */
export function lastAtOrBelow<T>(entries: readonly T[], value: number, startOf: (entry: T) => number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(entries[middle] as T) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function positionIn(starts: readonly number[], offset: number): Position {
  const line = lastAtOrBelow(starts, offset, (start) => start);
  return { line, character: offset - (starts[line] ?? 0) };
}
