// Rules for paths inside volumes.
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

export function validatePathNoBacksteps(target: string, at: Path, errors: FieldErrors): void {
  if (target.split('/').includes('..')) errors.invalid(at, target, "must not contain '..'");
}

/** Relative, and never up. */
export function validateDescendingPath(target: string, at: Path, errors: FieldErrors): void {
  if (target.startsWith('/')) errors.invalid(at, target, 'must be a relative path');
  validatePathNoBacksteps(target, at, errors);
}

/** A path for a file that the kubelet writes: names like '..data' are its own. */
export function validateFilePath(target: string, at: Path, errors: FieldErrors): void {
  validateDescendingPath(target, at, errors);
  if (target.startsWith('..') && !target.startsWith('../')) errors.invalid(at, target, "must not start with '..'");
}

export function validateFileMode(mode: number | undefined, at: Path, errors: FieldErrors): void {
  if (mode !== undefined && (mode > 0o777 || mode < 0)) errors.invalid(at, mode, 'must be a number between 0 and 0777 (octal), both inclusive');
}
