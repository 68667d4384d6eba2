// Rules for volumes whose files are keys of a Secret or a ConfigMap.
import type { ConfigMapVolumeSource, KeyToPath, SecretVolumeSource } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateFileMode, validateFilePath } from './paths.ts';

/** A volume of a Secret or a ConfigMap. */
export function validateKeyed(
  source: SecretVolumeSource | ConfigMapVolumeSource,
  name: string | undefined,
  nameField: string,
  at: Path,
  errors: FieldErrors,
): void {
  if (!name) errors.required(at.child(nameField));
  validateFileMode(source.defaultMode, at.child('defaultMode'), errors);
  source.items?.forEach((item, i) => validateKeyToPath(item, at.child('items').index(i), errors));
}

export function validateKeyToPath({ key, path, mode }: KeyToPath, at: Path, errors: FieldErrors): void {
  if (!key) errors.required(at.child('key'));
  if (!path) errors.required(at.child('path'));
  validateFilePath(path, at.child('path'), errors);
  validateFileMode(mode, at.child('mode'), errors);
}
