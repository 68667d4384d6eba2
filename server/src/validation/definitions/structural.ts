// Whether a schema is structural: types everywhere, and nothing but restrictions inside of allOf, anyOf, oneOf and not
// (apiextensions-apiserver/pkg/apiserver/schema/validation.go).
import { isEqual } from '../../kube/equal.ts';
import { fieldErrorText, type FieldError } from '../../kube/field-error.ts';
import { compileGoRegexp } from '../../kube/go-regexp.ts';
import { isEmbedded, preservesUnknown, type Schema } from '../../schema/custom/structural.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

/** Sorted by their texts. */
export function structuralErrors(schema: Schema, at: Path): readonly FieldError[] {
  const found = findings((errors) => {
    validateInvariants(schema, 'root', at, errors);
    validateCompleteness(schema, at, errors);
  });
  return found.toSorted((a, b) => (fieldErrorText(a) < fieldErrorText(b) ? -1 : 1));
}

type Level = 'root' | 'item' | 'field';

const emptyType: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
};

function validateInvariants(schema: Schema, level: Level, at: Path, errors: FieldErrors): void {
  const { type = '', items, properties = {}, additionalProperties: rest } = schema;
  if (type === 'array' && !items) errors.required(at.child('items'), 'must be specified');
  if (items) validateInvariants(items, 'item', at.child('items'), errors);
  for (const [name, part] of Object.entries(properties)) {
    if (!(level === 'root' && name === 'metadata')) validateInvariants(part, 'field', at.child('properties').key(name), errors);
  }
  if (rest !== undefined && level === 'root') errors.forbidden(at.child('additionalProperties'), 'must not be used at the root');
  if (typeof rest === 'object') validateInvariants(rest, 'field', at.child('additionalProperties'), errors);
  const isIntOrString = schema['x-kubernetes-int-or-string'] === true;
  if (isIntOrString && preservesUnknown(schema))
    errors.invalid(at.child('x-kubernetes-preserve-unknown-fields'), true, 'must be false if x-kubernetes-int-or-string is true');
  if (isIntOrString && isEmbedded(schema))
    errors.invalid(at.child('x-kubernetes-embedded-resource'), true, 'must be false if x-kubernetes-int-or-string is true');
  validateValues(schema, isIntOrString, level, at, errors);
  if (isEmbedded(schema) && type !== 'object') {
    const detail = 'must be object if x-kubernetes-embedded-resource is true';
    if (type === '') errors.required(at.child('type'), detail);
    else errors.invalid(at.child('type'), type, detail);
  } else if (type === '' && !isIntOrString && !preservesUnknown(schema)) errors.required(at.child('type'), emptyType[level]);
  if (isEmbedded(schema) && rest !== undefined) errors.forbidden(at.child('additionalProperties'), 'must not be used if x-kubernetes-embedded-resource is set');
  if (level === 'root' && type !== '' && type !== 'object') errors.invalid(at.child('type'), type, 'must be object at the root');
  if (level === 'root' || isEmbedded(schema)) validateTypeMeta(properties, level, at.child('properties'), errors);
  if (isEmbedded(schema) && !preservesUnknown(schema) && Object.keys(properties).length === 0) {
    errors.required(at.child('properties'), 'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields');
  }
}

function validateTypeMeta(properties: Readonly<Record<string, Schema>>, level: Level, at: Path, errors: FieldErrors): void {
  for (const name of ['kind', 'apiVersion']) {
    const type = properties[name]?.type;
    if (properties[name] && type !== 'string') errors.invalid(at.key(name).child('type'), type ?? '', 'must be string');
  }
  const { metadata } = properties;
  if (!metadata) return;
  if (metadata.type !== 'object') errors.invalid(at.key('metadata').child('type'), metadata.type ?? '', 'must be object');
  const { type: _1, properties: inner = {}, default: _2, description: _3, ...more } = metadata;
  if (level === 'root' && (Object.keys(inner).some((name) => name !== 'name' && name !== 'generateName') || Object.keys(more).length > 0)) {
    errors.forbidden(at.key('metadata'), 'must not specify anything other than name and generateName, but metadata is implicitly specified');
  }
}

const eitherType: readonly Schema[] = [{ type: 'integer' }, { type: 'string' }];

function validateValues(schema: Schema, isIntOrString: boolean, level: Level, at: Path, errors: FieldErrors): void {
  const { anyOf = [], allOf = [], oneOf = [], not, pattern } = schema;
  if (!(isIntOrString && isEqual(anyOf, eitherType))) anyOf.forEach((part, i) => validateNested(part, at.child('anyOf').index(i), errors));
  allOf.forEach((part, i) => {
    if (!(isIntOrString && i === 0 && isEqual(part.anyOf, eitherType))) validateNested(part, at.child('allOf').index(i), errors);
  });
  oneOf.forEach((part, i) => validateNested(part, at.child('oneOf').index(i), errors));
  if (not) validateNested(not, at.child('not'), errors);
  if (!pattern) return;
  const compiled = compileGoRegexp(pattern);
  if ('error' in compiled) errors.invalid(at.child('pattern'), pattern, `must be a valid regular expression, but isn't: ${compiled.error}`);
}

/** Keywords that describe instead of restricting, and what is said when they stand inside. */
const forbidden = {
  type: 'must be empty to be structural',
  additionalProperties: 'must be undefined to be structural',
  default: 'must be undefined to be structural',
  title: 'must be empty to be structural',
  description: 'must be empty to be structural',
  nullable: 'must be false to be structural',
  'x-kubernetes-preserve-unknown-fields': 'must be false to be structural',
  'x-kubernetes-embedded-resource': 'must be false to be structural',
  'x-kubernetes-int-or-string': 'must be false to be structural',
  'x-kubernetes-list-map-keys': 'must be empty to be structural',
  'x-kubernetes-list-type': 'must be undefined to be structural',
  'x-kubernetes-map-type': 'must be undefined to be structural',
  'x-kubernetes-validations': 'must be empty to be structural',
} as const;

function validateNested(schema: Schema, at: Path, errors: FieldErrors): void {
  validateValues(schema, false, 'field', at, errors);
  if (schema.items) validateNested(schema.items, at.child('items'), errors);
  for (const [name, part] of Object.entries(schema.properties ?? {})) validateNested(part, at.child('properties').key(name), errors);
  for (const [name, detail] of Object.entries(forbidden)) {
    const value = schema[name as keyof Schema];
    if (value !== undefined && value !== '' && value !== false) errors.forbidden(at.child(name), detail);
  }
  if (schema.properties?.['metadata']) errors.forbidden(at.child('properties').key('metadata'), 'must not be specified in a nested context');
}

/** What a restriction speaks of must be there. */
function validateCompleteness(schema: Schema, at: Path, errors: FieldErrors): void {
  for (const junctor of ['anyOf', 'allOf', 'oneOf'] as const) {
    schema[junctor]?.forEach((part, i) => complete(part, schema, at.child(junctor).index(i), at, errors));
  }
  if (schema.not) complete(schema.not, schema, at.child('not'), at, errors);
  for (const [name, part] of Object.entries(schema.properties ?? {})) validateCompleteness(part, at.child('properties').key(name), errors);
  if (schema.items) validateCompleteness(schema.items, at.child('items'), errors);
  if (typeof schema.additionalProperties === 'object') validateCompleteness(schema.additionalProperties, at.child('additionalProperties'), errors);
}

function complete(nested: Schema, outer: Schema | undefined, at: Path, outerAt: Path, errors: FieldErrors): void {
  for (const junctor of ['anyOf', 'allOf', 'oneOf'] as const)
    nested[junctor]?.forEach((part, i) => complete(part, outer, at.child(junctor).index(i), outerAt, errors));
  if (nested.items) {
    if (!outer?.items) errors.required(outerAt.child('items'), `because it is defined in ${at.child('items').toString()}`);
    else complete(nested.items, outer.items, at.child('items'), outerAt.child('items'), errors);
  }
  for (const [name, part] of Object.entries(nested.properties ?? {})) {
    const place = outerAt.child('properties').key(name);
    const inside = at.child('properties').key(name);
    const found = outer?.properties?.[name];
    if (!found) errors.required(place, `because it is defined in ${inside.toString()}`);
    else complete(part, found, inside, place, errors);
  }
}
