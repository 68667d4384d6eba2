// Rules for files that hold what a pod says about itself.
import type { DownwardAPIVolumeFile, DownwardAPIVolumeSource } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { fileFields, validateFieldRef, validateResourceFieldRef } from '../pod/field-refs.ts';
import { validateFileMode, validateFilePath } from './paths.ts';

export function validateDownwardApi({ defaultMode, items }: DownwardAPIVolumeSource, at: Path, errors: FieldErrors): void {
  validateFileMode(defaultMode, at.child('defaultMode'), errors);
  // The server leaves out `items` and the index here.
  for (const file of items ?? []) validateDownwardApiFile(file, at, errors);
}

export function validateDownwardApiFile({ path, fieldRef, resourceFieldRef, mode }: DownwardAPIVolumeFile, at: Path, errors: FieldErrors): void {
  if (!path) errors.required(at.child('path'));
  validateFilePath(path, at.child('path'), errors);
  if (fieldRef) {
    validateFieldRef(fieldRef, fileFields, at.child('fieldRef'), errors);
    if (resourceFieldRef) errors.invalid(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously');
  } else if (resourceFieldRef) validateResourceFieldRef(resourceFieldRef, true, at.child('resourceFieldRef'), errors);
  else errors.required(at, 'one of fieldRef and resourceFieldRef is required');
  validateFileMode(mode, at.child('mode'), errors);
}
