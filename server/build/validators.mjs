// Schemas → validators compiled ahead of time by ajv, one a kind: server/src/schema/generated/validators.js, read by validators.ts.
// They find every mistake of a document at once, where the decoder (decode.ts) stops at the first as the server does.
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { scalarOf } from './table.mjs';

/** What Go's readers of these texts accept; null is the same as absent everywhere. */
const patterns = {
  quantity: String.raw`^\s*[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?\s*$`,
  time: String.raw`^\d{4}-\d\d-\d\dT\d{1,2}:\d\d:\d\d([.,]\d+)?(Z|[-+]\d\d:\d\d)$`,
  microTime: String.raw`^\d{4}-\d\d-\d\dT\d{1,2}:\d\d:\d\d[.,]\d{6}(Z|[-+]\d\d:\d\d)$`,
  bytes: String.raw`^([A-Za-z0-9+/\r\n]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?[\r\n]*$`,
};

/** What a text must be that does not fit. */
const patternNames = {
  [patterns.quantity]: 'a quantity, such as 500m, 128Mi or 1.5',
  [patterns.time]: 'a time, such as 2026-01-31T12:00:00Z',
  [patterns.microTime]: 'a time with microseconds, such as 2026-01-31T12:00:00.000000Z',
  [patterns.bytes]: 'base64',
};

const ranges = { int32: [-2147483648, 2147483647], int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] };

/** The module and its declarations. */
export function validatorModules({ schemas, names, version }, kinds) {
  const definitions = Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [names[id], definition(id, schema, names)]));
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    inlineRefs: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: false, optimize: 1 },
  });
  ajv.addSchema({ $id: 'k', definitions });
  const exported = Object.fromEntries(kinds.map(({ type }) => [type, `k#/definitions/${type}`]));
  const code = standalone.default(ajv, exported);
  if (code.includes('require(')) throw new Error('a validator needs a module of ajv at run time');
  return {
    code: `// Made from the schemas of Kubernetes ${version} by server/build/validators.mjs.\n${code}\nexport const patternNames = ${JSON.stringify(patternNames)};\n`,
    declarations: declarations(Object.keys(exported), version),
  };
}

function declarations(types, version) {
  return `// Made from the schemas of Kubernetes ${version} by server/build/validators.mjs.
export interface Finding { readonly instancePath: string; readonly keyword: string; readonly message?: string; readonly params: Readonly<Record<string, unknown>> }
export interface Validate { (value: unknown): boolean; errors?: readonly Finding[] | null }
export const patternNames: Readonly<Record<string, string>>;
${types.map((type) => `export const ${type}: Validate;`).join('\n')}
`;
}

function definition(id, schema, names) {
  const special = specialOf(scalarOf(id, schema));
  if (special) return special;
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, value]) => [name, shape(value, names)]));
  return { type: ['object', 'null'], properties, additionalProperties: false, ...(schema.required && { required: schema.required }) };
}

function specialOf(scalar) {
  switch (scalar) {
    case 'quantity':
      return { type: ['string', 'number', 'null'], pattern: patterns.quantity };
    case 'intOrString':
      return { type: ['integer', 'string', 'null'], minimum: ranges.int32[0], maximum: ranges.int32[1] };
    case 'time':
      return { type: ['string', 'null'], pattern: patterns.time };
    case 'microTime':
      return { type: ['string', 'null'], pattern: patterns.microTime };
    default:
      return scalar && {};
  }
}

function shape(value, names) {
  const ref = (value.$ref ?? value.allOf?.[0].$ref)?.split('/').at(-1);
  if (ref) return { $ref: `k#/definitions/${names[ref]}` };
  switch (value.type) {
    case 'array':
      return { type: ['array', 'null'], items: shape(value.items, names) };
    case 'object':
      return { type: ['object', 'null'], ...(value.additionalProperties && { additionalProperties: shape(value.additionalProperties, names) }) };
    case 'integer': {
      const [minimum, maximum] = ranges[value.format] ?? [];
      return { type: ['integer', 'null'], ...(value.format && { minimum, maximum }) };
    }
    case 'string':
      if (value.format === 'byte') return { type: ['string', 'null'], pattern: patterns.bytes };
      // An empty text is an absent one.
      return { type: ['string', 'null'], ...(value.enum && { enum: [...new Set([...value.enum, '', null])] }) };
    case 'number':
    case 'boolean':
      return { type: [value.type, 'null'] };
    default:
      return {};
  }
}
