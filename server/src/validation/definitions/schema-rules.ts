// The rules in a schema: they must compile, and say something usable.
import type { Schema, ValidationRule } from '../../schema/custom/structural.ts';
import { rulesOfSchema } from '../custom/compiled-rules.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { fieldAt } from './field-path.ts';

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

export function validateRules(schema: Schema, at: Path, errors: FieldErrors): void {
  schema['x-kubernetes-validations']?.forEach((rule, i) => validateRule(rule, schema, at.index(i), errors));
}

const spreads = (text: string) => /[\n\r]/.test(text);

function validateRule(
  { rule = '', message = '', messageExpression = '', reason, fieldPath = '' }: Partial<ValidationRule>,
  schema: Schema,
  at: Path,
  errors: FieldErrors,
): void {
  if (rule.trim() === '') errors.required(at.child('rule'), 'rule is not specified');
  else if (message !== '' && message.trim() === '') errors.invalid(at.child('message'), message, 'must be non-empty if specified');
  else if (spreads(message.trim())) errors.invalid(at.child('message'), message, 'must not contain line breaks');
  else if (spreads(rule.trim()) && message.trim() === '') errors.required(at.child('message'), 'message must be specified if rule contains line breaks');
  if (messageExpression !== '' && messageExpression.trim() === '') {
    errors.required(at.child('messageExpression'), 'messageExpression must be non-empty if specified');
  }
  if (reason !== undefined && !reasons.includes(reason)) errors.notSupported(at.child('reason'), reason, reasons);
  if (fieldPath === '') return;
  const place = at.child('fieldPath');
  if (fieldPath.trim() === '') errors.invalid(place, fieldPath, 'must be non-empty if specified');
  if (spreads(fieldPath)) errors.invalid(place, fieldPath, 'must not contain line breaks');
  if ('error' in fieldAt(fieldPath, schema, true)) errors.invalid(place, fieldPath, 'must be a valid path');
}

/** `uncorrelated`: the part of the schema inside of which nothing has a former self. */
export function validateCompiledRules(schema: Schema, at: Path, errors: FieldErrors, isRoot: boolean, uncorrelated: Path | undefined): void {
  rulesOfSchema(schema, isRoot).forEach(({ rule, error, messageError, usesOldSelf }, i) => {
    const place = at.index(i);
    const printed = () => goStruct('ValidationRule', rule);
    if (error !== undefined) errors.invalid(place.child('rule'), printed(), error);
    else if (messageError !== undefined) errors.invalid(place.child('messageExpression'), printed(), messageError);
    if (usesOldSelf && uncorrelated) {
      const detail = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated.toString()}`;
      errors.invalid(place.child('rule'), rule.rule, detail);
    } else if (!usesOldSelf && rule.optionalOldSelf !== undefined) {
      errors.invalid(place.child('optionalOldSelf'), rule.optionalOldSelf, 'may not be set if oldSelf is not used in rule');
    }
  });
}
