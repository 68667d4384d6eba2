// Command lines of resources followed by KEY=VALUE pairs and KEY- removals.
import { problem, type Problem } from '../problem.ts';

export interface Pairs {
  /** What names the resources. */
  readonly words: readonly string[];
  readonly pairs: readonly (readonly [key: string, value: string])[];
  readonly removals: readonly string[];
}

/** `what`: 'label', 'annotation', 'image', 'environment variable'. */
export function splitPairs(words: readonly string[], what: string): Pairs | Problem {
  const first = words.findIndex((word, i) => (i > 0 || word.includes('=')) && isPair(word));
  const [resources, rest] = first < 0 ? [words, []] : [words.slice(0, first), words.slice(first)];
  const stray = rest.find((word) => !isPair(word));
  if (stray !== undefined) return problem(`all resources must be specified before ${what} changes: ${stray}`);
  const pairs: (readonly [string, string])[] = [];
  const removals: string[] = [];
  for (const word of rest) {
    const equals = word.indexOf('=');
    if (equals < 0) removals.push(word.slice(0, -1));
    else pairs.push([word.slice(0, equals), word.slice(equals + 1)]);
  }
  const both = removals.find((key) => pairs.some(([set]) => set === key));
  if (both !== undefined) return problem(`can not both modify and remove a ${what} in the same command`);
  return { words: resources, pairs, removals };
}

const isPair = (word: string) => word.includes('=') || (word.endsWith('-') && word !== '-');
