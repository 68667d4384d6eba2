// The schema of a custom kind as CEL types, and its values as CEL values (apiserver/pkg/cel/common).
import { additionalSchema, isEmbedded, isMap, preservesUnknown, propertyOf, type Schema } from '../../schema/custom/structural.ts';
import { keysOf } from '../custom/correlate.ts';
import { toDuration, toTimestamp } from './library/conversions.ts';
import { bool, bytes, double, duration, dyn, int, listOf, mapOf, string, timestamp, type CelType } from './types.ts';
import { CelError, listKinds, valueText, type Value } from './values.ts';
import { decodeBase64 } from '../../kube/base64.ts';

const metadata: CelType = {
  is: 'object',
  name: 'metadata',
  fields: new Map([
    ['name', string],
    ['generateName', string],
  ]),
};
const typeMeta: readonly (readonly [string, CelType])[] = [
  ['apiVersion', string],
  ['kind', string],
  ['metadata', metadata],
];

const known = new WeakMap<Schema, CelType>();

/** `isResource`: the root, and what is embedded. */
export function typeOfSchema(schema: Schema | undefined, isResource = isEmbedded(schema), name = 'object'): CelType {
  if (!schema) return dyn;
  const found = known.get(schema);
  if (found) return found;
  const type = makeType(schema, isResource, name);
  known.set(schema, type);
  return type;
}

function makeType(schema: Schema, isResource: boolean, name: string): CelType {
  if (schema['x-kubernetes-int-or-string']) return dyn;
  switch (schema.type) {
    case 'array':
      return listOf(typeOfSchema(schema.items, undefined, `${name}.@idx`));
    case 'object':
      return objectType(schema, isResource, name);
    case 'boolean':
      return bool;
    case 'integer':
      return int;
    case 'number':
      return double;
    case 'string':
      return schema.format === 'byte' ? bytes : schema.format === 'duration' ? duration : isTime(schema) ? timestamp : string;
    default:
      return dyn;
  }
}

const isTime = ({ format }: Schema) => format === 'date' || format === 'date-time';

function objectType(schema: Schema, isResource: boolean, name: string): CelType {
  const values = additionalSchema(schema);
  if (values) return mapOf(string, typeOfSchema(values, undefined, `${name}.@elem`));
  const properties = Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
    const type = hasType(part) ? typeOfSchema(part, undefined, `${name}.${key}`) : undefined;
    return type ? [escapeField(key), ...(words.has(key) ? [key] : [])].map((field) => [field, type] as const) : [];
  });
  if (properties.length === 0 && !isResource && preservesUnknown(schema)) return dyn;
  // What stands at metadata of a resource is the server's, whatever the schema says.
  return { is: 'object', name, fields: new Map([...properties, ...(isResource ? typeMeta : [])]) };
}

/** What has no type is not there for rules. */
const hasType = (schema: Schema) => schema.type !== undefined || schema['x-kubernetes-int-or-string'] === true;

/** Reserved words, which may all the same be written as they are behind a dot. */
const words: ReadonlySet<string> = new Set('as break const continue else for function if import let loop package namespace return var void while'.split(' '));
const keywords: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in', ...words]);

/** The field as an object has it: '__namespace__' for 'namespace'. */
export const fieldName = (name: string): string => (words.has(name) ? `__${name}__` : name);

/** A property name as an expression writes it: 'a-b' → 'a__dash__b', 'namespace' → '__namespace__'. */
function escapeField(name: string): string {
  if (keywords.has(name)) return `__${name}__`;
  return name.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__');
}

/** A value of an object of this schema. Without a schema: as it looks. */
export function valueOf(value: unknown, schema?: Schema): Value {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return listValue(value, schema);
  if (isMap(value)) return mapValue(value, schema);
  if (typeof value === 'number') return schema?.type === 'number' || !Number.isInteger(value) ? value : BigInt(value);
  if (typeof value === 'string' && schema) return textValue(value, schema);
  return value as string | boolean;
}

function textValue(value: string, schema: Schema): Value {
  if (schema.format === 'byte') {
    const read = decodeBase64(value);
    return 'bytes' in read ? Uint8Array.from(read.bytes) : value;
  }
  try {
    if (schema.format === 'duration') return toDuration(value);
    if (schema.format === 'date') return toTimestamp(`${value}T00:00:00Z`);
    return schema.format === 'date-time' ? toTimestamp(value) : value;
  } catch (error) {
    if (error instanceof CelError) return value;
    throw error;
  }
}

function listValue(list: readonly unknown[], schema: Schema | undefined): Value {
  const values = list.map((item) => valueOf(item, schema?.items));
  const type = schema?.['x-kubernetes-list-type'];
  if (type === 'set') listKinds.set(values, { type, keyOf: (item) => valueText(item) });
  if (type === 'map') {
    const names = Object.keys(keysOf({}, schema!)).concat(schema!['x-kubernetes-list-map-keys'] ?? []);
    const keyOf = (item: Value) => [...new Set(names)].map((name) => valueText((item as ReadonlyMap<string, Value>).get(escapeField(name)) ?? null)).join('\0');
    listKinds.set(values, { type, keyOf });
  }
  return values;
}

function mapValue(map: Readonly<Record<string, unknown>>, schema: Schema | undefined): Value {
  const isStruct = schema?.properties !== undefined;
  const entries = Object.entries(map).map(([key, item]) => {
    const part = schema && (propertyOf(schema, key) ?? additionalSchema(schema));
    return [isStruct ? escapeField(key) : key, valueOf(item, part)] as const;
  });
  return new Map(entries);
}
