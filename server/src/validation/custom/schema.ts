// A value against the schema of a custom kind, in the words of kube-openapi's validator.
// A value that the update leaves as it was is not judged again, where it can be found again (ratcheting).
import { isEqual } from '../../kube/equal.ts';
import type { FieldError } from '../../kube/field-error.ts';
import { compileGoRegexp } from '../../kube/go-regexp.ts';
import { quote } from '../../kube/quote.ts';
import { additionalSchema, isMap, propertyOf, type Schema } from '../../schema/custom/structural.ts';
import { hasFormat } from './formats.ts';
import { oldItems } from './correlate.ts';

/** `before`: the value in the object that is replaced; undefined when there is none. `path`: '' for the whole object. */
export function validateSchema(value: unknown, before: unknown, schema: Schema, path = ''): readonly FieldError[] {
  const errors: FieldError[] = [];
  check(value, before, schema, path, errors);
  return errors;
}

function check(value: unknown, before: unknown, schema: Schema, path: string, errors: FieldError[]): void {
  if (before !== undefined && isEqual(value, before)) return;
  if (value === null) {
    if (schema.nullable || typesOf(schema).length === 0) return;
    return typeError(path, typesOf(schema), 'null', errors);
  }
  checkType(value, schema, path, errors);
  checkCombined(value, schema, path, errors);
  if (typeof value === 'string') checkText(value, schema, path, errors);
  if (typeof value === 'number') checkNumber(value, schema, path, errors);
  if (Array.isArray(value)) checkList(value, before, schema, path, errors);
  if (schema.enum && !schema.enum.some((one) => isEqual(one, value))) {
    const supported = schema.enum.map((one) => quote(typeof one === 'string' ? one : JSON.stringify(one))).join(', ');
    errors.push({ type: 'FieldValueNotSupported', path: pathOf(path), badValue: value, detail: `supported values: ${supported}` });
  }
  if (isMap(value)) checkFields(value, before, schema, path, errors);
}

const typesOf = (schema: Schema): readonly string[] => (schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : schema.type ? [schema.type] : []);

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return value === null ? 'null' : typeof value;
}

/** A name that is only a field of the root begins with a dot inside the server, which a path does not show. */
const pathOf = (path: string): string => path.replace(/^\./, '') || '<nil>';

function typeError(path: string, types: readonly string[], value: unknown, errors: FieldError[]): void {
  const detail = `${path} in body must be of type ${types.join(',')}: ${typeof value === 'string' ? quote(value) : JSON.stringify(value)}`;
  errors.push({ type: 'FieldValueTypeInvalid', path: pathOf(path), badValue: value, detail });
}

const invalid = (path: string, badValue: unknown, text: string): FieldError => ({
  type: 'FieldValueInvalid',
  path: pathOf(path),
  badValue,
  detail: `${path} in body ${text}`,
});

function checkType(value: unknown, schema: Schema, path: string, errors: FieldError[]): void {
  const types = typesOf(schema);
  const kind = kindOf(value);
  if (types.length === 0 || types.includes(kind) || (kind === 'integer' && types.includes('number'))) return;
  typeError(path, types, kind, errors);
}

function checkText(value: string, schema: Schema, path: string, errors: FieldError[]): void {
  const { maxLength, minLength, pattern, format } = schema;
  const length = [...value].length;
  const compiled = pattern ? compileGoRegexp(pattern) : undefined;
  // The first of these ends the look at the text.
  if (maxLength !== undefined && length > maxLength) {
    errors.push({ type: 'FieldValueTooLong', path: pathOf(path), badValue: value, detail: `may not be more than ${maxLength} bytes` });
  } else if (minLength !== undefined && length < minLength) errors.push(invalid(path, value, `should be at least ${minLength} chars long`));
  else if (compiled && !('error' in compiled) && !compiled.test(value)) errors.push(invalid(path, value, `should match '${pattern}'`));
  if (format && !hasFormat(value, format)) typeError(path, [format], value, errors);
}

function checkNumber(value: number, schema: Schema, path: string, errors: FieldError[]): void {
  const { maximum, minimum, multipleOf, exclusiveMaximum, exclusiveMinimum } = schema;
  const range = rangeProblem(value, schema);
  if (range) errors.push({ type: 'FieldValueInvalid', path: '<nil>', badValue: '', detail: `Checked value must be of type ${range} in ${path}` });
  if (multipleOf !== undefined) checkMultiple(value, multipleOf, path, errors);
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    errors.push(invalid(path, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`));
  }
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    errors.push(invalid(path, value, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`));
  }
}

/** What a number is not (IsValueValidAgainstRange). */
function rangeProblem(value: number, { type, format = '' }: Schema): string | undefined {
  if (type !== 'integer') return undefined;
  if (!Number.isInteger(value) || Math.abs(value) > 2 ** 63) return format === '' ? 'integer (default format)' : `integer with format ${format}`;
  return format === 'int32' && (value > 2_147_483_647 || value < -2_147_483_648) ? 'integer with format int32' : undefined;
}

/** The server divides whole numbers by the whole part of the factor. */
function checkMultiple(value: number, multipleOf: number, path: string, errors: FieldError[]): void {
  const factor = Number.isInteger(value) ? Math.trunc(multipleOf) : multipleOf;
  if (factor <= 0) {
    errors.push({
      type: 'FieldValueInvalid',
      path: pathOf(path),
      badValue: factor,
      detail: `factor MultipleOf declared for ${path} must be positive: ${factor}`,
    });
  } else if (!isMultiple(value, factor)) errors.push(invalid(path, value, `should be a multiple of ${factor}`));
}

function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

const tooMany = (path: string, badValue: number, max: number): FieldError => ({
  type: 'FieldValueTooMany',
  path: pathOf(path),
  badValue,
  detail: `must have at most ${max} item${max === 1 ? '' : 's'}`,
});

function checkList(value: readonly unknown[], before: unknown, schema: Schema, path: string, errors: FieldError[]): void {
  const { items, minItems, maxItems } = schema;
  if (items) {
    const olds = oldItems(value, before, schema);
    value.forEach((item, i) => check(item, olds[i], items, `${path}[${i}]`, errors));
  }
  if (minItems !== undefined && value.length < minItems) errors.push(invalid(path, value.length, `should have at least ${minItems} items`));
  if (maxItems !== undefined && value.length > maxItems) errors.push(tooMany(path, value.length, maxItems));
}

function checkFields(value: Readonly<Record<string, unknown>>, before: unknown, schema: Schema, path: string, errors: FieldError[]): void {
  const { minProperties, maxProperties, required = [], properties = {} } = schema;
  const count = Object.keys(value).length;
  if (minProperties !== undefined && count < minProperties) return void errors.push(invalid(path, value, `should have at least ${minProperties} properties`));
  if (maxProperties !== undefined && count > maxProperties) return void errors.push(tooMany(path, count, maxProperties));
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  for (const key of required) if (!Object.hasOwn(value, key)) errors.push({ type: 'FieldValueRequired', path: pathOf(below(key)), detail: '' });
  const old = isMap(before) && schema['x-kubernetes-map-type'] !== 'atomic' ? before : {};
  const oldOf = (key: string) => (Object.hasOwn(old, key) ? old[key] : undefined);
  const rest = additionalSchema(schema);
  if (rest) for (const key of Object.keys(value).sort()) if (!Object.hasOwn(properties, key)) check(value[key], oldOf(key), rest, below(key), errors);
  for (const key of Object.keys(properties).sort()) if (Object.hasOwn(value, key)) check(value[key], oldOf(key), propertyOf(schema, key)!, below(key), errors);
}

/** allOf, anyOf, oneOf, not. Their errors name the place in the text and not in the path. */
function checkCombined(value: unknown, schema: Schema, path: string, errors: FieldError[]): void {
  const { allOf = [], anyOf = [], oneOf = [], not } = schema;
  const say = (text: string) => errors.push({ type: 'FieldValueInvalid', path: '<nil>', badValue: '', detail: `${quote(path)} ${text}` });
  const tried = (schemas: readonly Schema[]) => schemas.map((one) => validateSchema(value, undefined, one, path));
  if (anyOf.length > 0) {
    const results = tried(anyOf);
    if (results.every((found) => found.length > 0)) {
      say('must validate at least one schema (anyOf)');
      errors.push(...fewest(results));
    }
  }
  if (oneOf.length > 0) {
    const results = tried(oneOf);
    const valid = results.filter((found) => found.length === 0).length;
    if (valid !== 1) say(`must validate one and only one schema (oneOf). Found ${valid === 0 ? 'none valid' : `${valid} valid alternatives`}`);
    if (valid === 0) errors.push(...fewest(results));
  }
  if (allOf.length > 0) {
    const results = tried(allOf);
    errors.push(...results.flat());
    const failed = results.filter((found) => found.length > 0).length;
    if (failed > 0) say(`must validate all the schemas (allOf)${failed === allOf.length ? '. None validated' : ''}`);
  }
  if (not && validateSchema(value, undefined, not, path).length === 0) say('must not validate the schema (not)');
}

/** The alternative that came closest. */
const fewest = (results: readonly (readonly FieldError[])[]) => results.reduce((best, one) => (one.length < best.length ? one : best));
