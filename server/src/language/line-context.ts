// Where a cursor is, told from the indentation of the lines above it: while somebody types, the parser's tree is broken just there.

export interface LineContext {
  /** The way to the map that the cursor writes in, or to the list if it writes an item of one. Items of lists are 0. */
  readonly path: readonly (string | number)[];
  /** Set when the cursor is behind `key: `. */
  readonly key: string | undefined;
  /** What is written already of the word at the cursor, and the column where that begins. */
  readonly word: string;
  readonly column: number;
  /** Column of the keys of this map. */
  readonly indent: number;
  /** Keys of this map on other lines. */
  readonly siblings: readonly string[];
}

const keyPattern = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s#'"{[&*!|>%@`-][^#]*?|-[^\s#][^#]*?))\s*:(?:\s|$)/;

/** Undefined within comments and braces, where indentation says nothing. */
export function lineContext(lines: readonly string[], row: number, character: number): LineContext | undefined {
  const before = (lines[row] ?? '').slice(0, character);
  if (/(^|\s)#/.test(before) || /[{[][^}\]]*$/.test(before.replace(/"[^"]*"/g, ''))) return undefined;
  const { indent, dashes, rest } = leading(before);
  const key = keyOf(`${rest} `);
  const word = key === undefined ? rest : rest.slice(rest.indexOf(':') + 1).trimStart();
  const isOnValue = key !== undefined;
  const path = [...pathAbove(lines, row, dashes.at(0) ?? indent), ...dashes.flatMap(() => [0])];
  return { path, key: isOnValue ? key : undefined, word, column: character - word.length, indent, siblings: siblingsOf(lines, row, indent, dashes.length > 0) };
}

/** `  - - name: x` → dashes at 2 and 4, and what follows them with its column. */
function leading(line: string): { indent: number; dashes: readonly number[]; rest: string } {
  const dashes: number[] = [];
  let at = /^ */.exec(line)?.[0].length ?? 0;
  for (let match = /^-( +|$)/.exec(line.slice(at)); match; match = /^-( +|$)/.exec(line.slice(at))) {
    dashes.push(at);
    at += match[0].length;
  }
  return { indent: at, dashes, rest: line.slice(at) };
}

function keyOf(text: string): string | undefined {
  const match = keyPattern.exec(text);
  return match ? (match[1] ?? match[2] ?? match[3]) : undefined;
}

/** Climbs: each step up is the next line above that begins further left, or a key whose list stands in its own column. */
function pathAbove(lines: readonly string[], row: number, column: number): (string | number)[] {
  const path: (string | number)[] = [];
  let limit = column;
  let isItem = /^ *-/.test(lines[row] ?? '') && leading(lines[row] ?? '').dashes.length > 0;
  for (let index = row - 1; index >= 0 && (limit > 0 || isItem); index--) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^---(\s|$)/.test(line)) break;
    const { indent, dashes, rest } = leading(line);
    const starts = [...dashes, indent];
    // `key:` in the column of its list's dashes holds the list.
    const isHolder = isItem && dashes.length === 0 && indent === limit;
    if (indent >= limit && !isHolder && !starts.some((start) => start < limit)) continue;
    const key = keyOf(rest);
    if (key !== undefined && (indent < limit || isHolder)) path.unshift(key);
    const outer = dashes.filter((start) => start < limit);
    for (const _ of outer) path.unshift(0);
    limit = outer[0] ?? Math.min(limit, indent);
    isItem = outer.length > 0;
  }
  return path;
}

function siblingsOf(lines: readonly string[], row: number, indent: number, isFirst: boolean): readonly string[] {
  return [...scan(lines, row, indent, -1, isFirst), ...scan(lines, row, indent, 1, false)];
}

/** Keys in one column, up or down from a row, until the map ends. */
function scan(lines: readonly string[], row: number, indent: number, step: 1 | -1, isFirst: boolean): readonly string[] {
  const keys: string[] = [];
  if (isFirst) return keys;
  for (let index = row + step; index >= 0 && index < lines.length; index += step) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^---(\s|$)/.test(line)) break;
    const { indent: column, dashes, rest } = leading(line);
    if (dashes.length > 0 && (dashes[0] ?? 0) < indent && step === 1) break;
    if (column < indent) break;
    const key = column === indent ? keyOf(rest) : undefined;
    if (key !== undefined) keys.push(key);
    // The line with the dash begins the item.
    if (dashes.length > 0 && column === indent) break;
  }
  return keys;
}
