// Lists of limited length, as the rules for devices know them: of one that is too long only that is said.
import type { FieldErrors, Rule } from '../field-errors.ts';
import type { Path } from '../path.ts';

export function validateSlice<T>(items: readonly T[] | undefined, max: number, rule: Rule<T>, at: Path, errors: FieldErrors): void {
  if (!items) return;
  if (items.length > max) errors.tooMany(at, items.length, max);
  else items.forEach((item, i) => rule(item, at.index(i), errors));
}

/** The same, and no two with one key. */
export function validateSet<T>(items: readonly T[] | undefined, max: number, rule: Rule<T>, keyOf: (item: T) => string, at: Path, errors: FieldErrors): void {
  validateSlice(items, max, rule, at, errors);
  if (!items || items.length > max) return;
  const keys = items.map(keyOf);
  keys.forEach((key, i) => void (keys.indexOf(key) < i && errors.duplicate(at.index(i), key)));
}
