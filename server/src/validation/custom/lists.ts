// Items that are there twice, in lists that are sets or maps (apiextensions-apiserver schema/listtype).
import type { FieldError } from '../../kube/field-error.ts';
import { additionalSchema, isMap, propertyOf, type Schema } from '../../schema/custom/structural.ts';
import { keysOf } from './correlate.ts';

export function validateLists(value: unknown, schema: Schema | undefined, path: string, errors: FieldError[]): void {
  if (!schema) return;
  if (Array.isArray(value)) {
    const type = schema['x-kubernetes-list-type'];
    if (type === 'set') duplicates(value, (item) => item, path, errors);
    if (type === 'map') duplicates(value, (item) => keysOf(item, schema), path, errors);
    return value.forEach((item, i) => validateLists(item, schema.items, `${path}[${i}]`, errors));
  }
  if (!isMap(value)) return;
  for (const key of Object.keys(value).sort()) {
    const property = propertyOf(schema, key);
    const below = property ? (path === '' ? key : `${path}.${key}`) : `${path}[${key}]`;
    validateLists(value[key], property ?? additionalSchema(schema), below, errors);
  }
}

/** A value that is there three times is named twice. */
function duplicates(list: readonly unknown[], shown: (item: unknown) => unknown, path: string, errors: FieldError[]): void {
  const seen = new Set<string>();
  list.forEach((item, i) => {
    const name = JSON.stringify(shown(item));
    if (seen.has(name)) errors.push({ type: 'FieldValueDuplicate', path: `${path}[${i}]`, badValue: shown(item), detail: '' });
    seen.add(name);
  });
}
