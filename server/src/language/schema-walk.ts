// Which field of the schema a path of a document means.
import type { Path } from '../manifest/tree.ts';
import type { Field, FieldType } from '../schema/fields.ts';
import { fieldsIn } from '../schema/fields.ts';
import { additionalSchema, propertyOf, type Schema } from '../schema/custom/structural.ts';
import type { KindInfo } from '../schema/kinds.ts';

export interface SchemaPlace {
  /** Type of the value at the path. */
  readonly type: FieldType;
  /** The field that the path ends at or, for an item of a list or map, the field that holds it. Absent at the root. */
  readonly field: Field | undefined;
  /** The struct that has the field; '' where a custom kind has no name for it. */
  readonly owner: string;
  /** In a custom kind: what its definition says of the value. */
  readonly schema: Schema | undefined;
}

/** Undefined where the schema knows nothing: below an unknown field or inside of free-form data. */
export function placeOf(kind: KindInfo, path: Path): SchemaPlace | undefined {
  const type = kind.custom?.root ?? ({ is: 'object', type: kind.type } as const);
  let place: SchemaPlace = { type, field: undefined, owner: kind.type, schema: kind.custom?.schema };
  for (const step of path) {
    const next = below(place, step);
    if (!next) return undefined;
    place = next;
  }
  return place;
}

function below(place: SchemaPlace, step: string | number): SchemaPlace | undefined {
  const { type } = place;
  const schema = place.schema && schemaBelow(place.schema, step);
  if (type.is === 'list') return typeof step === 'number' ? { ...place, type: type.of, schema } : undefined;
  if (type.is === 'map') return { ...place, type: type.of, schema };
  if (type.is !== 'object' || typeof step === 'number') return undefined;
  const field = fieldsIn(type).get(step);
  return field && { type: field.type, field, owner: type.type, schema };
}

const schemaBelow = (schema: Schema, step: string | number): Schema | undefined =>
  typeof step === 'number' ? schema.items : (propertyOf(schema, step) ?? additionalSchema(schema));

/** A type in words: 'whole number', 'list of Container', 'map of text'. */
export function typeWords(type: FieldType): string {
  switch (type.is) {
    case 'string':
      return 'text';
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'boolean':
      return 'true or false';
    case 'quantity':
      return 'quantity such as 500m, 2 or 128Mi';
    case 'intOrString':
      return 'whole number or text such as 25%';
    case 'time':
    case 'microTime':
      return 'time such as 2026-01-31T12:00:00Z';
    case 'bytes':
      return 'base64 text';
    case 'any':
      return 'any value';
    case 'object':
      return type.type || 'map';
    case 'list':
      return `list of ${typeWords(type.of).replace(/^map/, 'maps')}`;
    case 'map':
      return `map of ${typeWords(type.of)}`;
  }
}

/** The values that a field takes, if they are few and known. */
export function enumOf(type: FieldType): readonly string[] {
  if (type.is === 'list' || type.is === 'map') return enumOf(type.of);
  return type.is === 'object' ? [] : (type.enum ?? []);
}
