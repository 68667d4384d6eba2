// One version of a custom kind: its schema, subresources, columns and selectable fields.
import type { Schema } from '../../schema/custom/structural.ts';
import type { CustomResourceColumnDefinition, CustomResourceDefinitionVersion, CustomResourceSubresourceScale } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateRootSchema } from './schema.ts';

const longestWarning = 256;

export function validateVersion(version: CustomResourceDefinitionVersion, at: Path, errors: FieldErrors): void {
  validateDeprecation(version, at.child('deprecationWarning'), errors);
  const schema = version.schema?.openAPIV3Schema as Schema | undefined;
  if (schema) validateRootSchema(schema, version.subresources?.status !== undefined, at.child('schema').child('openAPIV3Schema'), errors);
  if (version.subresources?.scale) validateScalePaths(version.subresources.scale, at.child('subresources'), errors);
  version.additionalPrinterColumns?.forEach((column, i) => validateColumn(column, at.child('additionalPrinterColumns').index(i), errors));
  validateSelectable(version, schema, at.child('selectableFields'), errors);
}

function validateDeprecation({ deprecated, deprecationWarning: text }: CustomResourceDefinitionVersion, at: Path, errors: FieldErrors): void {
  if (text === undefined) return;
  if (!deprecated) errors.invalid(at, text, 'can only be set for deprecated versions');
  if (text.length > longestWarning) errors.invalid(at, text, `must be <= ${longestWarning} characters long`);
  if (text === '') errors.invalid(at, text, 'must not be an empty string');
  if (/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(text)) errors.invalid(at, text, 'must only contain printable UTF-8 characters');
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
    errors.invalid(place, selector, 'should be a json path under either .status or .spec');
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

function validateSelectable({ selectableFields = [] }: CustomResourceDefinitionVersion, schema: Schema | undefined, at: Path, errors: FieldErrors): void {
  const seen = new Set<string>();
  selectableFields.forEach(({ jsonPath }, i) => {
    const place = at.index(i).child('jsonPath');
    if (!jsonPath) return errors.required(place);
    const found = fieldAt(schema, jsonPath);
    if (!found) errors.invalid(place, jsonPath, 'is an invalid path: does not refer to a valid field');
    else if (jsonPath.startsWith('.metadata')) errors.invalid(place, jsonPath, 'must not point to fields in metadata');
    else if (!['string', 'integer', 'boolean'].includes(found.type ?? '')) {
      errors.invalid(place, jsonPath, 'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.');
    }
    if (seen.has(jsonPath)) errors.duplicate(place, jsonPath);
    seen.add(jsonPath);
  });
  if (selectableFields.length > mostSelectable) errors.tooMany(at, selectableFields.length, mostSelectable);
}

function fieldAt(schema: Schema | undefined, path: string): Schema | undefined {
  if (!path.startsWith('.')) return undefined;
  return path
    .slice(1)
    .split('.')
    .reduce<Schema | undefined>((at, name) => (at?.properties && Object.hasOwn(at.properties, name) ? at.properties[name] : undefined), schema);
}
