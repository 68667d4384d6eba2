// Defaults of a structural schema, from the outside in: a default may itself lack what the schema inside fills in.
import { mapFields, mapList, setOwn } from './prune.ts';
import { additionalSchema, isMap, propertyOf, type Schema } from './structural.ts';

/** `value` itself when nothing is missing. */
export function withSchemaDefaults<T>(value: T, schema: Schema | undefined): T {
  if (!schema) return value;
  if (Array.isArray(value)) return mapList(value, (item) => withSchemaDefaults(orDefault(item, schema.items), schema.items)) as T;
  if (!isMap(value)) return value;
  return mapFields(withMissing(value, schema), (one, key) => {
    const part = propertyOf(schema, key) ?? additionalSchema(schema);
    return withSchemaDefaults(orDefault(one, part), part);
  }) as T;
}

function withMissing(map: Readonly<Record<string, unknown>>, schema: Schema): Readonly<Record<string, unknown>> {
  const missing = Object.entries(schema.properties ?? {}).filter(([key, part]) => part.default !== undefined && !Object.hasOwn(map, key));
  if (missing.length === 0) return map;
  const filled = { ...map };
  for (const [key, part] of missing) setOwn(filled, key, part.default);
  return filled;
}

/** A null where none is allowed counts as missing. */
const orDefault = (value: unknown, schema: Schema | undefined): unknown =>
  value === null && schema && schema.nullable !== true && schema.default !== undefined ? schema.default : value;
