// What OpenAPI v2 and v3 write differently.

export type Json = Readonly<Record<string, unknown>>;

export interface Dialect {
  /** Where a schema refers to another one by its name. */
  readonly reference: (name: string) => Json;
  readonly quantity: Json;
  readonly intOrString: Json;
  readonly parameter: (name: string, type: string) => Json;
  readonly answer: (schema: Json) => Json;
}

export const v3: Dialect = {
  // In allOf, so that what is said beside the reference counts.
  reference: (name) => ({ allOf: [{ $ref: `#/components/schemas/${name}` }] }),
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  parameter: (name, type) => ({ name, in: 'query', schema: { type, uniqueItems: true } }),
  answer: (schema) => ({ description: 'OK', content: { 'application/json': { schema } } }),
};

export const v2: Dialect = {
  reference: (name) => ({ $ref: `#/definitions/${name}` }),
  quantity: { type: 'string' },
  intOrString: { type: 'string', format: 'int-or-string' },
  parameter: (name, type) => ({ name, in: 'query', type, uniqueItems: true }),
  answer: (schema) => ({ description: 'OK', schema }),
};
