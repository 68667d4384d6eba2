// What changed between two values, as the server shows it: their JSON, one line a field, compared as `diff -u` does, without file names.
// The matching is Python's difflib (Ratcliff and Obershelp), as in Go's port of it: a cleverer diff would print other hunks.

/** Lines of unchanged text around a change. */
const context = 3;
/** From this length on, lines that are more frequent than one in a hundred do not count as anchors. */
const popularFrom = 200;

interface Block {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

interface Change {
  readonly tag: 'equal' | 'replace' | 'delete' | 'insert';
  readonly a: readonly [from: number, to: number];
  readonly b: readonly [from: number, to: number];
}

/** Empty when nothing differs. */
export function unifiedDiff(before: unknown, after: unknown): string {
  const a = linesOf(before);
  const b = linesOf(after);
  return groupsOf(changesOf(a, b))
    .map((group) => formatGroup(group, a, b))
    .join('');
}

function linesOf(value: unknown): readonly string[] {
  const text = JSON.stringify(value, null, 1).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.split('\n');
}

// ---- matching ----

function changesOf(a: readonly string[], b: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  for (const { a: nextA, b: nextB, size } of [...matchingBlocks(a, b), { a: a.length, b: b.length, size: 0 }]) {
    if (i < nextA || j < nextB) changes.push({ tag: i === nextA ? 'insert' : j === nextB ? 'delete' : 'replace', a: [i, nextA], b: [j, nextB] });
    if (size > 0) changes.push({ tag: 'equal', a: [nextA, nextA + size], b: [nextB, nextB + size] });
    [i, j] = [nextA + size, nextB + size];
  }
  return changes;
}

/** The longest run of equal lines, then the same to the left and to the right of it; neighbouring runs are joined. */
function matchingBlocks(a: readonly string[], b: readonly string[]): readonly Block[] {
  const anchors = anchorsOf(b);
  const found: Block[] = [];
  const match = (aLow: number, aHigh: number, bLow: number, bHigh: number): void => {
    const block = longestMatch(a, b, anchors, aLow, aHigh, bLow, bHigh);
    if (block.size === 0) return;
    if (aLow < block.a && bLow < block.b) match(aLow, block.a, bLow, block.b);
    found.push(block);
    if (block.a + block.size < aHigh && block.b + block.size < bHigh) match(block.a + block.size, aHigh, block.b + block.size, bHigh);
  };
  match(0, a.length, 0, b.length);
  return joined(found);
}

function joined(blocks: readonly Block[]): readonly Block[] {
  const result: Block[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    if (last && last.a + last.size === block.a && last.b + last.size === block.b) result[result.length - 1] = { ...last, size: last.size + block.size };
    else result.push(block);
  }
  return result;
}

/** Where each line stands in b, without the popular ones. */
function anchorsOf(b: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  b.forEach((line, j) => {
    const before = places.get(line);
    if (before) before.push(j);
    else places.set(line, [j]);
  });
  if (b.length < popularFrom) return places;
  const limit = Math.floor(b.length / 100) + 1;
  return new Map([...places].filter(([, where]) => where.length <= limit));
}

function longestMatch(
  a: readonly string[],
  b: readonly string[],
  anchors: ReadonlyMap<string, readonly number[]>,
  aLow: number,
  aHigh: number,
  bLow: number,
  bHigh: number,
): Block {
  let [bestA, bestB, size] = [aLow, bLow, 0];
  // Length of the run that ends at a line of b, for the line of a before and for this one.
  let lengths = new Map<number, number>();
  for (let i = aLow; i < aHigh; i++) {
    const next = new Map<number, number>();
    for (const j of anchors.get(a[i] as string) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > size) [bestA, bestB, size] = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  // Popular lines beside the run belong to it.
  while (bestA > aLow && bestB > bLow && a[bestA - 1] === b[bestB - 1]) [bestA, bestB, size] = [bestA - 1, bestB - 1, size + 1];
  while (bestA + size < aHigh && bestB + size < bHigh && a[bestA + size] === b[bestB + size]) size++;
  return { a: bestA, b: bestB, size };
}

// ---- printing ----

/** Changes with at most `context` unchanged lines around them; far apart, they are groups of their own. */
function groupsOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups: Change[][] = [];
  let group: Change[] = [];
  changes.forEach((change, i) => {
    if (change.tag !== 'equal') return void group.push(change);
    const [length, isFirst, isLast] = [change.a[1] - change.a[0], i === 0, i === changes.length - 1];
    const head: Change = {
      tag: 'equal',
      a: [change.a[0], Math.min(change.a[1], change.a[0] + context)],
      b: [change.b[0], Math.min(change.b[1], change.b[0] + context)],
    };
    const tail: Change = {
      tag: 'equal',
      a: [Math.max(change.a[0], change.a[1] - context), change.a[1]],
      b: [Math.max(change.b[0], change.b[1] - context), change.b[1]],
    };
    if (isFirst) group.push(tail);
    else if (isLast) group.push(head);
    else if (length > 2 * context) {
      groups.push([...group, head]);
      group = [tail];
    } else group.push(change);
    return undefined;
  });
  if (group.length > 0) groups.push(group);
  return groups.filter((one) => one.some(({ tag }) => tag !== 'equal'));
}

function formatGroup(group: readonly Change[], a: readonly string[], b: readonly string[]): string {
  const [first, last] = [group[0] as Change, group.at(-1) as Change];
  const header = `@@ -${range(first.a[0], last.a[1])} +${range(first.b[0], last.b[1])} @@\n`;
  const lines = group.flatMap(({ tag, a: [a1, a2], b: [b1, b2] }) => {
    if (tag === 'equal') return a.slice(a1, a2).map((line) => ` ${line}`);
    return [...a.slice(a1, a2).map((line) => `-${line}`), ...b.slice(b1, b2).map((line) => `+${line}`)];
  });
  return header + lines.map((line) => `${line}\n`).join('');
}

/** '93,7'; one line has no length, and none begins at the line before. */
function range(from: number, to: number): string {
  const length = to - from;
  if (length === 1) return `${from + 1}`;
  return `${length === 0 ? from : from + 1},${length}`;
}
