// What of a custom object its schema does not know is dropped, and named (apiextensions-apiserver schema/pruning and schema/defaulting).
import { pathText } from '../decode-value.ts';
import { additionalSchema, implicitFields, isEmbedded, isMap, preservesUnknown, propertyOf, type Schema } from './structural.ts';

export type Path = readonly (string | number)[];

export interface Pruned<T> {
  readonly value: T;
  /** ['spec', 'sails'], ['spec', 'decks', 0, 'color']; sorted as texts. */
  readonly unknown: readonly Path[];
}

/** Whether an object is a resource, with apiVersion, kind and metadata of its own. */
type Level = 'resource' | 'part';

/** Drops unknown fields; `value` itself when there are none. */
export function prune<T>(value: T, schema: Schema): Pruned<T> {
  const unknown: Path[] = [];
  const kept = pruned(value, schema, 'resource', [], unknown) as T;
  return { value: kept, unknown: unknown.length < 2 ? unknown : unknown.sort((a, b) => (pathText(a) < pathText(b) ? -1 : 1)) };
}

/** `path` is walked up and down on the way: it costs nothing where nothing is wrong. */
function pruned(value: unknown, schema: Schema | undefined, level: Level, path: (string | number)[], unknown: Path[]): unknown {
  if (Array.isArray(value)) {
    return mapList(value, (item, i) => below(item, schema?.items, i, path, unknown));
  }
  if (!isMap(value) || !schema) return value;
  const keepsUnknown = preservesUnknown(schema) || schema.additionalProperties === true;
  return mapFields(value, (one, key) => {
    if (level === 'resource' && implicitFields.has(key)) return one;
    const part = propertyOf(schema, key) ?? additionalSchema(schema);
    if (part) return below(one, part, key, path, unknown);
    if (keepsUnknown) return one;
    unknown.push([...path, key]);
    return undefined;
  });
}

function below(value: unknown, schema: Schema | undefined, step: string | number, path: (string | number)[], unknown: Path[]): unknown {
  path.push(step);
  const kept = pruned(value, schema, isEmbedded(schema) ? 'resource' : 'part', path, unknown);
  path.pop();
  return kept;
}

/** Drops nulls where the schema allows none and offers no default. */
export function withoutNulls<T>(value: T, schema: Schema | undefined): T {
  if (!schema) return value;
  if (Array.isArray(value)) return mapList(value, (item) => withoutNulls(item, schema.items)) as T;
  if (!isMap(value)) return value;
  return mapFields(value, (one, key) => {
    const part = propertyOf(schema, key) ?? additionalSchema(schema);
    if (one === null && part && part.nullable !== true && part.default === undefined) return undefined;
    return withoutNulls(one, part);
  }) as T;
}

/** A list with each item replaced; the list itself when none differs. */
export function mapList(list: readonly unknown[], each: (item: unknown, index: number) => unknown): readonly unknown[] {
  const mapped = list.map(each);
  return mapped.every((item, i) => item === list[i]) ? list : mapped;
}

/** A map with each value replaced, or gone where `each` gives undefined; the map itself when none differs. */
export function mapFields(map: Readonly<Record<string, unknown>>, each: (value: unknown, key: string) => unknown): Readonly<Record<string, unknown>> {
  let same = true;
  const mapped: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(map)) {
    const next = each(value, key);
    if (next !== value) same = false;
    if (next !== undefined) setOwn(mapped, key, next);
  }
  return same ? map : mapped;
}

/** Sets a key that may be called __proto__. */
export function setOwn(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
  else map[key] = value;
}
