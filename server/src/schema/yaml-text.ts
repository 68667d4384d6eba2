// YAML text of a request body → values, as sigs.k8s.io/yaml turns it into JSON: YAML 1.1 words, keys as text and sorted.
import type { Node, Tags, YAMLMap } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

export interface ParsedYaml {
  readonly value: unknown;
  /** Keys that are there twice, in one error of the strict reader. */
  readonly strictErrors: readonly string[];
}

export function parseYaml(text: string): ParsedYaml | { readonly error: string } {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.1', customTags: withoutTimes, uniqueKeys: false, lineCounter: lines, logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem) {
    const line = problem.linePos?.[0].line;
    return { error: `error converting YAML to JSON: yaml: ${line === undefined ? '' : `line ${line}: `}${firstLine(problem.message)}` };
  }
  const twice: string[] = [];
  collectTwice(document.contents, lines, twice);
  try {
    const value = sorted(document.toJS({ maxAliasCount: 100 }));
    return { value, strictErrors: twice.length > 0 ? [`yaml: unmarshal errors:\n${twice.join('\n')}`] : [] };
  } catch (error) {
    return { error: `error converting YAML to JSON: yaml: ${firstLine((error as Error).message)}` };
  }
}

/** Go's reader leaves dates and numbers to the base of sixty (12:30) as text. */
const withoutTimes = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && !('format' in tag && tag.format === 'TIME')));

const firstLine = (text: string) => (text.split('\n')[0] as string).replace(/ at line \d+.*$/, '').replace(/:$/, '');

function collectTwice(node: Node | null, lines: LineCounter, found: string[]): void {
  if (isMap(node)) {
    findTwice(node, lines, found);
    for (const pair of node.items) collectTwice(pair.value as Node | null, lines, found);
  } else if (isSeq(node)) {
    for (const item of node.items) collectTwice(item as Node | null, lines, found);
  }
}

function findTwice(map: YAMLMap, lines: LineCounter, found: string[]): void {
  const seen = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key) || isAlias(key)) continue;
    const name = String(key.value);
    // goyaml counts from the line of the key.
    if (seen.has(name)) found.push(`  line ${lines.linePos(key.range?.[0] ?? 0).line}: key ${JSON.stringify(name)} already set in map`);
    seen.add(name);
  }
}

/** JSON made from a Go map has its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
