// Rules for metadata.managedFields. The registry clears what a client may not send, so these are met by patches and server-side apply.
import { byteLength } from '../../kube/quote.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

interface Entry {
  readonly manager?: string;
  readonly operation?: string;
  readonly fieldsType?: string;
  readonly subresource?: string;
}

const maxManagerBytes = 128;
const maxSubresourceBytes = 256;

export function validateManagedFields(entries: readonly object[] | undefined, path: Path, errors: FieldErrors): void {
  entries?.forEach((entry: Entry, i) => {
    const { manager = '', operation = '', fieldsType = '', subresource = '' } = entry;
    const at = path.index(i);
    if (operation !== 'Apply' && operation !== 'Update') errors.invalid(at.child('operation'), operation, 'must be `Apply` or `Update`');
    if (fieldsType && fieldsType !== 'FieldsV1') errors.invalid(at.child('fieldsType'), fieldsType, 'must be `FieldsV1`');
    validateFieldManager(manager, at.child('manager'), errors);
    if (byteLength(subresource) > maxSubresourceBytes) errors.tooLong(at.child('subresource'), maxSubresourceBytes);
  });
}

function validateFieldManager(manager: string, at: Path, errors: FieldErrors): void {
  if (byteLength(manager) > maxManagerBytes) errors.tooLong(at, maxManagerBytes);
  let position = 0;
  for (const character of manager) {
    if (!/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) errors.invalid(at, manager, `invalid character ${codePoint(character)} (at position ${position})`);
    position += byteLength(character);
  }
}

/** Go's %#U of a character that cannot be printed: 'U+0007'. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
