// The schema of one version: what OpenAPI may say here, Kubernetes' extensions, rules, and that it is structural.
import { isMap, type Schema } from '../../schema/custom/structural.ts';
import { withSchemaDefaults } from '../../schema/custom/defaults.ts';
import { prune } from '../../schema/custom/prune.ts';
import { validateSchema } from '../custom/schema.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateRules } from './schema-rules.ts';
import { structuralErrors } from './structural.ts';
import { isEqual } from '../../kube/equal.ts';

/** What a schema may hold beside what the others know. */
type AnySchema = Schema & { readonly [keyword: string]: unknown };

export function validateRootSchema(schema: Schema, hasStatus: boolean, at: Path, errors: FieldErrors): void {
  const before = errors.count;
  if (hasStatus) validateStatusRoot(schema, at, errors);
  if (schema.nullable) errors.forbidden(at.child('nullable'), 'nullable cannot be true at the root');
  validatePart(schema, at, errors, { isRoot: true });
  const structural = structuralErrors(schema, at);
  errors.list.push(...structural);
  if (structural.length === 0 && errors.count === before) validateDefaults(schema, at, errors);
}

const allowedAtRoot = [
  'Description',
  'Type',
  'Format',
  'Title',
  'Maximum',
  'ExclusiveMaximum',
  'Minimum',
  'ExclusiveMinimum',
  'MaxLength',
  'MinLength',
  'Pattern',
  'MaxItems',
  'MinItems',
  'UniqueItems',
  'MultipleOf',
  'Required',
  'Items',
  'Properties',
  'ExternalDocs',
  'Example',
  'XPreserveUnknownFields',
  'XValidations',
];

function validateStatusRoot(schema: Schema, at: Path, errors: FieldErrors): void {
  if (schema.type !== 'object') {
    errors.invalid(at.child('type'), schema.type ?? '', 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled');
  }
  const forbidden = [
    'anyOf',
    'allOf',
    'oneOf',
    'not',
    'enum',
    'additionalProperties',
    'default',
    'nullable',
    'x-kubernetes-embedded-resource',
    'x-kubernetes-int-or-string',
  ];
  if (!forbidden.some((name) => (schema as AnySchema)[name] !== undefined)) return;
  errors.invalid(at, schema, `only [${allowedAtRoot.join(' ')}] fields are allowed at the root of the schema if the status subresource is enabled`);
}

interface Context {
  readonly isRoot?: boolean;
  /** Why there may be no default here. */
  readonly noDefault?: string;
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = ['id', 'patternProperties', 'additionalItems', 'definitions', 'dependencies', '$ref'];

function validatePart(schema: Schema, at: Path, errors: FieldErrors, context: Context): void {
  validateKeywords(schema as AnySchema, at, errors, context);
  if (schema.uniqueItems) errors.forbidden(at.child('uniqueItems'), 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic');
  const { additionalProperties: rest, properties = {} } = schema;
  if (rest !== undefined && Object.keys(properties).length > 0 && rest !== true) {
    errors.forbidden(at.child('additionalProperties'), 'additionalProperties and properties are mutual exclusive');
  }
  const inner = context.noDefault === undefined ? {} : { noDefault: context.noDefault };
  if (typeof rest === 'object') validatePart(rest, at.child('additionalProperties'), errors, inner);
  for (const name of Object.keys(properties).sort()) {
    const below = context.isRoot && implicit.has(name) ? { noDefault: 'must not be set in top-level metadata' } : inner;
    validatePart(properties[name]!, at.child('properties').key(name), errors, below);
  }
  if (schema.not) validatePart(schema.not, at.child('not'), errors, { noDefault: 'must not be set inside not' });
  for (const junctor of ['allOf', 'oneOf', 'anyOf'] as const) {
    schema[junctor]?.forEach((part, i) => validatePart(part, at.child(junctor).index(i), errors, { noDefault: `must not be set inside ${junctor}` }));
  }
  if (isMap(schema.items)) validatePart(schema.items, at.child('items'), errors, inner);
  validateExtensions(schema, at, errors);
  validateRules(schema, at.child('x-kubernetes-validations'), errors, context.isRoot ?? false);
}

const implicit: ReadonlySet<string> = new Set(['metadata', 'apiVersion', 'kind']);

function validateKeywords(schema: AnySchema, at: Path, errors: FieldErrors, { noDefault, isRoot }: Context): void {
  if (schema.default !== undefined && (noDefault !== undefined || isRoot)) errors.forbidden(at.child('default'), noDefault ?? 'must not be set at the root');
  for (const name of unsupported) if (schema[name] !== undefined && schema[name] !== '') errors.forbidden(at.child(name), `${name} is not supported`);
  if (schema.type === 'null') errors.forbidden(at.child('type'), 'type cannot be set to null, use nullable as an alternative');
  else if (schema.type && !types.includes(schema.type)) errors.notSupported(at.child('type'), schema.type, types);
  if (Array.isArray(schema.items)) errors.forbidden(at.child('items'), 'items must be a schema object and not an array');
}

function validateExtensions(schema: Schema, at: Path, errors: FieldErrors): void {
  if (schema['x-kubernetes-preserve-unknown-fields'] === false)
    errors.invalid(at.child('x-kubernetes-preserve-unknown-fields'), false, 'must be true or undefined');
  const mustBe = (type: string, what: string) => {
    const detail = `must be ${type} if ${what} is specified`;
    if (!schema.type) errors.required(at.child('type'), detail);
    else errors.invalid(at.child('type'), schema.type, detail);
  };
  const mapType = schema['x-kubernetes-map-type'];
  if (mapType !== undefined && schema.type !== 'object') mustBe('object', 'x-kubernetes-map-type');
  if (mapType !== undefined && !['atomic', 'granular'].includes(mapType))
    errors.notSupported(at.child('x-kubernetes-map-type'), mapType, ['atomic', 'granular']);
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== undefined && schema.type !== 'array') mustBe('array', 'x-kubernetes-list-type');
  else if (listType === 'set' && schema.items) validateSetItems(schema.items, at.child('items'), errors);
  if (listType !== undefined && !['atomic', 'set', 'map'].includes(listType))
    errors.notSupported(at.child('x-kubernetes-list-type'), listType, ['atomic', 'set', 'map']);
  if ((schema['x-kubernetes-list-map-keys']?.length ?? 0) > 0 && listType !== 'map') {
    const detail = 'must be map if x-kubernetes-list-map-keys is non-empty';
    if (listType === undefined) errors.required(at.child('x-kubernetes-list-type'), detail);
    else errors.invalid(at.child('x-kubernetes-list-type'), listType, detail);
  }
  if (listType === 'map') validateMapList(schema, at, errors);
}

function validateSetItems(items: Schema, at: Path, errors: FieldErrors): void {
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const [listType, mapType] = [items['x-kubernetes-list-type'], items['x-kubernetes-map-type']];
  if (items.type === 'array' && listType !== undefined && listType !== 'atomic') errors.invalid(at.child('x-kubernetes-list-type'), listType, detail);
  if (items.type === 'object' && mapType !== 'atomic') errors.invalid(at.child('x-kubernetes-map-type'), mapType ?? null, detail);
}

function validateMapList(schema: Schema, at: Path, errors: FieldErrors): void {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const place = at.child('x-kubernetes-list-map-keys');
  if (keys.length === 0) errors.required(place, 'must not be empty if x-kubernetes-list-type is map');
  const { items } = schema;
  if (!items) return errors.required(at.child('items'), 'must have a schema if x-kubernetes-list-type is map');
  if (items.type !== 'object')
    errors.invalid(at.child('items').child('type'), items.type ?? '', "must be object if parent array's x-kubernetes-list-type is map");
  const seen = new Set<string>();
  keys.forEach((key, i) => {
    const property = items.properties?.[key];
    if (seen.has(key)) errors.duplicate(place.index(i), key);
    seen.add(key);
    if (!property) return errors.invalid(place.index(i), key, 'entries must all be names of item properties');
    const inside = at.child('items').child('properties').key(key);
    if (property.type === 'array' || property.type === 'object') {
      errors.invalid(inside.child('type'), property.type, "must be a scalar type if parent array's x-kubernetes-list-type is map");
    }
    if (property.default === undefined && !items.required?.includes(key)) {
      errors.required(inside.child('default'), 'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property');
    }
  });
}

/** A default is an object of its own schema: without unknown fields, and valid. */
function validateDefaults(schema: Schema, at: Path, errors: FieldErrors): void {
  if (schema.default !== undefined) {
    const place = at.child('default');
    const { value } = prune(schema.default, schema);
    if (!isEqual(value, schema.default)) errors.invalid(place, schema.default, 'must not have unknown fields');
    else {
      const found = validateSchema(withSchemaDefaults(schema.default, schema), undefined, schema);
      errors.list.push(...found.map((error) => ({ ...error, path: error.path === '<nil>' ? place.toString() : `${place.toString()}.${error.path}` })));
    }
  }
  for (const [name, part] of Object.entries(schema.properties ?? {})) validateDefaults(part, at.child('properties').key(name), errors);
  if (schema.items) validateDefaults(schema.items, at.child('items'), errors);
  if (typeof schema.additionalProperties === 'object') validateDefaults(schema.additionalProperties, at.child('additionalProperties'), errors);
}
