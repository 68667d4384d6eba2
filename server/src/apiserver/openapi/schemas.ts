// The tables of the schema room as OpenAPI schemas, with Kubernetes' own extensions: which lists merge by which key, which kind a type is.
import { describeField, describeType } from '../../schema/descriptions.ts';
import { definitionName, fieldsOf, type Field, type FieldType } from '../../schema/fields.ts';
import { customSchema } from './custom-schema.ts';
import type { Dialect, Json } from './dialect.ts';
import type { KindInfo } from '../../schema/kinds.ts';

type Schema = Json;

/** A custom kind is called by its group from back to front: 'com.example.sea.v1.Ship'. */
export const schemaNameOf = ({ type, group, version, kind, custom }: KindInfo): string =>
  custom ? [...group.split('.').reverse(), version, kind].join('.') : definitionName(type);

/** Types that write their own JSON have schemas of their own: clients show their names. */
const selfWritten = { quantity: 'Quantity', intOrString: 'IntOrString', time: 'Time', microTime: 'MicroTime' } as const;

const selfSchemas = ({ quantity, intOrString }: Dialect): Schema => ({
  [definitionName('Quantity')]: quantity,
  [definitionName('IntOrString')]: intOrString,
  [definitionName('Time')]: { type: 'string', format: 'date-time' },
  [definitionName('MicroTime')]: { type: 'string', format: 'date-time' },
});

/** Everything that the kinds are made of, by name. */
export function schemasOf(kinds: readonly KindInfo[], dialect: Dialect): Schema {
  const schemas = { ...selfSchemas(dialect) } as Record<string, Schema>;
  const visit = (type: string) => {
    if (schemas[definitionName(type)]) return;
    schemas[definitionName(type)] = schemaOf(type, dialect);
    for (const field of fieldsOf(type).values()) for (const used of typesIn(field.type)) visit(used);
  };
  for (const info of kinds) {
    const { type, group, version, kind, custom } = info;
    const name = schemaNameOf(info);
    visit(custom ? 'ObjectMeta' : type);
    if (custom) schemas[name] = customSchema(custom.schema, dialect, dialect.reference(definitionName('ObjectMeta')));
    schemas[name] = { ...schemas[name], 'x-kubernetes-group-version-kind': [{ group, kind, version }] };
  }
  return schemas;
}

function typesIn(type: FieldType): readonly string[] {
  if (type.is === 'object') return [type.type];
  return type.is === 'list' || type.is === 'map' ? typesIn(type.of) : [];
}

function schemaOf(type: string, dialect: Dialect): Schema {
  const fields = [...fieldsOf(type).values()];
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const description = describeType(type);
  return {
    ...(description !== undefined && { description }),
    type: 'object',
    ...(fields.length > 0 && { properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(type, field, dialect)])) }),
    ...(required.length > 0 && { required }),
  };
}

function fieldSchema(type: string, field: Field, dialect: Dialect): Schema {
  const description = describeField(type, field.name);
  const { list, patch, mapType } = field;
  return {
    ...(description !== undefined && { description }),
    ...valueSchema(field.type, dialect),
    ...(field.default !== undefined && { default: field.default }),
    ...(list && { 'x-kubernetes-list-type': list.type }),
    ...(list && list.keys.length > 0 && { 'x-kubernetes-list-map-keys': list.keys }),
    ...(patch && { 'x-kubernetes-patch-strategy': patch.strategies.join(',') }),
    ...(patch?.mergeKey !== undefined && { 'x-kubernetes-patch-merge-key': patch.mergeKey }),
    ...(mapType && { 'x-kubernetes-map-type': mapType }),
  };
}

function valueSchema(type: FieldType, dialect: Dialect): Schema {
  switch (type.is) {
    case 'object':
      return dialect.reference(definitionName(type.type));
    case 'list':
      return { type: 'array', items: valueSchema(type.of, dialect) };
    case 'map':
      return { type: 'object', additionalProperties: valueSchema(type.of, dialect) };
    case 'quantity':
    case 'intOrString':
    case 'time':
    case 'microTime':
      return dialect.reference(definitionName(selfWritten[type.is]));
    case 'bytes':
      return { type: 'string', format: 'byte' };
    case 'any':
      return { type: 'object' };
    default:
      return { type: type.is, ...(type.format && { format: type.format }), ...(type.enum && { enum: type.enum }) };
  }
}
