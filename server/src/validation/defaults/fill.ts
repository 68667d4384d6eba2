// What fillers are made of.

export type Fields = Readonly<Record<string, unknown>>;

/** The object with these fields for those that it lacks; itself when it lacks none. */
export function filledWith<T extends object>(object: T, defaults: Partial<T>): T {
  let copy: T | undefined;
  for (const field in defaults) {
    const before = object[field];
    if (before !== undefined && before !== null) continue;
    (copy ??= { ...object })[field] = defaults[field] as T[typeof field];
  }
  return copy ?? object;
}

/** The object without some fields; itself when it has none of them. */
export function without<T extends object>(object: T, ...fields: readonly (keyof T)[]): T {
  if (!fields.some((field) => object[field] !== undefined)) return object;
  const copy = { ...object };
  for (const field of fields) delete copy[field];
  return copy;
}

/** The list with each item put through `change`; itself when no item changes. */
export function mapShared<T>(list: readonly T[] | undefined, change: (item: T) => T): readonly T[] | undefined {
  const changed = list?.map(change);
  return changed?.some((item, i) => item !== list?.[i]) ? changed : list;
}
