// Fills in what the server fills in, for any kind: walks an object along the Go structs it is made of, and lets the fillers of each
// struct (fillers.ts) and the defaults of the schema do their part, from the outside in.
// Invariant: nothing is changed in place, what stays the same is shared, and an object that lacks nothing is returned itself.
import { formatQuantity, quantityOf, roundUpToMilli } from '../../kube/quantity.ts';
import { fieldsOf } from '../../schema/fields.ts';
import type { GoType, WireField } from '../../schema/go-types.ts';
import { structOf } from '../../schema/go-types.ts';
import { fillers } from './fillers.ts';
import type { Fields } from './fill.ts';

type Visit = (value: unknown) => unknown;

/** `type` as in KindInfo. */
export function withDefaults<T extends object>(type: string, object: T): T {
  const visit = visitOfStruct(type);
  return visit ? (visit(object) as T) : object;
}

/** Known visits; undefined for structs in which there is nothing to fill in. No struct with fillers contains itself. */
const visits = new Map<string, Visit | undefined>();

function visitOfStruct(name: string): Visit | undefined {
  if (visits.has(name)) return visits.get(name);
  visits.set(name, undefined);
  const { wire } = structOf(name);
  const fill = Object.hasOwn(fillers, name) ? (fillers[name] as (value: Fields) => Fields) : undefined;
  const ofSchema = wire.flatMap((field) => schemaDefault(name, field));
  const below = wire.flatMap(({ json, type }) => {
    const visit = visitOfType(type);
    return visit ? [{ json, visit }] : [];
  });
  const visit: Visit | undefined = fill || ofSchema.length > 0 || below.length > 0 ? (value) => visitStruct(value as Fields, fill, ofSchema, below) : undefined;
  visits.set(name, visit);
  return visit;
}

interface SchemaDefault {
  readonly json: string;
  readonly value: unknown;
}

/** Defaults that show: an empty text or number shows only behind a pointer. Structs are always there already. */
function schemaDefault(name: string, { json, type }: WireField): readonly SchemaDefault[] {
  const value = fieldsOf(name).get(json)?.default;
  const shows = value !== undefined && typeof value !== 'object' && (type.is === 'pointer' || Boolean(value));
  return shows ? [{ json, value }] : [];
}

function visitStruct(
  value: Fields,
  fill: ((value: Fields) => Fields) | undefined,
  ofSchema: readonly SchemaDefault[],
  below: readonly { readonly json: string; readonly visit: Visit }[],
): Fields {
  const filled = fill ? fill(value) : value;
  let copy: Record<string, unknown> | undefined;
  for (const one of ofSchema) {
    const before = filled[one.json];
    if (before === undefined || before === null) (copy ??= { ...filled })[one.json] = one.value;
  }
  for (const { json, visit } of below) {
    const before = filled[json];
    if (before === undefined || before === null) continue;
    const after = visit(before);
    if (after !== before) (copy ??= { ...filled })[json] = after;
  }
  return copy ?? filled;
}

function visitOfType(type: GoType): Visit | undefined {
  if (type.text === 'v1.ResourceList') return (value) => mapValues(value as Fields, roundedAmount);
  switch (type.is) {
    case 'struct':
      return visitOfStruct(type.name);
    case 'pointer':
      return visitOfType(type.to);
    case 'slice': {
      const visit = visitOfType(type.of);
      return visit && ((value) => mapItems(value as readonly unknown[], visit));
    }
    case 'map': {
      const visit = visitOfType(type.of);
      return visit && ((value) => mapValues(value as Fields, visit));
    }
    default:
      return undefined;
  }
}

function mapItems(list: readonly unknown[], visit: Visit): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [i, before] of list.entries()) {
    const after = visit(before);
    if (after !== before) (copy ??= [...list])[i] = after;
  }
  return copy ?? list;
}

function mapValues(map: Fields, visit: Visit): Fields {
  let copy: Record<string, unknown> | undefined;
  for (const [key, before] of Object.entries(map)) {
    const after = visit(before);
    if (after !== before) (copy ??= { ...map })[key] = after;
  }
  return copy ?? map;
}

/** Only amounts finer than thousandths, '1u' or '1e-6', are touched. */
function roundedAmount(amount: unknown): unknown {
  if (typeof amount !== 'string' || !/[un]$|e-/.test(amount)) return amount;
  return formatQuantity(roundUpToMilli(quantityOf(amount)));
}
