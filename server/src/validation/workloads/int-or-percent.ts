// Rules for how many pods may go or come at once: a number, or a percentage of all.
import { percentOf } from '../../kube/int-or-string.ts';
import { checkPercent } from '../../kube/names.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';

export function validateIntOrPercent(value: number | string, at: Path, errors: FieldErrors): void {
  if (typeof value === 'number') validateNonNegative(value, at, errors);
  else errors.invalidEach(at, value, checkPercent(value));
}

export function validateAtMost100Percent(value: number | string, at: Path, errors: FieldErrors): void {
  const percent = percentOf(value);
  if (percent !== undefined && percent > 100) errors.invalid(at, value, 'must not be greater than 100%');
}

/** 3, '3' and '3%' are 3; a text that is no number is 0. */
export function plainNumber(value: number | string): number {
  if (typeof value === 'number') return value;
  return percentOf(value) ?? (/^[-+]?\d+$/.test(value) ? Number(value) : 0);
}
