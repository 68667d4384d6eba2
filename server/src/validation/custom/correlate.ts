// Which item of a list before is which item of the list now: by key in a map, by value in a set, none in an atomic list.
import { isMap, type Schema } from '../../schema/custom/structural.ts';

/** For each item of `now` its counterpart, or undefined. */
export function oldItems(now: readonly unknown[], before: unknown, schema: Schema): readonly unknown[] {
  const type = schema['x-kubernetes-list-type'];
  if (!Array.isArray(before) || before.length === 0 || (type !== 'map' && type !== 'set')) return [];
  const nameOf = type === 'set' ? JSON.stringify : (item: unknown) => keyText(item, schema);
  const old = new Map(before.map((item) => [nameOf(item), item]));
  return now.map((item) => old.get(nameOf(item)));
}

/** The keys of an item of a list of type map, those that it lacks by their defaults. */
export function keysOf(item: unknown, schema: Schema): Readonly<Record<string, unknown>> {
  const map = isMap(item) ? item : {};
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  return Object.fromEntries(keys.map((key) => [key, map[key] ?? schema.items?.properties?.[key]?.default] as const).filter(([, value]) => value !== undefined));
}

const keyText = (item: unknown, schema: Schema): string => JSON.stringify(keysOf(item, schema), (_, value) => value as unknown);
