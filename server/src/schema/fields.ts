// The fields of every type of the API: what they hold, how lists merge, what is required.
// Invariant: the table says what the wire format is, not what is valid; ranges, patterns and cross-field rules are code in validation/.
import { table as json } from './generated/table.ts';

export type FieldType =
  | {
      readonly is: 'string' | 'integer' | 'number' | 'boolean' | 'quantity' | 'intOrString' | 'time' | 'microTime' | 'bytes' | 'any';
      /** 'int32', 'int64', 'double'. */
      readonly format?: string;
      readonly enum?: readonly string[];
    }
  /** A type of the table; or one of a custom kind, which is in no table and brings its fields along. */
  | ObjectType
  | { readonly is: 'list'; readonly of: FieldType }
  | { readonly is: 'map'; readonly of: FieldType };

export interface ObjectType {
  readonly is: 'object';
  readonly type: string;
  readonly fields?: ReadonlyMap<string, Field>;
  /** May have fields beside these. */
  readonly open?: boolean;
}

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** As the schema says it: `{}` marks a struct that is always there after a round trip, '' and 0 a value that is. */
  readonly default?: unknown;
  /** Absent when the schema declares none; server-side apply then takes a list as atomic. */
  readonly list?: { readonly type: 'atomic' | 'set' | 'map'; readonly keys: readonly string[] };
  readonly patch?: { readonly strategies: readonly string[]; readonly mergeKey?: string };
  readonly mapType?: 'atomic' | 'granular';
  /** Server-side apply takes what it holds as one value, though it has parts; of a list each of its elements. */
  readonly isWhole?: true;
}

type Row = string | readonly [code: string, extra: Extra];

/** The letters of server/build/table.mjs. */
interface Extra {
  readonly r?: 1;
  readonly d?: unknown;
  readonly e?: readonly string[];
  readonly l?: readonly ['atomic' | 'set' | 'map', ...string[]];
  readonly p?: readonly [strategies: readonly string[], mergeKey?: string];
  readonly m?: 'atomic' | 'granular';
  readonly w?: 1;
}

const { types, packages } = json as {
  types: Readonly<Record<string, Readonly<Record<string, Row>>>>;
  packages: Readonly<Record<string, Readonly<Record<string, string | 0>>>>;
};
const unpacked = new Map<string, ReadonlyMap<string, Field>>();
const none: ReadonlyMap<string, Field> = new Map();

/** Fields of a type by name; empty for a type that does not exist. Unpacked on first use, then the same map every time. */
export function fieldsOf(type: string): ReadonlyMap<string, Field> {
  const known = unpacked.get(type);
  if (known) return known;
  const rows = Object.hasOwn(types, type) ? types[type] : undefined;
  if (!rows) return none;
  const fields = new Map(Object.entries(rows).map(([name, row]) => [name, fieldOf(name, row)]));
  unpacked.set(type, fields);
  return fields;
}

/** Fields of a type, of the table or of its own. */
export const fieldsIn = (type: ObjectType): ReadonlyMap<string, Field> => type.fields ?? fieldsOf(type.type);

/** Names of all types that have fields. */
export function typeNames(): readonly string[] {
  return Object.keys(types);
}

let definitions: ReadonlyMap<string, string> | undefined;

/** What OpenAPI documents call a type: 'AutoscalingV2MetricSpec' → 'io.k8s.api.autoscaling.v2.MetricSpec'. */
export function definitionName(type: string): string {
  definitions ??= new Map(Object.entries(packages).flatMap(([home, names]) => Object.entries(names).map(([tail, name]) => [name || tail, `${home}.${tail}`])));
  return definitions.get(type) ?? type;
}

function fieldOf(name: string, row: Row): Field {
  const [code, extra] = typeof row === 'string' ? [row, {} as Extra] : row;
  const { r, d, e, l, p, m, w } = extra;
  return {
    name,
    type: typeOf(code, e),
    required: r === 1,
    ...(d !== undefined && { default: d }),
    ...(l && { list: { type: l[0], keys: l.slice(1) } }),
    ...(p && { patch: { strategies: p[0], ...(p[1] !== undefined && { mergeKey: p[1] }) } }),
    ...(m && { mapType: m }),
    ...(w && { isWhole: true }),
  };
}

const scalars = new Set(['string', 'boolean', 'quantity', 'intOrString', 'time', 'microTime', 'bytes', 'any']);

/** '[]Container' → list of objects; 'int32' → integer with that format. An enum of a list or map is its elements'. */
function typeOf(code: string, values: readonly string[] | undefined): FieldType {
  if (code.startsWith('[]')) return { is: 'list', of: typeOf(code.slice(2), values) };
  if (code.startsWith('{}')) return { is: 'map', of: typeOf(code.slice(2), values) };
  if (code === 'int32' || code === 'int64') return { is: 'integer', format: code };
  if (code === 'double') return { is: 'number', format: code };
  if (scalars.has(code)) return { is: code as 'string', ...(values && { enum: values }) };
  return { is: 'object', type: code };
}
