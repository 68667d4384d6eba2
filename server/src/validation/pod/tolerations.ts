// Rules for tolerations, and for the taint effects that they share with nodes.
import { checkLabelValue } from '../../kube/names.ts';
import type { Toleration } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateLabelName } from '../metadata/labels.ts';
import type { Path } from '../path.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(tolerations: readonly Toleration[] | undefined, path: Path, errors: FieldErrors): void {
  tolerations?.forEach(({ key = '', operator = '', value = '', effect = '', tolerationSeconds }, i) => {
    const at = path.index(i);
    if (key) validateLabelName(key, at.child('key'), errors);
    else if (operator !== 'Exists') {
      errors.invalid(at.child('operator'), operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"');
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.invalid(at.child('effect'), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    validateOperator(operator, value, at.child('operator'), errors);
    if (effect) validateTaintEffect(effect, at.child('effect'), errors);
  });
}

function validateOperator(operator: string, value: string, at: Path, errors: FieldErrors): void {
  if (operator === 'Equal' || operator === '') {
    const findings = checkLabelValue(value);
    if (findings.length > 0) errors.invalid(at, value, findings.join(';'));
  } else if (operator === 'Exists') {
    if (value) errors.invalid(at, value, "value must be empty when `operator` is 'Exists'");
  } else {
    // Lt and Gt belong to a feature that is off by default in this version; the server names them all the same.
    errors.notSupported(at, operator, operator === 'Lt' || operator === 'Gt' ? ['Equal', 'Exists', 'Lt', 'Gt'] : ['Equal', 'Exists']);
  }
}

export function validateTaintEffect(effect: string, at: Path, errors: FieldErrors): void {
  if (!effects.includes(effect)) errors.notSupported(at, effect, effects);
}
