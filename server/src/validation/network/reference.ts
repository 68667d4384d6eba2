// Rules for references to objects of any kind.
import { checkDns1123Subdomain, checkPathSegmentName } from '../../kube/names.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

interface Reference {
  readonly apiGroup?: string | null;
  readonly kind: string;
  readonly name: string;
}

export function validateReference({ apiGroup, kind, name }: Reference, at: Path, errors: FieldErrors): void {
  if (typeof apiGroup === 'string') errors.invalidEach(at.child('apiGroup'), apiGroup, checkDns1123Subdomain(apiGroup));
  validateSegment(kind, at.child('kind'), errors);
  validateSegment(name, at.child('name'), errors);
}

/** Something that will be a segment of a path. */
export function validateSegment(text: string | undefined, at: Path, errors: FieldErrors): void {
  if (text) errors.invalidEach(at, text, checkPathSegmentName(text));
  else errors.required(at);
}
