// Scalars of one line, and literal blocks.
import { resolvePlain } from './scalar.ts';
import type { Rows } from './rows.ts';
import type { ScalarNode } from './tree.ts';

/** Between quotes on one line, without escapes but those of JSON. Undefined for any other, or when the quote does not close before `limit`. */
export function quotedScalar(text: string, start: number, limit: number): ScalarNode | undefined {
  const quote = text[start];
  return quote === '"' ? doubleQuoted(text, start, limit) : singleQuoted(text, start, limit);
}

function doubleQuoted(text: string, start: number, limit: number): ScalarNode | undefined {
  let end = start + 1;
  let hasEscape = false;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === 34 /* " */) break;
    if (code === 92 /* \ */) {
      hasEscape = true;
      end++;
    } else if (code < 32) return undefined;
  }
  if (end >= limit) return undefined;
  const value = hasEscape ? unescaped(text.slice(start, end + 1)) : text.slice(start + 1, end);
  return value === undefined ? undefined : quoted(start, end + 1, value);
}

function unescaped(json: string): string | undefined {
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}

function singleQuoted(text: string, start: number, limit: number): ScalarNode | undefined {
  for (let end = start + 1; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code < 32) return undefined;
    if (code !== 39 /* ' */) continue;
    if (text.charCodeAt(end + 1) === 39) end++;
    else return quoted(start, end + 1, text.slice(start + 1, end).replaceAll("''", "'"));
  }
  return undefined;
}

function quoted(start: number, end: number, value: string): ScalarNode {
  return { is: 'scalar', start, end, style: 'quoted', source: value, value };
}

/** A plain scalar whose text is known to be one. Undefined for a number that JSON cannot carry. */
export function plainScalar(text: string, start: number, end: number): ScalarNode | undefined {
  const source = text.slice(start, end);
  const value = resolvePlain(source);
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
  return { is: 'scalar', start, end, style: 'plain', source, value };
}

/** The end of a plain scalar that begins at `start`: before a comment, and before the white space there. −1 if a colon makes it a key. */
export function plainEnd(text: string, start: number, limit: number): number {
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 58 /* : */ && (at + 1 >= limit || isBlank(text.charCodeAt(at + 1)))) return -1;
    if (code === 35 /* # */ && at > start && isBlank(text.charCodeAt(at - 1))) {
      while (at > start && isBlank(text.charCodeAt(at - 1))) at--;
      return at;
    }
    if (code < 32 && code !== 9) return -1;
  }
  return limit;
}

/** Characters that cannot begin a plain scalar, or only together with the next one. */
export function beginsPlain(text: string, at: number): boolean {
  const first = text[at];
  if (first === undefined) return false;
  if (first === '-' || first === '?' || first === ':') return at + 1 < text.length && !/\s/.test(text[at + 1] as string);
  return !'#&*!|>\'"%@`{}[],\t\uFEFF'.includes(first) && first >= ' ';
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

const header = /^\|([-+]?)[ \t]*(?:#.*)?$/;

/**
 * A literal block whose header stands in `row` at `start` and whose text is in the rows to `end`. Undefined where the library knows better: an
 * indentation indicator, text that ends before its rows do, tabs, lines of spaces that stand further right than the text.
 */
export function literalBlock(rows: Rows, row: number, start: number, end: number): ScalarNode | undefined {
  const { text } = rows;
  const chomp = header.exec(text.slice(start, rows.end(row)))?.[1];
  if (chomp === undefined) return undefined;
  const first = firstFilled(rows, row + 1, end);
  if (first === end) return undefined;
  const column = rawIndent(rows, first);
  const lines: string[] = [];
  let last = first;
  for (let at = row + 1; at < end; at++) {
    const isEmpty = rows.start(at) === lineEnd(rows, at);
    if (rows.isBlank(at)) {
      // White space beyond the text's column belongs to the text; the library counts that.
      if (!isEmpty && rows.text.slice(rows.start(at), lineEnd(rows, at)).length > (at < first ? 0 : column)) return undefined;
      lines.push('');
      continue;
    }
    if (rawIndent(rows, at) < column) return undefined;
    lines.push(text.slice(rows.start(at) + column, lineEnd(rows, at)));
    last = at;
  }
  if (chomp === '+') return undefined;
  const value = lines.slice(0, last - row).join('\n') + (chomp === '-' ? '' : '\n');
  return { is: 'scalar', start, end: Math.min(rows.start(last + 1), text.length), style: 'block', source: value, value };
}

function firstFilled(rows: Rows, row: number, end: number): number {
  while (row < end && rows.isBlank(row)) row++;
  return row;
}

/** Spaces at the start of a row, even if a dash was read from it. */
function rawIndent(rows: Rows, row: number): number {
  return rows.content(row) - rows.start(row);
}

/** Before the line's end, white space included. */
function lineEnd({ text, starts }: Rows, row: number): number {
  let end = starts[row + 1] as number;
  if (text.charCodeAt(end - 1) === 10) end--;
  if (text.charCodeAt(end - 1) === 13) end--;
  return Math.max(end, starts[row] as number);
}
