// Pairs → a map: its value, its duplicates, what it merges. Used by every reader, so that they agree.
import type { Problem } from './problem.ts';
import { problem } from './problem.ts';
import type { Json, MapNode, Pair, ScalarNode } from './tree.ts';
import { mergedMaps } from './tree.ts';

export class MapBuilder {
  readonly pairs: Pair[] = [];
  private readonly seen = new Map<string, Pair>();
  private readonly value: { [key: string]: Json } = {};
  private readonly problems: Problem[];

  /** Problems are added to the list that is given. */
  constructor(problems: Problem[]) {
    this.problems = problems;
  }

  add(pair: Pair): void {
    this.pairs.push(pair);
    if (pair.merge) return this.merge(pair);
    const first = this.seen.get(pair.key);
    if (first) this.reportTwice(pair, first);
    else this.seen.set(pair.key, pair);
    put(this.value, pair.key, pair.node.value);
  }

  /** Without an end of its own the map ends with its last value. */
  finish(start: number, flow: boolean, end = this.pairs.at(-1)?.end ?? start): MapNode {
    return { is: 'map', start, end, pairs: this.pairs, flow, value: this.value };
  }

  private merge(pair: Pair): void {
    const maps = mergedMaps(pair.node);
    if (maps.length === 0)
      this.problems.push(
        problem('key', pair.keySpan, '<< merges maps, and this value is none.', 'Give << an alias of a map, such as *base, or a list of such aliases.'),
      );
    // The first of several maps is the strongest, so it is put last.
    for (const map of maps.toReversed()) for (const [key, value] of Object.entries(map.value)) put(this.value, key, value);
  }

  private reportTwice(pair: Pair, first: Pair): void {
    const related = { span: first.keySpan, message: `"${pair.key}" stands here first.` };
    const advice = 'Remove one of the two. Readers take the last one, and the other is lost without a word.';
    this.problems.push(problem('duplicate-key', pair.keySpan, `The key "${pair.key}" stands twice in this map.`, advice, related));
  }
}

/** An own property also for '__proto__', which an assignment would take for the prototype. */
function put(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** The null of `key:` alone. */
export function emptyAt(offset: number): ScalarNode {
  return { is: 'scalar', start: offset, end: offset, style: 'plain', source: '', value: null };
}
