// Rules for conditions of the common form (apimachinery pkg/apis/meta/v1/validation); kinds with conditions of their own have none of these.
import { checkConditionReason } from '../kube/names.ts';
import { byteLength } from '../kube/quote.ts';
import type { Condition } from '../schema/generated/types.ts';
import type { FieldErrors } from './field-errors.ts';
import { validateLabelName } from './metadata/labels.ts';
import type { Path } from './path.ts';

const statuses = ['False', 'True', 'Unknown'];
const maxReasonBytes = 1024;
const maxMessageBytes = 32 * 1024;

export function validateConditions(conditions: readonly Condition[] | undefined, path: Path, errors: FieldErrors): void {
  conditions?.forEach((condition, i) => {
    const at = path.index(i);
    if (conditions.slice(0, i).some(({ type }) => type === condition.type)) errors.duplicate(at.child('type'), condition.type);
    validateCondition(condition, at, errors);
  });
}

function validateCondition(condition: Partial<Condition>, at: Path, errors: FieldErrors): void {
  const { type, status = '', observedGeneration = 0, lastTransitionTime, reason = '', message = '' } = condition;
  validateLabelName(type, at.child('type'), errors);
  if (!statuses.includes(status)) errors.notSupported(at.child('status'), status, statuses);
  if (observedGeneration < 0) errors.invalid(at.child('observedGeneration'), observedGeneration, 'must be greater than or equal to zero');
  if (!lastTransitionTime) errors.required(at.child('lastTransitionTime'));
  if (!reason) errors.required(at.child('reason'));
  else {
    errors.invalidEach(at.child('reason'), reason, checkConditionReason(reason));
    if (byteLength(reason) > maxReasonBytes) errors.tooLong(at.child('reason'), maxReasonBytes);
  }
  if (byteLength(message) > maxMessageBytes) errors.tooLong(at.child('message'), maxMessageBytes);
}
