// Rules for a reference to what is scaled, or to what a metric describes.
import { checkPathSegmentName } from '../../kube/names.ts';
import type { AutoscalingV2CrossVersionObjectReference } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

export interface Leniency {
  /** The apiVersion is not looked at. */
  readonly anyVersion: boolean;
  /** 'v1' and nothing at all will do. */
  readonly coreGroup: boolean;
}

type Reference = AutoscalingV2CrossVersionObjectReference;

export function validateReference(reference: Reference, leniency: Leniency, at: Path, errors: FieldErrors): void {
  for (const field of ['kind', 'name'] as const) {
    if (!reference[field]) errors.required(at.child(field));
    else errors.invalidEach(at.child(field), reference[field], checkPathSegmentName(reference[field]));
  }
  const problem = checkApiVersion(reference, leniency);
  if (problem !== undefined) errors.invalid(at.child('apiVersion'), reference.apiVersion ?? '', problem);
}

/** What is wrong with the apiVersion. 'apps' is a version without a group here. */
export function checkApiVersion({ apiVersion = '' }: Reference, { anyVersion, coreGroup }: Leniency): string | undefined {
  if (anyVersion) return undefined;
  const parts = apiVersion.split('/');
  if (parts.length > 2) return `unexpected GroupVersion string: ${apiVersion}`;
  const group = parts.length === 2 ? parts[0] : '';
  return group || coreGroup ? undefined : 'apiVersion must specify API group';
}
