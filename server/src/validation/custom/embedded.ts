// Resources inside of custom objects (x-kubernetes-embedded-resource) have an apiVersion, a kind and valid metadata.
import type { FieldError } from '../../kube/field-error.ts';
import { checkDns1035Label, checkPathSegmentName } from '../../kube/names.ts';
import type { KubeObject } from '../../kube/object.ts';
import { additionalSchema, isEmbedded, isMap, propertyOf, type Schema } from '../../schema/custom/structural.ts';
import { findings } from '../field-errors.ts';
import { validateGenericMeta } from '../metadata/object-meta.ts';

export function validateEmbedded(value: unknown, schema: Schema | undefined, path: string, errors: FieldError[]): void {
  if (!schema) return;
  if (Array.isArray(value)) return value.forEach((item, i) => validateEmbedded(item, schema.items, `${path}[${i}]`, errors));
  if (!isMap(value)) return;
  if (isEmbedded(schema) && path !== '') validateResource(value, path, errors);
  for (const key of Object.keys(value).sort()) {
    const property = propertyOf(schema, key);
    const below = property ? (path === '' ? key : `${path}.${key}`) : `${path}[${key}]`;
    validateEmbedded(value[key], property ?? additionalSchema(schema), below, errors);
  }
}

function validateResource(value: Readonly<Record<string, unknown>>, path: string, errors: FieldError[]): void {
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || apiVersion === '') errors.push({ type: 'FieldValueRequired', path: `${path}.apiVersion`, detail: '' });
  else if (apiVersion.split('/').length > 2) {
    const detail = `unexpected GroupVersion string: ${apiVersion}`;
    errors.push({ type: 'FieldValueInvalid', path: `${path}.apiVersion`, badValue: apiVersion, detail });
  }
  if (typeof kind !== 'string' || kind === '') errors.push({ type: 'FieldValueRequired', path: `${path}.kind`, detail: '' });
  else {
    const problems = checkDns1035Label(kind.toLowerCase());
    const detail = `may have mixed case, but should otherwise match: ${problems.join(',')}`;
    if (problems.length > 0) errors.push({ type: 'FieldValueInvalid', path: `${path}.kind`, badValue: kind, detail });
  }
  if (!isMap(metadata) || metadata['name'] === undefined) return;
  const found = findings((list) => validateGenericMeta({ metadata } as unknown as KubeObject, checkPathSegmentName, list));
  errors.push(...found.map((error) => ({ ...error, path: `${path}.${error.path}` })));
}
