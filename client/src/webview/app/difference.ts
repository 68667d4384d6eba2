// What is different between two pod templates, as a list of paths. Images come first: they are what most rollouts are about.

export interface Difference {
  /** 'spec.containers[nginx].image' */
  readonly path: string;
  /** Absent where the one or the other template has nothing. */
  readonly before?: string;
  readonly after?: string;
}

export function differences(before: unknown, after: unknown): readonly Difference[] {
  const found: Difference[] = [];
  collect(before, after, '', found);
  return found.sort((a, b) => rank(a) - rank(b));
}

const rank = ({ path }: Difference): number => (path.endsWith('.image') ? 0 : 1);

function collect(before: unknown, after: unknown, path: string, found: Difference[]): void {
  if (isMap(before) && isMap(after)) collectMap(before, after, path, found);
  else if (isNamedList(before) && isNamedList(after)) collectList(before, after, path, found);
  else if (JSON.stringify(before) !== JSON.stringify(after))
    found.push({ path, ...(before !== undefined && { before: text(before) }), ...(after !== undefined && { after: text(after) }) });
}

function collectMap(before: Map, after: Map, path: string, found: Difference[]): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) collect(before[key], after[key], joined(path, key), found);
}

/** Items of a list with names are the same item when they have the same name, wherever they stand. */
function collectList(before: readonly Named[], after: readonly Named[], path: string, found: Difference[]): void {
  for (const name of new Set([...before, ...after].map((item) => item.name))) {
    const named = (item: Named): boolean => item.name === name;
    collect(before.find(named), after.find(named), `${path}[${name}]`, found);
  }
}

/** A key with dots or slashes is put in brackets: metadata.annotations[kubectl.kubernetes.io/restartedAt] */
const joined = (path: string, key: string): string => (path === '' ? key : /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${key}]`);

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

type Map = Readonly<Record<string, unknown>>;
type Named = Map & { readonly name: string };

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNamedList = (value: unknown): value is readonly Named[] =>
  Array.isArray(value) &&
  value.every((item) => isMap(item) && typeof item['name'] === 'string') &&
  new Set(value.map((item: Named) => item.name)).size === value.length;
