// Fields that stay what they were.
import { isEqual } from '../kube/equal.ts';
import type { FieldErrors } from './field-errors.ts';
import type { Path } from './path.ts';

/** `printed`: the value as the server shows it, where that is not the value itself: '' for an absent text, `goStruct` for a struct. */
export function validateImmutable(next: unknown, before: unknown, at: Path, errors: FieldErrors, printed: unknown = next): void {
  if (!isEqual(next, before)) errors.invalid(at, printed ?? null, 'field is immutable');
}
