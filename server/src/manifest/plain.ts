// Reads the YAML that manifests are written in, about ten times faster than the library: block maps and lists, values on one line, literal blocks,
// brackets and braces. It decides by rows and columns; an entry that it does not know goes to the library, so that its neighbours stay fast and whole.
// Invariant: where there is nothing to complain of, its tree is the library's (test/manifest/plain.test.ts). Documents that must be seen as a whole
// (anchors, tags, directives, tabs as indentation, text at the top) are not for it.
import type { Read } from './library.ts';
import { readPart } from './library.ts';
import type { Limits } from './limits.ts';
import { emptyAt, MapBuilder } from './map-builder.ts';
import { readFlow } from './plain-flow.ts';
import { beginsPlain, literalBlock, plainEnd, plainScalar, quotedScalar } from './plain-scalar.ts';
import type { Problem } from './problem.ts';
import { alignAdvice, misaligned, missingColon, problem } from './problem.ts';
import { Rows } from './rows.ts';
import { keyText } from './scalar.ts';
import type { Span } from './text.ts';
import type { ListNode, MapNode, Node } from './tree.ts';

/** Undefined where the library must read the whole document. `lineStarts` are those of the text. */
export function readPlain(text: string, lineStarts: readonly number[], limits: Limits): Read | undefined {
  try {
    return new PlainReader(new Rows(text, lineStarts), limits).document();
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

/** The library must read the whole document. Thrown inside this file only. */
class Unusual extends Error {}

interface Key {
  readonly text: string;
  readonly span: Span;
  /** Behind the colon. */
  readonly after: number;
}

class PlainReader {
  private readonly rows: Rows;
  private readonly text: string;
  private readonly limits: Limits;
  private readonly problems: Problem[] = [];
  private isTemplate = false;
  private depth = 0;
  /** The row that is read next, and the one that ends the document. */
  private row = 0;
  private end: number;

  constructor(rows: Rows, limits: Limits) {
    this.rows = rows;
    this.text = rows.text;
    this.end = rows.count;
    this.limits = limits;
  }

  document(): Read {
    const { rows } = this;
    // A carriage return alone is a line break to YAML and none to an editor.
    if (/\r(?!\n)/.test(this.text)) throw new Unusual();
    this.row = rows.next(0, this.end);
    if (this.isMarker(this.row, '---')) {
      if (!/^---\s*(\s#.*)?$/.test(this.line(this.row))) throw new Unusual();
      this.row = rows.next(this.row + 1, this.end);
    }
    for (let at = this.row; at < this.end; at++) if (this.isMarker(at, '...')) this.end = at;
    const root = this.row < this.end ? this.top(this.end) : undefined;
    return { root, problems: this.problems, isTemplate: this.isTemplate, hasAnchors: false };
  }

  private top(end: number): Node {
    const at = this.rows.content(this.row);
    const first = this.text[at];
    const root = first === '{' || first === '[' ? this.flow(at, end) : this.nested(this.row, end);
    if (!root || this.rows.next(this.row, end) < end) throw new Unusual();
    return root;
  }

  private isMarker(row: number, marker: string): boolean {
    return row < this.rows.count && this.text.startsWith(marker, this.rows.start(row)) && /^(---|\.\.\.)(\s|$)/.test(this.line(row));
  }

  private line(row: number): string {
    return this.text.slice(this.rows.start(row), this.rows.end(row));
  }

  /** The map or list that begins in a row. Undefined for text over several rows; then nothing has been read. */
  private nested(row: number, end: number): Node | undefined {
    this.refuseTab(row);
    const isList = this.isDash(this.rows.content(row));
    if (!isList && !this.hasKey(row, end)) return undefined;
    if (++this.depth > this.limits.depth) throw new Unusual();
    this.row = row;
    const node = isList ? this.list(end) : this.map(end);
    this.depth--;
    return node;
  }

  /** A row without a colon may be a key that is still being typed, if another row of the block has one. */
  private hasKey(row: number, end: number): boolean {
    const column = this.rows.indent(row);
    for (let at = row; at < end; at = this.rows.next(at + 1, end)) if (this.rows.indent(at) === column && this.keyAt(this.rows.content(at), at)) return true;
    return false;
  }

  private map(end: number): MapNode {
    const { rows } = this;
    const start = rows.content(this.row);
    const column = rows.indent(this.row);
    const builder = new MapBuilder(this.problems);
    for (; this.row < end; this.row = rows.next(this.row, end)) {
      if (rows.indent(this.row) !== column) this.reportMisaligned(this.row);
      this.entry(builder, this.row, end);
    }
    return builder.finish(start, false);
  }

  private entry(builder: MapBuilder, row: number, end: number): void {
    const { rows } = this;
    this.refuseTab(row);
    const column = rows.indent(row);
    const key = this.keyAt(rows.content(row), row);
    const isAlone = key !== undefined && this.isSilentFrom(key.after, row);
    const last = isAlone ? this.extentWithList(row, column, end) : rows.extent(row, column, end);
    const node = key && (isAlone ? this.below(row, key.after, last) : this.value(row, this.skipBlank(key.after, row), last));
    if (node) builder.add({ key: key.text, keySpan: key.span, node, merge: false, start: key.span.start, end: Math.max(key.span.end, node.end) });
    else this.entryByLibrary(builder, row, last);
  }

  /** A list may stand in the column of the key that holds it. */
  private extentWithList(row: number, column: number, end: number): number {
    const { rows } = this;
    let last = rows.extent(row, column, end);
    if (rows.next(row + 1, last) < last) return last;
    for (let at = rows.next(last, end); at < end && rows.indent(at) === column && this.isDash(rows.content(at)); at = rows.next(last, end)) {
      last = rows.extent(at, column, end);
    }
    return last;
  }

  private list(end: number): ListNode {
    const { rows } = this;
    const start = rows.content(this.row);
    const column = rows.indent(this.row);
    const items: Node[] = [];
    for (; this.row < end; this.row = rows.next(this.row, end)) {
      if (rows.indent(this.row) !== column) this.reportMisaligned(this.row);
      this.item(items, this.row, end);
    }
    return { is: 'list', start, end: items.at(-1)?.end ?? start, items, flow: false, value: items.map((item) => item.value) };
  }

  private item(items: Node[], row: number, end: number): void {
    const { rows } = this;
    this.refuseTab(row);
    const dash = rows.content(row);
    const last = rows.extent(row, rows.indent(row), end);
    const node = this.isDash(dash) ? this.itemValue(row, dash, last) : undefined;
    if (node) items.push(node);
    else this.itemsByLibrary(items, row, last);
  }

  private itemValue(row: number, dash: number, last: number): Node | undefined {
    const from = this.skipBlank(dash + 1, row);
    if (this.isSilentFrom(dash + 1, row)) return this.below(row, dash + 1, last);
    if (!this.isDash(from) && !this.keyAt(from, row)) return this.value(row, from, last);
    // What follows the dash is a block of its own, as if it began on a row of its own.
    this.rows.contents[row] = from;
    return this.nested(row, last);
  }

  /** What stands in the rows below a lone key or dash; null when nothing does. */
  private below(row: number, emptyOffset: number, last: number): Node | undefined {
    const first = this.rows.next(row + 1, last);
    if (first < last) return this.nested(first, last);
    this.row = last;
    while (this.text[emptyOffset] === ' ') emptyOffset++;
    return emptyAt(emptyOffset);
  }

  /** A value that begins on the row of its key or dash. Undefined for what the library must read; then nothing has been read. */
  private value(row: number, from: number, last: number): Node | undefined {
    const { text, rows } = this;
    const first = text[from] as string;
    if (first === '{' || first === '[') return this.flow(from, last);
    const isOneRow = rows.next(row + 1, last) >= last;
    const node = first === '|' ? literalBlock(rows, row, from, this.withBlanks(last)) : isOneRow ? this.scalar(row, from) : undefined;
    if (node) this.row = last;
    return node;
  }

  private withBlanks(row: number): number {
    while (row < this.end && this.rows.isBlank(row)) row++;
    return row;
  }

  private scalar(row: number, from: number): Node | undefined {
    const end = this.rows.end(row);
    if (this.text[from] === '"' || this.text[from] === "'") {
      const node = quotedScalar(this.text, from, end);
      return node && this.isSilentFrom(node.end, row) ? node : undefined;
    }
    const plain = beginsPlain(this.text, from) ? plainEnd(this.text, from, end) : -1;
    return plain < 0 ? undefined : plainScalar(this.text, from, plain);
  }

  /** The bracket that closes may stand as far left as it likes. */
  private flow(from: number, last: number): Node | undefined {
    const { rows } = this;
    const read = readFlow(this.text, from, this.limits.depth - this.depth);
    if (!read) {
      // Cut off from its bracket, the rest would make no sense.
      if (last < rows.count && /^[\]}]/.test(this.text.slice(rows.content(last), rows.end(last)))) throw new Unusual();
      return undefined;
    }
    let row = this.row;
    while (rows.start(row + 1) < read.node.end) row++;
    if (!this.isSilentFrom(read.node.end, row) || rows.next(row + 1, last) < last) return undefined;
    this.problems.push(...read.problems);
    this.row = Math.max(last, row + 1);
    return read.node;
  }

  // ---- what the library reads ----

  private entryByLibrary(builder: MapBuilder, row: number, last: number): void {
    const root = this.byLibrary(row, last);
    if (root?.is === 'map' && !root.flow) for (const pair of root.pairs) builder.add(pair);
    else if (root?.is === 'scalar' && root.style !== 'block') {
      const { start, end } = root;
      const keySpan = { start, end };
      builder.add({ key: String(root.value), keySpan, node: emptyAt(end), merge: false, start, end });
      if (root.style === 'plain') this.problems.push(missingColon(this.text.slice(start, end), keySpan));
    } else throw new Unusual();
  }

  private itemsByLibrary(items: Node[], row: number, last: number): void {
    const root = this.byLibrary(row, last);
    if (root?.is !== 'list' || root.flow) throw new Unusual();
    items.push(...root.items);
  }

  private byLibrary(row: number, last: number): Node | undefined {
    const { rows } = this;
    // Blank rows may belong to a block at the end.
    const part = ' '.repeat(rows.indent(row)) + this.text.slice(rows.content(row), rows.start(rows.next(last, this.end)));
    const { root, problems, isTemplate, hasAnchors } = readPart(part, this.text, rows.start(row), this.limits);
    if (hasAnchors || this.problems.length > this.limits.problems) throw new Unusual();
    this.problems.push(...problems);
    this.isTemplate ||= isTemplate;
    this.row = last;
    return root;
  }

  // ---- within a row ----

  private keyAt(at: number, row: number): Key | undefined {
    const { text } = this;
    const limit = this.rows.end(row);
    const first = text[at];
    if (first === '"' || first === "'") {
      const node = quotedScalar(text, at, limit);
      const colon = node ? this.skipBlank(node.end, row) : limit;
      return node && this.isColon(colon, limit) ? { text: node.source, span: { start: at, end: node.end }, after: colon + 1 } : undefined;
    }
    if (!beginsPlain(text, at)) return undefined;
    const colon = this.colonFrom(at, limit);
    if (colon < 0) return undefined;
    let end = colon;
    while (end > at && text.charCodeAt(end - 1) === 32) end--;
    const key = keyText(plainScalar(text, at, end)?.value ?? null);
    return key === undefined || key === '<<' ? undefined : { text: key, span: { start: at, end }, after: colon + 1 };
  }

  private colonFrom(at: number, limit: number): number {
    const { text } = this;
    for (let index = at; index < limit; index++) {
      const code = text.charCodeAt(index);
      if (code === 58 /* : */ && this.isColon(index, limit)) return index;
      if (code < 32 || (code === 35 /* # */ && text.charCodeAt(index - 1) === 32)) return -1;
    }
    return -1;
  }

  private isColon(at: number, limit: number): boolean {
    return this.text[at] === ':' && (at + 1 >= limit || this.text.charCodeAt(at + 1) === 32);
  }

  private isDash(at: number): boolean {
    return this.text[at] === '-' && /^\s?$/.test(this.text[at + 1] ?? '');
  }

  private skipBlank(at: number, row: number): number {
    while (at < this.rows.end(row) && this.text.charCodeAt(at) === 32) at++;
    return at;
  }

  /** Nothing but white space or a comment from here to the end of the row. */
  private isSilentFrom(at: number, row: number): boolean {
    const from = this.skipBlank(at, row);
    return from >= this.rows.end(row) || (this.text[from] === '#' && from > at);
  }

  private refuseTab(row: number): void {
    if (this.text.charCodeAt(this.rows.content(row)) === 9) throw new Unusual();
  }

  private reportMisaligned(row: number): void {
    const start = this.rows.content(row);
    const [word] = /^[^\s:,[\]{}]*/.exec(this.text.slice(start, this.rows.end(row))) ?? [''];
    const span = { start, end: start + Math.max(1, word.length) };
    this.problems.push(problem('indent', span, misaligned(this.text.slice(span.start, span.end)), alignAdvice));
  }
}
