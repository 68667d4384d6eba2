// Fields that were sent as an empty list or map. Go tells `[]` from nothing until it stores the object: messages print the difference.
// The note is kept under a symbol, so it goes along when a part of the object is copied with changes, and nobody else sees it.

const notes = Symbol('fields that were sent empty');

interface Noted {
  [notes]?: readonly string[];
}

export function noteEmpty(object: object, field: string): void {
  (object as Noted)[notes] = [...notesOf(object), field];
}

/** Marks the whole object as one with notes somewhere inside. */
export function noteEmptyWithin(object: object): void {
  (object as Noted)[notes] = notesOf(object);
}

/** Whether this decoded object was sent with an empty list or map in a field. */
export const wasSentEmpty = (object: object | undefined, field: string): boolean => object !== undefined && notesOf(object).includes(field);

/** Whether something in the object was sent empty. */
export const hasEmptyNotes = (object: object): boolean => notes in object;

/** The object as storage gives it back, which makes no difference between empty and nothing. Costs nothing where nothing was sent empty. */
export const withoutEmptyNotes = <T extends object>(object: T): T => (hasEmptyNotes(object) ? (forgotten(object) as T) : object);

const notesOf = (object: object): readonly string[] => (object as Noted)[notes] ?? [];

function forgotten(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(forgotten);
  const noted = notesOf(value);
  // A field that is still there is one that is always written: as null.
  const entries = Object.entries(value).map(([key, one]) => [key, noted.includes(key) && Object.keys(one ?? {}).length === 0 ? null : forgotten(one)]);
  return Object.fromEntries(entries);
}
