// The schema of a custom kind as clients read it: what its definition says, with the fields that every object has.
// Version 2 cannot say everything, so there is less in it (apiextensions-apiserver/pkg/controller/openapi/v2/conversion.go).
import { describeField } from '../../schema/descriptions.ts';
import { isEmbedded, preservesUnknown, type Schema } from '../../schema/custom/structural.ts';
import { v2, type Dialect, type Json } from './dialect.ts';

export function customSchema(schema: Schema, dialect: Dialect, metadata: Json): Json {
  const published = dialect === v2 ? reduced(schema) : schema;
  return asResource(published, metadata) as unknown as Json;
}

const typeMeta = (name: string) => ({ type: 'string', description: describeField('Pod', name) ?? '' });

function asResource(schema: Schema, metadata: Json): Schema {
  const description = "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";
  const implicit = { apiVersion: typeMeta('apiVersion'), kind: typeMeta('kind'), metadata: { ...metadata, description } };
  return { ...schema, type: 'object', properties: { ...implicit, ...schema.properties, metadata: implicit.metadata } };
}

/** Without what version 2 does not know; a part that takes anything says nothing at all. */
function reduced(schema: Schema): Schema {
  const { nullable, allOf: _1, anyOf: _2, oneOf: _3, not: _4, ...rest } = schema;
  if (preservesUnknown(schema) || nullable || isEmbedded(schema)) {
    const { properties: _5, items: _6, type, ...open } = rest;
    return nullable || !preservesUnknown(schema) ? open : { ...open, ...(type !== undefined && { type }) };
  }
  return {
    ...rest,
    ...(rest.properties && { properties: Object.fromEntries(Object.entries(rest.properties).map(([name, part]) => [name, reduced(part)])) }),
    ...(rest.items && { items: reduced(rest.items) }),
    ...(typeof rest.additionalProperties === 'object' && { additionalProperties: reduced(rest.additionalProperties) }),
  };
}
