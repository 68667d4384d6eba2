// A document as a tree: every key and value with its place. Invariant: places are offsets from the start of the document, so a tree stays
// true when text before its document changes; `value` is plain JSON, shared where an alias repeats it, and never changed.
import type { Scalar } from './scalar.ts';
import type { Span } from './text.ts';

export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };

export interface MapNode extends Span {
  readonly is: 'map';
  /** In the order of the text, with duplicates; the last one of a key counts. */
  readonly pairs: readonly Pair[];
  /** Written with braces. */
  readonly flow: boolean;
  readonly value: { readonly [key: string]: Json };
}

export interface ListNode extends Span {
  readonly is: 'list';
  readonly items: readonly Node[];
  readonly flow: boolean;
  readonly value: readonly Json[];
}

export interface ScalarNode extends Span {
  readonly is: 'scalar';
  readonly style: 'plain' | 'quoted' | 'block';
  /** As written, for plain scalars: `0644` where the value is 420. */
  readonly source: string;
  readonly value: Scalar;
}

/** `*name`: the place of the alias and the node it stands for. */
export interface AliasNode extends Span {
  readonly is: 'alias';
  readonly target: Exclude<Node, AliasNode>;
  readonly value: Json;
}

export type Node = MapNode | ListNode | ScalarNode | AliasNode;

/** A key and its value; the span runs from the key's start to the value's end. */
export interface Pair extends Span {
  readonly key: string;
  readonly keySpan: Span;
  /** Also there for `key:` alone, as an empty scalar. */
  readonly node: Node;
  /** `<<`: the keys of the value count as keys of this map. */
  readonly merge: boolean;
}

/** Keys and list indices from the root: ['spec', 'containers', 0, 'image']. */
export type Path = readonly (string | number)[];

/** What lies at a path, or how far it exists. */
export interface Found {
  /** Steps of the path that exist. */
  readonly depth: number;
  readonly node: Node;
  /** The pair whose value `node` is; undefined at the root and for an item of a list. */
  readonly pair: Pair | undefined;
}

export function dereference(node: Node): Exclude<Node, AliasNode> {
  return node.is === 'alias' ? node.target : node;
}

/** Walks down as far as the path exists, through aliases and merged maps. */
export function find(root: Node, path: Path): Found {
  let found: Found = { depth: 0, node: root, pair: undefined };
  for (const step of path) {
    const next = child(found.node, step);
    if (!next) return found;
    found = { depth: found.depth + 1, ...next };
  }
  return found;
}

function child(node: Node, step: string | number): Pick<Found, 'node' | 'pair'> | undefined {
  const target = dereference(node);
  if (target.is === 'list') {
    const item = typeof step === 'number' ? target.items[step] : undefined;
    return item && { node: item, pair: undefined };
  }
  if (target.is !== 'map') return undefined;
  const pair = pairOf(target, String(step));
  return pair && { node: pair.node, pair };
}

/** The pair that gives a key its value: go-yaml takes the later one, whether written or merged. */
export function pairOf(map: MapNode, key: string): Pair | undefined {
  for (let index = map.pairs.length - 1; index >= 0; index--) {
    const pair = map.pairs[index] as Pair;
    if (pair.key === key && !pair.merge) return pair;
    if (pair.merge) {
      const merged = mergedMaps(pair.node)
        .map((one) => pairOf(one, key))
        .find((one) => one !== undefined);
      if (merged) return merged;
    }
  }
  return undefined;
}

/** The maps behind `<<: *a` or `<<: [*a, *b]`, the strongest first. */
export function mergedMaps(node: Node): readonly MapNode[] {
  const target = dereference(node);
  if (target.is === 'map') return [target];
  return target.is === 'list' ? target.items.flatMap((item) => mergedMaps(item)) : [];
}

/**
 * The place to point at for a path. The value itself; where it is missing or empty, the nearest key above it. A collection that spans lines is
 * shown by its key, since underlining forty lines says nothing; an item of a list without a key of its own by its first key.
 */
export function spanOf(root: Node, path: Path, text: string): Span {
  for (let length = path.length; length >= 0; length--) {
    const found = find(root, path.slice(0, length));
    if (found.depth < length) continue;
    const span = spanOfFound(found, length < path.length, text);
    if (span) return span;
  }
  return firstLine(root, text);
}

function spanOfFound({ node, pair }: Found, isParent: boolean, text: string): Span | undefined {
  const empty = node.start === node.end;
  if (pair) return isParent || empty || spansLines(node, text) ? pair.keySpan : node;
  if (empty) return undefined;
  if (!spansLines(node, text) && !isParent) return node;
  if (node.is === 'map') return node.pairs[0]?.keySpan ?? node;
  return node.is === 'scalar' || node.is === 'alias' ? node : undefined;
}

function spansLines(node: Node, text: string): boolean {
  if (node.is === 'alias' || (node.is === 'scalar' && node.style === 'plain' && !node.source.includes('\n'))) return false;
  const newline = text.indexOf('\n', node.start);
  return newline >= 0 && newline < node.end;
}

/** The first line of a node, without its line end. */
function firstLine(node: Span, text: string): Span {
  const newline = text.indexOf('\n', node.start);
  const end = newline < 0 ? text.length : newline;
  return { start: node.start, end: Math.max(node.start, text[end - 1] === '\r' ? end - 1 : end) };
}

/** The path of the deepest key or value that contains an offset, and whether the offset lies on a key. */
export function pathAt(root: Node, offset: number): { readonly path: Path; readonly onKey: boolean; readonly node: Node } {
  const path: (string | number)[] = [];
  let node = root;
  for (;;) {
    if (node.is === 'map') {
      const pair = node.pairs.find((one) => contains(one, offset));
      if (!pair) return { path, onKey: false, node };
      path.push(pair.key);
      if (contains(pair.keySpan, offset)) return { path, onKey: true, node: pair.node };
      node = pair.node;
    } else if (node.is === 'list') {
      const index = node.items.findIndex((one) => contains(one, offset));
      if (index < 0) return { path, onKey: false, node };
      path.push(index);
      node = node.items[index] as Node;
    } else {
      return { path, onKey: false, node };
    }
  }
}

/** The end counts: the cursor behind the last letter of a word is still on it. */
function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
