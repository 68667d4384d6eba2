// Braces and brackets: JSON, and what people write between them in YAML.
import { MapBuilder } from './map-builder.ts';
import { plainScalar, quotedScalar } from './plain-scalar.ts';
import type { Problem } from './problem.ts';
import { keyText } from './scalar.ts';
import type { Node, Pair, ScalarNode } from './tree.ts';

/** Undefined for anything unusual: empty items, keys without values, anchors, text over several lines, more than `depth` levels. */
export function readFlow(text: string, start: number, depth: number): { readonly node: Node; readonly problems: readonly Problem[] } | undefined {
  const reader = new FlowReader(text, start);
  const node = reader.collection(depth);
  return node && { node, problems: reader.problems };
}

class FlowReader {
  readonly problems: Problem[] = [];
  private readonly text: string;
  private at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  collection(depth: number): Node | undefined {
    if (depth === 0) return undefined;
    return this.text[this.at] === '{' ? this.map(depth) : this.list(depth);
  }

  private map(depth: number): Node | undefined {
    const start = this.at++;
    const builder = new MapBuilder(this.problems);
    for (;;) {
      if (!this.space()) return undefined;
      if (this.take('}')) return builder.finish(start, true, this.at);
      const pair = this.pair(depth);
      if (!pair) return undefined;
      builder.add(pair);
      if (!this.space() || !this.separates('}')) return undefined;
    }
  }

  private pair(depth: number): Pair | undefined {
    const keyStart = this.at;
    const isQuoted = this.text[keyStart] === '"' || this.text[keyStart] === "'";
    const keyNode = isQuoted ? quotedScalar(this.text, keyStart, this.text.length) : this.plain();
    if (!keyNode) return undefined;
    this.at = keyNode.end;
    const key = keyText(keyNode.value);
    if (key === undefined || (!isQuoted && key === '<<') || !this.space() || !this.take(':')) return undefined;
    if (!isQuoted && !/\s/.test(this.text[this.at] ?? '')) return undefined;
    if (!this.space()) return undefined;
    const node = this.value(depth);
    return node && { key, keySpan: { start: keyStart, end: keyNode.end }, node, merge: false, start: keyStart, end: node.end };
  }

  private list(depth: number): Node | undefined {
    const start = this.at++;
    const items: Node[] = [];
    for (;;) {
      if (!this.space()) return undefined;
      if (this.take(']')) return { is: 'list', start, end: this.at, items, flow: true, value: items.map((item) => item.value) };
      const item = this.value(depth);
      // `[a: 1]` is a list with a map in it.
      if (!item || !this.space() || this.text[this.at] === ':' || !this.separates(']')) return undefined;
      items.push(item);
    }
  }

  private value(depth: number): Node | undefined {
    const first = this.text[this.at];
    if (first === '{' || first === '[') return this.collection(depth - 1);
    const node = first === '"' || first === "'" ? quotedScalar(this.text, this.at, this.text.length) : this.plain();
    if (node) this.at = node.end;
    return node;
  }

  /** Words up to a comma, a bracket or a colon: nothing that could be an indicator. */
  private plain(): ScalarNode | undefined {
    plainText.lastIndex = this.at;
    const match = plainText.exec(this.text);
    return match ? plainScalar(this.text, this.at, this.at + match[0].trimEnd().length) : undefined;
  }

  /** A comma, or the bracket that closes comes next; that one is left for the loop. */
  private separates(close: string): boolean {
    return this.take(',') || this.text[this.at] === close;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  /** Skips white space, line ends and comments. False at a tab or the end of the text. */
  private space(): boolean {
    for (; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 35 /* # */ && /\s/.test(this.text[this.at - 1] ?? '')) this.at = (this.text.indexOf('\n', this.at) + 1 || this.text.length) - 1;
      else if (code !== 32 && code !== 10 && code !== 13) return code !== 9;
    }
    return false;
  }
}

/** Begins with a letter, a digit or one of a few signs; a colon inside a word is part of it. Sticky: reads from lastIndex. */
const plainText = /[\p{L}\p{N}_./$+~(<=^-](?:[^,[\]{}#:"'\n\r\t]|:(?=[^\s,[\]{}"']))*/uy;
