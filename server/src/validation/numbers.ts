// Rules for numbers that several parts of an object share.
import type { FieldErrors } from './field-errors.ts';
import type { Path } from './path.ts';

export const maxInt32 = 2147483647;

export function validateNonNegative(value: number | undefined, at: Path, errors: FieldErrors): void {
  if (value !== undefined && value < 0) errors.invalid(at, value, 'must be greater than or equal to 0');
}

export function validatePositive(value: number, at: Path, errors: FieldErrors): void {
  if (value <= 0) errors.invalid(at, value, 'must be greater than zero');
}
