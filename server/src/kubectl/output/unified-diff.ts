// Two texts as `diff -u -N` compares them: hunks with three lines around each change.

export interface Side {
  readonly name: string;
  /** '' for a file that is not there. */
  readonly text: string;
}

const context = 3;

/** '' when they are the same. `now`: virtual milliseconds since 1970, for the heads. */
export function unifiedDiff(before: Side, after: Side, now: number): string {
  if (before.text === after.text) return '';
  const [a, b] = [linesOf(before.text), linesOf(after.text)];
  const hunks = hunksOf(changesOf(a, b));
  const head = [`diff -u -N ${before.name} ${after.name}`, `--- ${before.name}\t${stamp(now)}`, `+++ ${after.name}\t${stamp(now)}`];
  return `${[...head, ...hunks.flatMap((hunk) => hunkLines(hunk, a, b))].join('\n')}\n`;
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** '2026-01-02 03:04:05.000000000 +0000' */
const stamp = (now: number) => `${new Date(now).toISOString().slice(0, 23).replace('T', ' ')}000000 +0000`;

/** Lines [a0, a1) of the one became lines [b0, b1) of the other. */
interface Change {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

/** The fewest lines that must go and come; a run of them stands as far down as it can. */
function changesOf(a: readonly string[], b: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const removed = new Uint8Array(a.length);
  const added = new Uint8Array(b.length);
  mark(a.slice(start, endA), b.slice(start, endB), start, removed, added);
  slide(a, removed);
  slide(b, added);
  return collect(removed, added);
}

/** Longest common subsequence; what is not in it is marked. */
function mark(a: readonly string[], b: readonly string[], offset: number, removed: Uint8Array, added: Uint8Array): void {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) removed[offset + i++] = 1;
    else added[offset + j++] = 1;
  }
}

/** A marked run followed by the line that it begins with may as well begin one line later. */
function slide(lines: readonly string[], marks: Uint8Array): void {
  for (let start = 0; start < lines.length; start++) {
    if (!marks[start]) continue;
    let end = start;
    while (end < lines.length && marks[end]) end++;
    while (end < lines.length && !marks[end] && lines[start] === lines[end]) {
      marks[start++] = 0;
      marks[end++] = 1;
      while (end < lines.length && marks[end]) end++;
    }
    start = end;
  }
}

function collect(removed: Uint8Array, added: Uint8Array): readonly Change[] {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < removed.length || j < added.length) {
    if (!removed[i] && !added[j]) {
      i++;
      j++;
      continue;
    }
    const [a0, b0] = [i, j];
    while (i < removed.length && removed[i]) i++;
    while (j < added.length && added[j]) j++;
    changes.push({ a0, a1: i, b0, b1: j });
  }
  return changes;
}

/** Changes with at most twice the context between them share a hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    if (last && change.a0 - last.at(-1)!.a1 <= 2 * context) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunkLines(changes: readonly Change[], a: readonly string[], b: readonly string[]): readonly string[] {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const before = Math.min(context, first.a0, first.b0);
  const after = Math.min(context, a.length - last.a1, b.length - last.b1);
  const [a0, a1, b0, b1] = [first.a0 - before, last.a1 + after, first.b0 - before, last.b1 + after];
  const lines = [`@@ -${rangeText(a0, a1)} +${rangeText(b0, b1)} @@`];
  let at = a0;
  for (const change of changes) {
    for (; at < change.a0; at++) lines.push(` ${a[at]}`);
    for (; at < change.a1; at++) lines.push(`-${a[at]}`);
    for (let j = change.b0; j < change.b1; j++) lines.push(`+${b[j]}`);
  }
  for (; at < a1; at++) lines.push(` ${a[at]}`);
  return lines;
}

/** '5,7'; '5' for a single line, and '4,0' for none behind the fourth. */
const rangeText = (start: number, end: number) => (end - start === 1 ? `${start + 1}` : end === start ? `${start},0` : `${start + 1},${end - start}`);
