// Every mistake of a document against its schema, with the place of each: what diagnostics are made of.
// Invariant: a schema finding is about form (types, unknown fields, missing fields, enums); what values mean is checked in validation/.
import type { Finding, Validate } from './generated/validators.js';
import { patternNames } from './generated/validators.js';
import * as compiled from './generated/validators.js';
import type { FieldError } from '../kube/field-error.ts';
import type { KubeObject } from '../kube/object.ts';
import { quote } from '../kube/quote.ts';
import { pathText } from './decode-value.ts';
import { kindOf } from './kinds.ts';

export interface SchemaError {
  /**
   * Keys and list positions from the root: ['spec', 'template', 'spec', 'containers', 0, 'image'].
   * Of an unknown field it leads to that field, of a missing one to the object that lacks it.
   */
  readonly path: readonly (string | number)[];
  readonly keyword: 'type' | 'unknown' | 'required' | 'enum' | 'pattern' | 'range';
  readonly message: string;
  /** `field` of unknown and missing ones, `type`, `allowed` values, `limit`. */
  readonly params: Readonly<Record<string, unknown>>;
}

export type Validator = (object: unknown) => readonly SchemaError[];

const none: Validator = () => [];

/** The validator of a kind; one that finds nothing for a kind that is not in the schema. */
export function validatorOf(apiVersion: string, kind: string): Validator {
  const type = kindOf(apiVersion, kind)?.type;
  const validate = type === undefined ? undefined : (compiled as unknown as Readonly<Record<string, Validate>>)[type];
  if (!validate) return none;
  return (object) => (validate(object) ? [] : (validate.errors ?? []).map((finding) => errorOf(finding, object)));
}

/**
 * What the schema alone says about the values of a decoded object, in the server's form; for kinds that have no rules of their own.
 * Unknown fields and wrong types are not among it: the decoder has refused or dropped them.
 */
export function schemaFieldErrors(apiVersion: string, kind: string, object: KubeObject): readonly FieldError[] {
  return validatorOf(
    apiVersion,
    kind,
  )(object).flatMap(({ path, keyword, params }): readonly FieldError[] => {
    if (keyword === 'required') return [{ type: 'FieldValueRequired', path: pathText([...path, params['field'] as string]), detail: '' }];
    if (keyword !== 'enum') return [];
    const badValue = path.reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>>)[step], object);
    const allowed = (params['allowed'] as readonly string[]).map(quote).join(', ');
    return [{ type: 'FieldValueNotSupported', path: pathText(path), badValue, detail: `supported values: ${allowed}` }];
  });
}

function errorOf({ instancePath, keyword, params }: Finding, object: unknown): SchemaError {
  const path = pathOf(instancePath, object);
  switch (keyword) {
    case 'additionalProperties': {
      const field = params['additionalProperty'] as string;
      return { path: [...path, field], keyword: 'unknown', message: `unknown field "${field}"`, params: { field } };
    }
    case 'required': {
      const field = params['missingProperty'] as string;
      return { path, keyword: 'required', message: `missing required field "${field}"`, params: { field } };
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).filter((one) => one !== '' && one !== null);
      return { path, keyword: 'enum', message: `must be one of ${allowed.join(', ')}`, params: { allowed } };
    }
    case 'minimum':
    case 'maximum': {
      const { limit } = params;
      return { path, keyword: 'range', message: `must be at ${keyword === 'minimum' ? 'least' : 'most'} ${String(limit)}`, params: { limit } };
    }
    case 'pattern':
      return { path, keyword: 'pattern', message: `must be ${patternNames[params['pattern'] as string] ?? 'of another form'}`, params };
    default: {
      const type = [params['type']].flat().filter((one) => one !== 'null');
      return { path, keyword: 'type', message: `must be ${type.map((one) => withArticle(String(one))).join(' or ')}`, params: { type } };
    }
  }
}

const withArticle = (type: string) => (type === 'array' ? 'a list' : /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`);

/** '/spec/containers/0/name' → ['spec', 'containers', 0, 'name']: a number where the object has a list. */
function pathOf(pointer: string, object: unknown): readonly (string | number)[] {
  const path: (string | number)[] = [];
  let at = object;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(key) : key);
    at = (at as Readonly<Record<string, unknown>> | undefined)?.[key];
  }
  return path;
}
