// The rules in a schema: they must compile, and say something usable.
import type { Schema, ValidationRule } from '../../schema/custom/structural.ts';
import { rulesOfSchema } from '../custom/compiled-rules.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const longestMessage = 2_048;
const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

export function validateRules(schema: Schema, at: Path, errors: FieldErrors, isRoot: boolean): void {
  const rules = schema['x-kubernetes-validations'] ?? [];
  rules.forEach((rule, i) => validateRule(rule, at.index(i), errors));
  rulesOfSchema(schema, isRoot).forEach(({ rule, error, messageError }, i) => {
    if (error !== undefined) errors.invalid(at.index(i).child('rule'), rule, error);
    if (messageError !== undefined) errors.invalid(at.index(i).child('messageExpression'), rule, messageError);
  });
}

function validateRule({ rule, message, messageExpression, reason, fieldPath }: ValidationRule, at: Path, errors: FieldErrors): void {
  if (rule.trim() === '') errors.required(at.child('rule'), 'rule is not specified');
  if (message !== undefined && message !== '' && message.trim() === '') errors.invalid(at.child('message'), message, 'message must be non-empty if specified');
  else if (message?.trim().includes('\n')) errors.invalid(at.child('message'), message, 'message must not contain line breaks');
  else if (!message && rule.trim().includes('\n') && !messageExpression)
    errors.required(at.child('message'), 'message must be specified if rule contains line breaks');
  if ((message?.length ?? 0) > longestMessage)
    errors.invalid(at.child('message'), `${message!.slice(0, 10)}...`, `message must have a maximum length of ${longestMessage} characters`);
  if (messageExpression !== undefined && messageExpression !== '' && messageExpression.trim() === '') {
    errors.required(at.child('messageExpression'), 'messageExpression must be non-empty if specified');
  }
  if (reason !== undefined && !reasons.includes(reason)) errors.notSupported(at.child('reason'), reason, reasons);
  if (fieldPath !== undefined && fieldPath.trim() === '' && fieldPath !== '')
    errors.invalid(at.child('fieldPath'), fieldPath, 'fieldPath must be non-empty if specified');
  else if (fieldPath?.includes('\n')) errors.invalid(at.child('fieldPath'), fieldPath, 'fieldPath must not contain line breaks');
  else if (fieldPath && !/^[.[]/.test(fieldPath))
    errors.invalid(at.child('fieldPath'), fieldPath, `fieldPath must be a valid path: expected [ or . but got: ${fieldPath}`);
}
