// The parser's nodes → our tree, with everything that only shows when values meet: duplicate keys, anchors, cycles, merged maps.
import type { Alias, Node as YamlNode, Pair as YamlPair, Scalar as YamlScalar, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Limits } from './limits.ts';
import { grouped } from './limits.ts';
import { emptyAt, MapBuilder } from './map-builder.ts';
import type { Problem } from './problem.ts';
import { alignAdvice, misaligned, problem } from './problem.ts';
import { keyText, resolvePlain, resolveTagged } from './scalar.ts';
import type { Span } from './text.ts';
import type { AliasNode, ListNode, MapNode, Node, Pair, ScalarNode } from './tree.ts';

type Target = Exclude<Node, AliasNode>;

export interface Tree {
  readonly root: Node;
  readonly problems: readonly Problem[];
  /** A `{{` where a value should be: a template that is not yet YAML. */
  readonly isTemplate: boolean;
  /** Has anchors or aliases, whose other halves may stand elsewhere. */
  readonly hasAnchors: boolean;
}

/** `shift` is the place in `text` of what the parser calls 0, for a part of a document that was read alone. */
export function buildTree(contents: YamlNode, text: string, shift: number, limits: Limits): Tree {
  const builder = new TreeBuilder(text, shift, limits);
  const root = builder.build(contents);
  return { root, problems: builder.problems, isTemplate: builder.isTemplate, hasAnchors: builder.hasAnchors };
}

class TreeBuilder {
  readonly problems: Problem[] = [];
  isTemplate = false;
  hasAnchors = false;
  /** Anchors that are complete, with the number of values behind each; `open` are those that we are inside of. */
  private readonly anchors = new Map<string, { readonly node: Target; readonly size: number }>();
  private readonly open = new Set<string>();
  /** Values so far with aliases written out, and how many of them come from aliases. */
  private size = 0;
  private expanded = 0;
  private isOverLimit = false;
  private readonly text: string;
  private readonly shift: number;
  private readonly limits: Limits;

  constructor(text: string, shift: number, limits: Limits) {
    this.text = text;
    this.shift = shift;
    this.limits = limits;
  }

  build(node: YamlNode): Node {
    if (isAlias(node)) return this.alias(node);
    const { anchor } = node as { anchor?: string };
    const sizeBefore = this.size;
    this.size++;
    if (anchor) this.open.add(anchor);
    const built = isMap(node) ? this.map(node) : isSeq(node) ? this.list(node) : isScalar(node) ? this.scalar(node) : emptyAt(0);
    if (anchor) {
      this.hasAnchors = true;
      this.open.delete(anchor);
      this.anchors.set(anchor, { node: built, size: this.size - sizeBefore });
    }
    return built;
  }

  private alias(node: Alias): Node {
    this.hasAnchors = true;
    const span = this.spanOf(node);
    const known = this.anchors.get(node.source);
    if (known && !this.open.has(node.source)) {
      this.expand(known.size, span);
      return { is: 'alias', ...span, target: known.node, value: this.isOverLimit ? null : known.node.value };
    }
    if (this.open.has(node.source)) {
      this.problems.push(
        problem(
          'anchor-cycle',
          span,
          `Anchor "${node.source}" contains itself.`,
          `Repeat the part that *${node.source}* stands for, or anchor something smaller.`,
        ),
      );
    } else {
      this.problems.push(
        problem(
          'unknown-anchor',
          span,
          `No anchor "${node.source}" stands above.`,
          `Mark the value with &${node.source} earlier in this document (anchors do not reach across ---), or quote the text if the * belongs to it.`,
        ),
      );
    }
    return { is: 'alias', ...span, target: emptyAt(span.start), value: null };
  }

  /** Adds what an alias stands for. Anchors within anchors multiply: nine lines can stand for a billion values. */
  private expand(size: number, span: Span): void {
    this.size += size;
    this.expanded += size;
    if (this.expanded <= this.limits.aliases || this.isOverLimit) return;
    this.isOverLimit = true;
    const limit = grouped(this.limits.aliases);
    const message = `With this alias, the aliases of the document stand for more than ${limit} values.`;
    this.problems.push(problem('limit', span, message, `Repeat less, or raise the limit of ${limit} values (drydock.limits.aliases).`));
  }

  private map(node: YAMLMap): MapNode {
    const { start, closed, end } = this.extent(node, '}');
    const before = this.problems.length;
    const builder = new MapBuilder(this.problems);
    if (node.flow && this.text.startsWith('{{', start)) this.isTemplate = true;
    for (const item of node.items as YamlPair<YamlNode, YamlNode | null>[]) {
      const pair = this.pair(item);
      if (!pair) continue;
      builder.add(pair);
      if (!node.flow) this.checkColumn(pair, builder.pairs[0] as Pair);
    }
    this.checkClosed(node, '}', closed, before);
    return builder.finish(start, node.flow === true, closed ? end : (builder.pairs.at(-1)?.end ?? end));
  }

  private pair({ key, value }: YamlPair<YamlNode, YamlNode | null>): Pair | undefined {
    const keyNode = this.build(key);
    const keySpan = { start: keyNode.start, end: keyNode.end };
    const scalar = keyNode.is === 'alias' ? keyNode.target : keyNode;
    const text = scalar.is === 'scalar' ? keyText(scalar.value) : undefined;
    if (text === undefined) {
      if (scalar.is !== 'map' || !this.isTemplate) this.problems.push(keyProblem(keySpan, scalar.is === 'scalar'));
      return undefined;
    }
    const node = value ? this.build(value) : emptyAt(keySpan.end);
    const merge = scalar.is === 'scalar' && scalar.style === 'plain' && scalar.value === '<<';
    return { key: text, keySpan, node, merge, start: keySpan.start, end: Math.max(keySpan.end, node.end) };
  }

  /** The parser lets a key pass that is indented further than the first one of its map, if a bracket closed the line before. */
  private checkColumn({ key, keySpan }: Pair, first: Pair): void {
    const column = columnOf(this.text, keySpan.start);
    const isFirstOnLine = /^ *$/.test(this.text.slice(keySpan.start - column, keySpan.start));
    if (!isFirstOnLine || column === columnOf(this.text, first.keySpan.start)) return;
    this.problems.push(problem('indent', keySpan, misaligned(key), alignAdvice));
  }

  private list(node: YAMLSeq): ListNode {
    const { start, closed, end } = this.extent(node, ']');
    const before = this.problems.length;
    const items = (node.items as YamlNode[]).map((item) => this.build(item));
    this.checkClosed(node, ']', closed, before);
    return { is: 'list', start, end: closed ? end : (items.at(-1)?.end ?? end), items, flow: node.flow === true, value: items.map((item) => item.value) };
  }

  /** Where a collection starts and ends. Only a closed pair of brackets knows its own end; otherwise the last child gives it. */
  private extent(node: YAMLMap | YAMLSeq, close: string): { start: number; closed: boolean; end: number } {
    const { start, end } = this.spanOf(node);
    return node.flow ? { start, closed: this.text[end - 1] === close && end - start > 1, end } : { start, closed: false, end: start };
  }

  /** `[a: 1]` is a list with a map that has no brackets of its own; and an open quote inside has swallowed the bracket that closes. */
  private checkClosed(node: YAMLMap | YAMLSeq, close: string, closed: boolean, before: number): void {
    const open = close === '}' ? '{' : '[';
    const { start } = this.spanOf(node);
    if (!node.flow || closed || this.text[start] !== open || this.problems.slice(before).some(({ code }) => code === 'unclosed')) return;
    this.problems.push(problem('unclosed', { start, end: start + 1 }, `This ${open} is never closed.`, `Add the ${close} that belongs to it.`));
  }

  private spanOf(node: YamlNode): Span {
    const [start, end] = node.range ?? [0, 0];
    return { start: start + this.shift, end: end + this.shift };
  }

  private scalar(node: YamlScalar): ScalarNode {
    const span = this.spanOf(node);
    const source = node.source ?? '';
    if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') this.checkQuotes(span, node.type === 'QUOTE_DOUBLE' ? '"' : "'");
    const style = node.type === 'PLAIN' ? 'plain' : node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 'quoted' : 'block';
    return { is: 'scalar', ...span, style, source, value: this.scalarValue(node, span, style) };
  }

  private scalarValue({ value, tag }: YamlScalar, span: Span, style: ScalarNode['style']): ScalarNode['value'] {
    const text = String(value);
    const plain = style === 'plain' && !tag ? resolvePlain(text) : tag ? resolveTagged(tag, text, style !== 'plain') : text;
    if (plain === undefined) {
      this.problems.push(problem('tag', span, `"${text}" is not what its tag !!${tag?.split(':').at(-1)} says.`, 'Remove the tag or correct the value.'));
      return text;
    }
    if (typeof plain === 'number' && !Number.isFinite(plain)) {
      this.problems.push(problem('number', span, `${text} is a number that JSON cannot carry.`, 'Put it in quotes if it is meant as text.'));
      return text;
    }
    return plain;
  }

  private checkQuotes({ start, end }: Span, quote: string): void {
    if (end - start > 1 && this.text[end - 1] === quote) return;
    this.problems.push(problem('unclosed', { start, end: start + 1 }, `This ${quote} is never closed.`, `Add the ${quote} that ends the text.`));
  }
}

function columnOf(text: string, offset: number): number {
  return offset - (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);
}

function keyProblem(span: Span, isNull: boolean): Problem {
  const place = { start: span.start, end: Math.max(span.end, span.start + 1) };
  return isNull
    ? problem('key', place, 'A key is missing before the colon, or it is null.', 'Write the key, in quotes if it is meant to be the word null.')
    : problem('key', place, 'A list or a map cannot be a key.', 'Write a text as the key, in quotes if it begins with a bracket or brace.');
}
