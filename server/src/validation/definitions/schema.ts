// The schema of one version: what OpenAPI may say here, Kubernetes' extensions, rules, and that it is structural.
import { isEmbedded, isMap, type Schema } from '../../schema/custom/structural.ts';
import { withSchemaDefaults } from '../../schema/custom/defaults.ts';
import { prune } from '../../schema/custom/prune.ts';
import { validateSchema } from '../custom/schema.ts';
import { FieldErrors, findings } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateCompiledRules, validateRules } from './schema-rules.ts';
import { structuralErrors } from './structural.ts';
import { isEqual } from '../../kube/equal.ts';

/** What a schema may hold beside what the others know. */
type AnySchema = Schema & { readonly [keyword: string]: unknown };

/** What is wrong with the rules is said after everything else, and only of what has nothing else wrong with it. */
interface Found {
  readonly schema: FieldErrors;
  readonly rules: FieldErrors;
}

export function validateRootSchema(schema: Schema, hasStatus: boolean, at: Path, errors: FieldErrors): void {
  if (hasStatus) validateStatusRoot(schema, at, errors);
  if (schema.nullable) errors.forbidden(at.child('nullable'), 'nullable cannot be true at the root');
  const isReadable = !hasUnsupported(schema);
  const structural = isReadable ? structuralErrors(schema, at) : [];
  const defaults = structural.length > 0 || !isReadable ? [] : findings((found) => validateDefaults(schema, at, found));
  errors.list.push(...structural, ...defaults);
  const found: Found = { schema: new FieldErrors(), rules: new FieldErrors() };
  validatePart(schema, at, found, { isRoot: true, compiles: isReadable && structural.length === 0 && defaults.length === 0 });
  errors.list.push(...found.schema.list, ...found.rules.list);
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

/** The first field that may not stand at the root ends the search. */
function validateStatusRoot(schema: Schema, at: Path, errors: FieldErrors): void {
  const printed = goStruct('JSONSchemaProps', schema);
  for (const [name, value] of Object.entries(printed)) {
    if (value === null || value === '' || value === false) continue;
    if (name === 'Type') {
      if (value === 'object') continue;
      return errors.invalid(at.child('type'), value, 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled');
    }
    if (allowedAtRoot.includes(name)) continue;
    const detail = `only [${allowedAtRoot.join(' ')}] fields are allowed at the root of the schema if the status subresource is enabled`;
    return errors.invalid(at, printed, detail);
  }
  return undefined;
}

interface Context {
  readonly isRoot?: boolean;
  /** Inside of what the server itself says about an object's metadata. */
  readonly isInMeta?: boolean;
  /** Why there may be no default here. */
  readonly noDefault?: string;
  /** Rules are compiled: nothing is wrong with the form of the schema, and this is no restriction inside of another part. */
  readonly compiles: boolean;
  /** The part of the schema inside which an object cannot be told from its former self. */
  readonly uncorrelated?: Path;
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'];

function validatePart(schema: Schema, at: Path, found: Found, context: Context): void {
  const errors = found.schema;
  const before = errors.count;
  validateKeywords(schema as AnySchema, at, errors, context);
  if (schema.uniqueItems) errors.forbidden(at.child('uniqueItems'), 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic');
  const { additionalProperties: rest, properties = {} } = schema;
  if (rest !== undefined && Object.keys(properties).length > 0 && rest !== true) {
    errors.forbidden(at.child('additionalProperties'), 'additionalProperties and properties are mutual exclusive');
  }
  const { isRoot, ...inner } = context;
  if (typeof rest === 'object') {
    const noDefault = context.isInMeta ? { noDefault: 'inside additionalProperties applying to object metadata' } : {};
    validatePart(rest, at.child('additionalProperties'), found, { ...inner, ...noDefault });
  }
  for (const name of Object.keys(properties).sort()) {
    const isMeta = (isRoot || isEmbedded(schema)) && implicit.has(name);
    const apart = schema['x-kubernetes-map-type'] === 'atomic' ? { uncorrelated: context.uncorrelated ?? at } : {};
    const below = { ...inner, ...apart, ...(isMeta && { isInMeta: true, ...(isRoot && { noDefault: `in top-level ${name}` }) }) };
    validatePart(properties[name]!, at.child('properties').key(name), found, below);
  }
  const nested = { ...inner, compiles: false };
  if (schema.not) validatePart(schema.not, at.child('not'), found, nested);
  for (const junctor of ['allOf', 'oneOf', 'anyOf'] as const) {
    schema[junctor]?.forEach((part, i) => validatePart(part, at.child(junctor).index(i), found, nested));
  }
  const apart = schema['x-kubernetes-list-type'] === 'map' ? {} : { uncorrelated: context.uncorrelated ?? at };
  if (isMap(schema.items)) validatePart(schema.items, at.child('items'), found, { ...inner, ...apart });
  validateExtensions(schema, at, errors);
  const rules = at.child('x-kubernetes-validations');
  validateRules(schema, rules, errors);
  if (context.compiles && errors.count === before) validateCompiledRules(schema, rules, found.rules, isRoot ?? false, context.uncorrelated);
}

const implicit: ReadonlySet<string> = new Set(['metadata', 'apiVersion', 'kind']);

function validateKeywords(schema: AnySchema, at: Path, errors: FieldErrors, { noDefault, isInMeta }: Context): void {
  if (schema.type && !types.includes(schema.type)) errors.notSupported(at.child('type'), schema.type, types);
  if (schema.default !== undefined && noDefault !== undefined) errors.forbidden(at.child('default'), `must not be set ${noDefault}`);
  for (const name of unsupported) if (isUsed(schema[name])) errors.forbidden(at.child(name), `${name} is not supported`);
  if (schema.type === 'null') errors.forbidden(at.child('type'), 'type cannot be set to null, use nullable as an alternative');
  if (Array.isArray(schema.items)) errors.forbidden(at.child('items'), 'items must be a schema object and not an array');
  if (isInMeta && isEmbedded(schema)) errors.forbidden(at.child('x-kubernetes-embedded-resource'), 'must not be used inside of resource meta');
}

const isUsed = (value: unknown) => value !== undefined && value !== '' && !(isMap(value) && Object.keys(value).length === 0);

/** Whether some part holds a keyword for which there is no structural form. */
const hasUnsupported = (schema: Schema): boolean => someOf(schema, (part) => ['$schema', ...unsupported].some((name) => isUsed((part as AnySchema)[name])));

/** Whether some part has a default. */
export const hasDefaults = (schema: Schema | undefined): boolean => schema !== undefined && someOf(schema, (part) => part.default !== undefined);

function someOf(schema: Schema, holds: (part: Schema) => boolean): boolean {
  if (holds(schema)) return true;
  const { additionalProperties: rest, properties = {}, items, not, allOf = [], anyOf = [], oneOf = [] } = schema;
  const parts = [isMap(items) ? items : undefined, ...allOf, ...anyOf, ...oneOf, not, ...Object.values(properties), isMap(rest) ? rest : undefined];
  return parts.some((part) => part !== undefined && someOf(part as Schema, holds));
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
  validateElements(schema, at, errors);
}

function validateSetItems(items: Schema, at: Path, errors: FieldErrors): void {
  const detail = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  const [listType, mapType] = [items['x-kubernetes-list-type'], items['x-kubernetes-map-type']];
  if (items.type === 'array' && listType !== undefined && listType !== 'atomic') errors.invalid(at.child('x-kubernetes-list-type'), listType, detail);
  // The server prints the type of a list here.
  if (items.type === 'object' && mapType !== 'atomic') errors.invalid(at.child('x-kubernetes-map-type'), listType ?? null, detail);
}

function validateMapList(schema: Schema, at: Path, errors: FieldErrors): void {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const place = at.child('x-kubernetes-list-map-keys');
  if (keys.length === 0) errors.required(place, 'must not be empty if x-kubernetes-list-type is map');
  const { items } = schema;
  if (!items) return errors.required(at.child('items'), 'must have a schema if x-kubernetes-list-type is map');
  if (items.type !== 'object') {
    errors.invalid(at.child('items').child('type'), items.type ?? '', "must be object if parent array's x-kubernetes-list-type is map");
    return undefined;
  }
  const seen = new Set<string>();
  for (const key of keys) {
    const property = items.properties?.[key];
    const inside = at.child('items').child('properties').key(key);
    if (!property) errors.invalid(place, keys, 'entries must all be names of item properties');
    else if (property.type === 'array' || property.type === 'object') {
      errors.invalid(inside.child('type'), items.type, "must be a scalar type if parent array's x-kubernetes-list-type is map");
    }
    if (seen.has(key)) errors.invalid(place, keys, 'must not contain duplicate entries');
    seen.add(key);
  }
  return undefined;
}

/** Elements that are told apart by what they hold are there, and have their keys. */
function validateElements(schema: Schema, at: Path, errors: FieldErrors): void {
  const { items, 'x-kubernetes-list-type': listType, 'x-kubernetes-list-map-keys': keys = [] } = schema;
  if (!items || (listType !== 'set' && listType !== 'map')) return;
  const inside = at.child('items');
  if (items.nullable) errors.forbidden(inside.child('nullable'), `cannot be nullable when x-kubernetes-list-type is ${listType}`);
  if (listType === 'set') return;
  for (const key of keys) {
    const property = items.properties?.[key];
    if (!property) continue;
    const place = inside.child('properties').key(key);
    const what = 'this property is in x-kubernetes-list-map-keys, so it';
    if (property.default === undefined && !items.required?.includes(key)) {
      errors.required(place.child('default'), `${what} must have a default or be a required property`);
    }
    if (property.nullable) errors.forbidden(place.child('nullable'), `${what} cannot be nullable`);
  }
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
