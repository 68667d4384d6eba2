// An OpenAPI v2 document as a protocol buffer (gnostic's openapi.v2.Document), the form in which clients before 1.27 read it.
import { encodeMessage, type Field } from '../protobuf/encode.ts';
import type { Json } from './dialect.ts';

/** What clients ask for; the answer has the second name, which is a media type. */
export const v2MessageTypes = [
  'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
] as const;

interface Document {
  readonly swagger: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Json;
  readonly definitions: Json;
}

export function v2Message({ swagger, info, paths, definitions }: Document): Buffer {
  return encodeMessage([
    [1, swagger],
    [
      2,
      [
        [1, info.title],
        [2, info.version],
      ],
    ],
    [8, named(2, paths, pathItem)],
    [9, named(1, definitions, schema)],
  ]);
}

/** A map is a list of names with their values. */
const named = (number: number, values: Json, encode: (value: Json) => readonly Field[]): readonly Field[] =>
  Object.entries(values).map(([name, value]): Field => [
    number,
    [
      [1, name],
      [2, encode(value as Json)],
    ],
  ]);

/** Any value as YAML, of which JSON is a part. */
const any = (value: unknown): readonly Field[] => [[2, JSON.stringify(value)]];

const extensions = (number: number, values: Json): readonly Field[] =>
  named(number, Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('x-'))), any);

const methodNumbers: Readonly<Record<string, number>> = { get: 2, put: 3, post: 4, delete: 5, patch: 8 };

const pathItem = (item: Json): readonly Field[] => Object.entries(item).map(([method, value]): Field => [methodNumbers[method]!, operation(value as Json)]);

function operation(value: Json): readonly Field[] {
  const { operationId, parameters } = value as { operationId: string; parameters: readonly Parameter[] };
  return [[5, operationId], ...parameters.map((one): Field => [8, [[1, [[2, [[3, parameter(one)]]]]]]]), ...extensions(13, value)];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly type: string;
  readonly uniqueItems: boolean;
}

const parameter = ({ name, in: place, type, uniqueItems }: Parameter): readonly Field[] => [
  [2, place],
  [4, name],
  [6, type],
  [20, uniqueItems],
];

function schema(value: Json): readonly Field[] {
  const parts: Readonly<Record<string, (part: never) => readonly Field[]>> = {
    $ref: (text: string) => [[1, text]],
    format: (text: string) => [[2, text]],
    description: (text: string) => [[4, text]],
    default: (part: unknown) => [[5, any(part)]],
    required: (names: readonly string[]) => names.map((name): Field => [19, name]),
    enum: (values: readonly string[]) => values.map((one): Field => [20, any(one)]),
    additionalProperties: (of: Json) => [[21, [[1, schema(of)]]]],
    type: (name: string) => [[22, [[1, name]]]],
    items: (of: Json) => [[23, [[1, schema(of)]]]],
    properties: (fields: Json) => [[25, named(1, fields, schema)]],
  };
  const known = Object.entries(value).flatMap(([name, part]) => (Object.hasOwn(parts, name) ? parts[name]!(part as never) : []));
  return [...known, ...extensions(31, value)];
}
