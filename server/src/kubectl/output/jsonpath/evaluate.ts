// Applies a JSONPath template to a value.
import { goJson } from '../../../kube/go-json.ts';
import type { Node, Parsed, Path, Template } from './parse.ts';

/** `missing: 'allow'`: a field that is not there gives nothing, as in `kubectl get`; 'refuse' makes it an error, as in `kubectl wait`. */
export interface EvaluateOptions {
  readonly missing: 'allow' | 'refuse';
}

/** The text that a template prints for a value. */
export function printTemplate(template: Template, value: unknown, options: EvaluateOptions): Parsed<string> {
  const results = resultsOf(template, value, options);
  return 'error' in results ? results : { value: results.value.map((result) => result.map(textOf).join(' ')).join('') };
}

/** What each path of a template finds; the paths inside a range once for every turn. */
export function resultsOf(template: Template, value: unknown, options: EvaluateOptions): Parsed<readonly (readonly unknown[])[]> {
  try {
    const { results } = new Evaluation(template, options).block(0, value, 0);
    return { value: results };
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}

/** A path cannot be applied. Stays inside this file. */
class Refusal extends Error {}

class Evaluation {
  readonly #template: Template;
  readonly #options: EvaluateOptions;

  constructor(template: Template, options: EvaluateOptions) {
    this.#template = template;
    this.#options = options;
  }

  /** Evaluates from path `start` to the end of the block. `end`: the position of its `{end}`, or the template's length. */
  block(start: number, value: unknown, depth: number): { results: (readonly unknown[])[]; end: number } {
    const results: (readonly unknown[])[] = [];
    for (let at = start; at < this.#template.length; at++) {
      const path = this.#template[at]!;
      const [first, ...rest] = path;
      if (first?.is === 'identifier' && first.name === 'range') {
        const turns = this.#walk([value], rest);
        // Without a turn the block is still read, to find its end.
        const runs = (turns.length > 0 ? turns : [undefined]).map((turn) => this.block(at + 1, turn, depth + 1));
        if (turns.length > 0) for (const run of runs) results.push(...run.results);
        at = runs[0]!.end;
      } else if (first?.is === 'identifier' && first.name === 'end') {
        if (depth === 0) throw new Refusal('not in range, nothing to end');
        return { results, end: at };
      } else {
        results.push(this.#walk([value], path));
      }
    }
    return { results, end: this.#template.length };
  }

  #walk(values: readonly unknown[], path: Path): readonly unknown[] {
    return path.reduce<readonly unknown[]>((found, node) => this.#step(found, node), values);
  }

  #step(values: readonly unknown[], node: Node): readonly unknown[] {
    switch (node.is) {
      case 'text':
        return [node.text];
      case 'literal':
        return values.map(() => node.value);
      case 'field':
        return this.#field(values, node.name);
      case 'wildcard':
        return values.flatMap(childrenOf);
      case 'recursive':
        return values.flatMap(descendants);
      case 'slice':
        return values.flatMap((value) => slice(value, node));
      case 'union':
        return node.paths.flatMap((path) => this.#walk(values, path));
      case 'filter':
        return values.flatMap((value) => this.#filter(value, node));
      case 'identifier':
        throw new Refusal(`unrecognized identifier ${node.name}`);
    }
  }

  #field(values: readonly unknown[], name: string): readonly unknown[] {
    if (values.length === 0) return [];
    const found = values.flatMap((value) => (isMap(value) && Object.hasOwn(value, name) ? [value[name]] : []));
    if (found.length === 0 && this.#options.missing === 'refuse') throw new Refusal(`${name} is not found`);
    return found;
  }

  #filter(value: unknown, node: Node & { is: 'filter' }): readonly unknown[] {
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) throw new Refusal(`${describe(value)} is not array or slice and cannot be filtered`);
    return value.filter((item: unknown) => {
      if (node.operator === 'exists') return this.#exists(item, node.left);
      const left = this.#walk([item], node.left);
      const right = this.#walk([item], node.right);
      if (left.length > 1 || right.length > 1) throw new Refusal('can only compare one element at a time');
      return left.length === 1 && right.length === 1 && compare(left[0], node.operator, right[0]);
    });
  }

  #exists(item: unknown, path: Path): boolean {
    return new Evaluation([], { missing: 'allow' }).#walk([item], path).length > 0;
  }
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values of a map by key: Go walks maps at random, any order is right. */
function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isMap(value))
    return Object.keys(value)
      .sort()
      .map((key) => value[key]);
  return [];
}

/** The value and everything below it that has something in it. */
function descendants(value: unknown): readonly unknown[] {
  const children = typeof value === 'string' ? [...value] : childrenOf(value);
  return children.length === 0 ? [] : [value, ...(typeof value === 'string' ? [] : children.flatMap(descendants))];
}

function slice(value: unknown, node: Node & { is: 'slice' }): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new Refusal(`${describe(value)} is not array or slice`);
  const { length } = value;
  const from = node.from ?? 0;
  const start = from < 0 ? from + length : from;
  // `[-1]` is `[-1:0]`, and its end 0 means the end of the list.
  const to = node.index ? from + 1 : (node.to ?? length);
  const end = to < 0 || (node.index && to === 0) ? to + length : to;
  if (start === end) return [];
  if (start >= length || start < 0) throw new Refusal(`array index out of bounds: index ${start}, length ${length}`);
  if (end > length || end < 0) throw new Refusal(`array index out of bounds: index ${end - 1}, length ${length}`);
  if (start > end) throw new Refusal(`starting index ${start} is greater than ending index ${end}`);
  const step = node.step ?? 1;
  if (step <= 0) throw new Refusal('step must be > 0');
  return value.slice(start, end).filter((_, i) => i % step === 0);
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  if (typeof left !== typeof right) throw new Refusal('incompatible types for comparison');
  const [l, r] = [left as number, right as number];
  switch (operator) {
    case '==':
      return l === r;
    case '!=':
      return l !== r;
    case '<':
      return l < r;
    case '>':
      return l > r;
    case '<=':
      return l <= r;
    case '>=':
      return l >= r;
    default:
      throw new Refusal(`unrecognized filter operator ${operator}`);
  }
}

const describe = (value: unknown) => (isMap(value) ? 'map[string]interface {}' : typeof value === 'number' ? 'int64' : typeof value);

/** How one result is printed: lists and maps as JSON, everything else as it is. */
export function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return goJson(value);
  return value === null || value === undefined ? '<nil>' : String(value);
}
