// A structural schema as the fields of the schema room: how lists and maps of a custom kind merge, for server-side apply.
import type { Field, FieldType, ObjectType } from '../fields.ts';
import { additionalSchema, isEmbedded, preservesUnknown, type Schema } from './structural.ts';

const anything: FieldType = { is: 'any' };
const text: FieldType = { is: 'string' };

const implicit: readonly Field[] = [
  { name: 'apiVersion', type: text, required: false },
  { name: 'kind', type: text, required: false },
  { name: 'metadata', type: { is: 'object', type: 'ObjectMeta' }, required: false },
];

/** The whole object of a custom kind. Without a schema nothing is known of it but its metadata. */
export function resourceType(schema: Schema | undefined): ObjectType {
  const fields = new Map(
    [...implicit, ...fieldsOfSchema(schema).filter(({ name }) => !implicit.some((one) => one.name === name))].map((one) => [one.name, one]),
  );
  return { is: 'object', type: '', fields, open: !schema || preservesUnknown(schema) };
}

function fieldsOfSchema(schema: Schema | undefined): readonly Field[] {
  const required = new Set(schema?.required);
  return Object.entries(schema?.properties ?? {}).map(([name, part]) => fieldOf(name, part, required.has(name)));
}

function fieldOf(name: string, schema: Schema, required: boolean): Field {
  const listType = schema['x-kubernetes-list-type'];
  const mapType = schema['x-kubernetes-map-type'];
  return {
    name,
    type: typeOf(schema),
    required,
    ...(schema.default !== undefined && { default: schema.default }),
    ...(listType && { list: { type: listType, keys: schema['x-kubernetes-list-map-keys'] ?? [] } }),
    ...(mapType && { mapType }),
    ...(schema.items?.['x-kubernetes-map-type'] === 'atomic' && { isWhole: true }),
  };
}

function typeOf(schema: Schema): FieldType {
  if (schema['x-kubernetes-int-or-string']) return { is: 'intOrString' };
  switch (schema.type) {
    case 'object':
      return objectType(schema);
    case 'array':
      return { is: 'list', of: schema.items ? typeOf(schema.items) : anything };
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return { is: schema.type, ...(schema.enum && { enum: schema.enum.map(String) }) };
    default:
      return anything;
  }
}

function objectType(schema: Schema): FieldType {
  if (isEmbedded(schema)) return resourceType(schema);
  const of = additionalSchema(schema);
  if (of) return { is: 'map', of: typeOf(of) };
  const fields = fieldsOfSchema(schema);
  if (fields.length === 0) return { is: 'map', of: anything };
  return { is: 'object', type: '', fields: new Map(fields.map((field) => [field.name, field])), open: preservesUnknown(schema) };
}
