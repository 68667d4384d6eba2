// The name of a driver for the Container Storage Interface: 'ebs.csi.aws.com'.
import { checkDns1123Subdomain } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const maxDriverBytes = 63;

export function validateDriverName(name: string | undefined, at: Path, errors: FieldErrors): void {
  if (!name) return errors.required(at);
  if (byteLength(name) > maxDriverBytes) errors.tooLong(at, maxDriverBytes);
  return errors.invalidEach(at, name, checkDns1123Subdomain(name.toLowerCase()));
}
