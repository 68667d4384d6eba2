// What claims on devices and classes of devices have in common: selectors, configuration, names.
import { checkCIdentifier, checkDns1123Label } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { DeviceSelector, OpaqueDeviceConfiguration } from '../../schema/generated/types.ts';
import { compile } from '../cel/program.ts';
import { bool, dyn, fits, typeText, type CelType } from '../cel/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateDriverName } from '../volumes/driver-name.ts';
import { validateSlice } from './lists.ts';

export const maxConfigs = 32;
const maxSelectors = 32;
const maxExpressionBytes = 10 * 1024;
const maxParameterBytes = 10 * 1024;
const maxIdBytes = 32;

export function validateSelectors(selectors: readonly DeviceSelector[] | undefined, at: Path, errors: FieldErrors): void {
  const rule = ({ cel }: DeviceSelector, field: Path) => {
    if (!cel) errors.required(field.child('cel'));
    else validateExpression(cel.expression ?? '', field.child('cel').child('expression'), errors);
  };
  validateSlice(selectors, maxSelectors, rule, at, errors);
}

/** What selectors speak of. It has no type here: its attributes and capacities are looked at when it is there. */
const variables: ReadonlyMap<string, CelType> = new Map([['device', dyn]]);

function validateExpression(expression: string, at: Path, errors: FieldErrors): void {
  if (byteLength(expression) > maxExpressionBytes) return errors.tooLong(at, maxExpressionBytes);
  const program = compile(expression, variables);
  if ('error' in program) errors.invalid(at, expression, `compilation failed: ${program.error}`);
  else if (!fits(bool, program.type, new Map())) errors.invalid(at, expression, `must evaluate to bool or the unknown type, not ${typeText(program.type)}`);
  return undefined;
}

export function validateConfiguration({ opaque }: { readonly opaque?: OpaqueDeviceConfiguration }, at: Path, errors: FieldErrors): void {
  if (!opaque) return errors.required(at.child('opaque'));
  validateDriverName(opaque.driver, at.child('opaque').child('driver'), errors);
  const { parameters } = opaque as { readonly parameters?: unknown };
  const field = at.child('opaque').child('parameters');
  if (parameters === undefined || parameters === null) errors.required(field);
  else if (byteLength(JSON.stringify(parameters)) > maxParameterBytes) errors.tooLong(field, maxParameterBytes);
  else if (typeof parameters !== 'object' || Array.isArray(parameters)) errors.invalid(field, '<value omitted>', 'must be a valid JSON object');
  return undefined;
}

export function validateLabel(name: string | undefined, at: Path, errors: FieldErrors): void {
  errors.invalidEach(at, name ?? '', checkDns1123Label(name ?? ''));
}

/** 'gpu.example.com/model'. */
export function validateAttributeName(name: string, at: Path, errors: FieldErrors): void {
  validateAttributeId(name, at, errors);
  if (!name.includes('/')) errors.invalid(at, name, 'a fully qualified name must be a domain and a name separated by a slash');
}

/** The same, or 'model' alone. What has two slashes is let through, as in the server. */
export function validateAttributeId(name: string, at: Path, errors: FieldErrors): void {
  const parts = name.split('/');
  if (parts.length > 2) return;
  const id = parts.at(-1) as string;
  if (parts.length === 2) {
    if (parts[0] === '') errors.invalid(at, '', 'the domain must not be empty');
    else validateDriverName(parts[0], at, errors);
    if (id === '') return errors.invalid(at, '', 'the name must not be empty');
  }
  if (byteLength(id) > maxIdBytes) errors.tooLong(at, maxIdBytes);
  errors.invalidEach(at, id, checkCIdentifier(id));
  return undefined;
}
