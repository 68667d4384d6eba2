// Parameters and names of drivers, as classes of storage and of volume attributes have them.
import { checkQualifiedName } from '../../kube/names.ts';
import type { StringMap } from '../../kube/object.ts';
import { byteLength } from '../../kube/quote.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const maxParameterBytes = 256 * 1024;
const maxParameters = 512;

export function validateParameters(parameters: StringMap | undefined, at: Path, errors: FieldErrors): void {
  const entries = Object.entries(parameters ?? {});
  // The count is compared with what the message calls bytes.
  if (entries.length > maxParameters) return errors.tooLong(at, maxParameters);
  for (const [key] of entries) if (key === '') errors.invalid(at, key, 'field can not be empty.');
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  if (bytes > maxParameterBytes) errors.tooLong(at, maxParameterBytes);
  return undefined;
}

export function validateProvisioner(name: string | undefined, at: Path, errors: FieldErrors): void {
  if (!name) return errors.required(at);
  const lower = name.toLowerCase();
  return errors.invalidEach(at, lower, checkQualifiedName(lower));
}
