// Rules for config maps.
import { isEqual } from '../../kube/equal.ts';
import { checkConfigMapKey } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { ConfigMap } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { bytesOfBase64 } from './base64-size.ts';

/** All values of a config map or a secret together. */
export const maxDataBytes = 1024 * 1024;
const immutableText = 'field is immutable when `immutable` is set';

export const configMapRules: RulesOf<ConfigMap> = {
  validate: (map) => findings((errors) => validateConfigMap(map, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      if (before.immutable) validateFrozen(next, before, ['data', 'binaryData'], errors);
      validateConfigMap(next, errors);
    }),
};

function validateConfigMap(map: ConfigMap, errors: FieldErrors): void {
  const { data = {}, binaryData = {} } = map;
  validateObjectMeta(map, subdomainName, errors);
  let bytes = 0;
  for (const [key, value] of Object.entries(data)) {
    const at = root('data').key(key);
    errors.invalidEach(at, key, checkConfigMapKey(key));
    if (Object.hasOwn(binaryData, key)) errors.invalid(at, key, 'duplicate of key present in binaryData');
    bytes += byteLength(value);
  }
  for (const [key, value] of Object.entries(binaryData)) {
    errors.invalidEach(root('binaryData').key(key), key, checkConfigMapKey(key));
    bytes += bytesOfBase64(value);
  }
  // The whole object is too long: a path without a name prints as that.
  if (bytes > maxDataBytes) errors.tooLong(root('[]'), maxDataBytes);
}

/** What was made immutable stays so, and stays what it was. */
export function validateFrozen<T extends { readonly immutable?: boolean }>(
  next: T,
  before: T,
  fields: readonly (keyof T & string)[],
  errors: FieldErrors,
): void {
  if (!next.immutable) errors.forbidden(root('immutable'), immutableText);
  for (const field of fields) if (!isEqual(next[field] ?? {}, before[field] ?? {})) errors.forbidden(root(field), immutableText);
}
