// One version of a custom kind: its schema, subresources, columns and selectable fields.
import type { Schema } from '../../schema/custom/structural.ts';
import { byteLength } from '../../kube/quote.ts';
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinitionVersion,
  CustomResourceSubresourceScale,
  SelectableField,
} from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { fieldAt } from './field-path.ts';
import type { Parts } from './hoisted.ts';
import { validateRootSchema } from './schema.ts';

const longestWarning = 256;

/** One version, and what it does not share with the others. `hasStatus`: the version has a status subresource, of its own or shared. */
export function validateVersion(version: CustomResourceDefinitionVersion, hasStatus: boolean, at: Path, errors: FieldErrors): void {
  validateDeprecation(version, at.child('deprecationWarning'), errors);
  validateParts(version, hasStatus, at.child('schema'), at, errors);
  if (!version.selectableFields?.length) return;
  const schema = schemaOf(version);
  if (schema) validateSelectable(version.selectableFields, schema, at.child('selectableFields'), errors);
  else errors.invalid(at.child('selectableFields'), '', 'may only be set when `version.schema.openAPIV3Schema` is not included');
}

/** What all versions have in common stands at the definition itself. */
export function validateShared(shared: Parts, hasStatus: boolean, at: Path, errors: FieldErrors): void {
  validateParts(shared, hasStatus, at.child('validation'), at, errors);
  if (!shared.selectableFields?.length) return;
  const place = at.child('selectableFields');
  if (shared.schema) validateSelectable(shared.selectableFields, schemaOf(shared), place, errors);
  else errors.invalid(place, '', 'may only be set when validations.schema is included');
}

function validateParts(parts: Parts, hasStatus: boolean, schemaAt: Path, at: Path, errors: FieldErrors): void {
  const schema = schemaOf(parts);
  if (schema) validateRootSchema(schema, hasStatus, schemaAt.child('openAPIV3Schema'), errors);
  if (parts.subresources?.scale) validateScalePaths(parts.subresources.scale, at.child('subresources'), errors);
  parts.additionalPrinterColumns?.forEach((column, i) => validateColumn(column, at.child('additionalPrinterColumns').index(i), errors));
}

const schemaOf = ({ schema }: Parts) => schema?.openAPIV3Schema as Schema | undefined;

function validateDeprecation({ deprecated, deprecationWarning: text }: CustomResourceDefinitionVersion, at: Path, errors: FieldErrors): void {
  if (text === undefined) return;
  if (!deprecated) return errors.invalid(at, text, 'can only be set for deprecated versions');
  if (byteLength(text) > longestWarning) errors.invalid(at, text, `must be <= ${longestWarning} characters long`);
  if (text === '') errors.invalid(at, text, 'must not be an empty string');
  const odd = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.exec(text);
  if (odd)
    errors.invalid(at, text, `must only contain printable UTF-8 characters; non-printable character found at index ${byteLength(text.slice(0, odd.index))}`);
  return undefined;
}

function validateScalePaths(scale: CustomResourceSubresourceScale, at: Path, errors: FieldErrors): void {
  const check = (field: keyof CustomResourceSubresourceScale, under: string) => {
    const path = scale[field] ?? '';
    const place = at.child(`scale.${field}`);
    if (!validateSimplePath(path, place, errors) || path.startsWith(`.${under}.`)) return;
    errors.invalid(place, path, `should be a json path under .${under}`);
  };
  for (const field of ['specReplicasPath', 'statusReplicasPath'] as const) {
    if (!scale[field]) errors.required(at.child(`scale.${field}`));
    else check(field, field === 'specReplicasPath' ? 'spec' : 'status');
  }
  const selector = scale.labelSelectorPath;
  if (!selector) return;
  const place = at.child('scale.labelSelectorPath');
  if (validateSimplePath(selector, place, errors) && !/^\.(?:spec|status)\./.test(selector)) {
    errors.invalid(place, selector, 'should be a json path under either .spec or .status');
  }
}

/** True when there is nothing wrong with it. */
function validateSimplePath(path: string, at: Path, errors: FieldErrors): boolean {
  if (path === '') errors.invalid(at, path, 'must not be empty');
  else if (!path.startsWith('.')) errors.invalid(at, path, 'must be a simple json path starting with .');
  return path.startsWith('.');
}

const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

function validateColumn({ name, type, format, jsonPath }: CustomResourceColumnDefinition, at: Path, errors: FieldErrors): void {
  if (!name) errors.required(at.child('name'));
  if (!type) errors.required(at.child('type'), `must be one of ${columnTypes.join(',')}`);
  else if (!columnTypes.includes(type)) errors.invalid(at.child('type'), type, `must be one of ${columnTypes.join(',')}`);
  if (format && !columnFormats.includes(format)) errors.invalid(at.child('format'), format, `must be one of ${columnFormats.join(',')}`);
  if (!jsonPath) errors.required(at.child('JSONPath'));
  else validateSimplePath(jsonPath, at.child('JSONPath'), errors);
}

const mostSelectable = 8;

function validateSelectable(fields: readonly SelectableField[], schema: Schema | undefined, at: Path, errors: FieldErrors): void {
  const seen = new Set<string>();
  fields.forEach(({ jsonPath }, i) => {
    const place = at.index(i).child('jsonPath');
    if (!jsonPath) return errors.required(place);
    const found = fieldAt(jsonPath, schema, false);
    if ('error' in found) return errors.invalid(place, jsonPath, `is an invalid path: ${found.error}`);
    if (found.names[0] === 'metadata') errors.invalid(place, jsonPath, 'must not point to fields in metadata');
    if (!['string', 'integer', 'boolean'].includes(found.schema?.type ?? '')) {
      errors.invalid(place, jsonPath, 'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.');
    }
    const name = found.names.join('.');
    if (seen.has(name)) errors.duplicate(place, jsonPath);
    seen.add(name);
    return undefined;
  });
  if (seen.size > mostSelectable) errors.tooMany(at, seen.size, mostSelectable);
}
