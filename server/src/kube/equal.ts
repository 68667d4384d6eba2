/**
 * Whether two JSON values say the same; the order of keys does not count, and a key with the value undefined is an absent key.
 * Parts that are the same object are not looked into, so comparing two versions of an object costs what differs.
 */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  if (Array.isArray(b)) return false;
  return hasAllOf(a as Fields, b as Fields) && hasNoMoreThan(b as Fields, a as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function hasAllOf(a: Fields, b: Fields): boolean {
  for (const key in a) if (a[key] !== b[key] && !isEqual(a[key], b[key])) return false;
  return true;
}

function hasNoMoreThan(b: Fields, a: Fields): boolean {
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}
