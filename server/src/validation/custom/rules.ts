// The rules of a custom kind: what its CustomResourceDefinition says of its objects (apiextensions-apiserver registry/customresource).
import type { FieldError } from '../../kube/field-error.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { CustomKind } from '../../schema/custom/custom-kind.ts';
import { withSchemaDefaults } from '../../schema/custom/defaults.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { findings } from '../field-errors.ts';
import type { KindRules } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateGenericMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateExpressions } from './expressions.ts';
import { validateEmbedded } from './embedded.ts';
import { validateLists } from './lists.ts';
import { validateSchema } from './schema.ts';
import { validateScale } from './scale.ts';

const blocking: ReadonlySet<string> = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

/** What is said beside errors that keep the rules from being checked. */
export const uncheckedRules: FieldError = {
  type: 'FieldValueInvalid',
  path: '<nil>',
  badValue: null,
  detail: 'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};

export function customRules(info: KindInfo, custom: CustomKind): KindRules {
  return {
    defaults: (object) => withSchemaDefaults(object, custom.schema),
    validate(object) {
      const wrongType = typeMetaErrors(info, object);
      if (wrongType.length > 0) return wrongType;
      return [...findings((errors) => validateGenericMeta(object, subdomainName, errors)), ...contentErrors(custom, object, undefined)];
    },
    validateUpdate: (next, before) => updateErrors(info, custom, next, before),
    validateStatusUpdate: (next, before) => updateErrors(info, custom, next, before),
  };
}

function updateErrors(info: KindInfo, custom: CustomKind, next: KubeObject, before: KubeObject): readonly FieldError[] {
  const wrongType = typeMetaErrors(info, next);
  if (wrongType.length > 0) return wrongType;
  return [...findings((errors) => validateReplacedMeta(next, before, errors)), ...contentErrors(custom, next, before)];
}

function typeMetaErrors({ kind, apiVersion }: KindInfo, object: KubeObject): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (object.kind !== kind) errors.push({ type: 'FieldValueInvalid', path: 'kind', badValue: object.kind, detail: `must be ${kind}` });
  if (object.apiVersion !== apiVersion)
    errors.push({ type: 'FieldValueInvalid', path: 'apiVersion', badValue: object.apiVersion, detail: `must be ${apiVersion}` });
  return errors;
}

function contentErrors(custom: CustomKind, object: KubeObject, before: KubeObject | undefined): readonly FieldError[] {
  const errors: FieldError[] = [...validateSchema(object, before, custom.schema)];
  if (custom.scale) errors.push(...validateScale(object, custom.scale));
  validateEmbedded(object, custom.schema, '', errors);
  validateLists(object, custom.schema, '', errors);
  const rules = validateExpressions(object, before, custom.schema);
  if (!rules) return errors;
  return errors.some(({ type }) => blocking.has(type)) ? [...errors, uncheckedRules] : [...errors, ...rules()];
}
