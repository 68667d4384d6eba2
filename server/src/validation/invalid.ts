// Findings → the Status that the API server answers with: 422 Invalid.
import type { FieldError } from '../kube/field-error.ts';
import { fieldErrorBody, fieldErrorText } from '../kube/field-error.ts';
import { quote } from '../kube/quote.ts';
import type { Status } from '../kube/status.ts';
import { failure } from '../kube/status.ts';
import type { KindInfo } from '../schema/kinds.ts';

/**
 * `Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be …`.
 * Several findings stand in brackets, each text once; the causes list every finding, also equal ones.
 */
export function invalid(kind: Pick<KindInfo, 'group' | 'kind'>, name: string, errors: readonly FieldError[]): Status {
  const { group } = kind;
  const causes = errors.map((error) => ({ reason: error.type, message: fieldErrorBody(error), field: error.path }));
  const qualified = group ? `${kind.kind}.${group}` : kind.kind;
  const details = { ...(name && { name }), ...(group && { group }), kind: kind.kind, ...(causes.length > 0 && { causes }) };
  return failure(422, 'Invalid', `${qualified} ${quote(name)} is invalid${aggregate(errors)}`, details);
}

function aggregate(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(fieldErrorText))];
  if (texts.length === 0) return '';
  return texts.length === 1 ? `: ${texts[0]}` : `: [${texts.join(', ')}]`;
}
