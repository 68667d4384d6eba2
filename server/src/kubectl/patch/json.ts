// Plain JSON, as patches see it.

export type Json = unknown;
export type JsonMap = Readonly<Record<string, unknown>>;

export const isMap = (value: Json): value is JsonMap => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Deep equality; an absent key is not the same as one with null. */
export function equal(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}

export const isEmpty = (patch: JsonMap): boolean => Object.keys(patch).length === 0;
