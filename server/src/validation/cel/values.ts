// What CEL expressions evaluate to. int is bigint, double is number, a map or object is a Map; everything else has a class.
import { isEqual } from '../../kube/equal.ts';
import { formatQuantity, compareQuantities, type Quantity } from '../../kube/quantity.ts';

export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | Uint
  | Timestamp
  | Duration
  | Optional
  | TypeValue
  | Opaque
  | readonly Value[]
  | ReadonlyMap<string | bigint | boolean, Value>;

/** An error that an expression met. Thrown inside this folder only; `run` turns it into a result. */
export class CelError extends Error {}

export class Uint {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export class Timestamp {
  /** Since 1970. */
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

export class Duration {
  readonly ns: bigint;
  constructor(ns: bigint) {
    this.ns = ns;
  }
}

export class Optional {
  static readonly none: Optional = new Optional(undefined);
  readonly value: Value | undefined;
  constructor(value: Value | undefined) {
    this.value = value;
  }
}

export class TypeValue {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A value of Kubernetes' own types: quantity, url, ip, cidr, authorizer. `fields`: what can be selected from it. */
export class Opaque {
  readonly type: string;
  readonly inner: unknown;
  readonly text: string;
  readonly fields: ReadonlyMap<string, Value>;
  constructor(type: string, inner: unknown, text: string, fields: ReadonlyMap<string, Value> = new Map()) {
    this.type = type;
    this.inner = inner;
    this.text = text;
    this.fields = fields;
  }
}

/** How the items of a list belong together, where its schema says so: sets and maps are compared without regard to order. */
export const listKinds = new WeakMap<readonly Value[], { readonly type: 'set' | 'map'; readonly keyOf: (item: Value) => string }>();

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isMapValue = (value: Value): value is ReadonlyMap<string | bigint | boolean, Value> => value instanceof Map;

/** As type() and messages call it. */
export function typeName(value: Value): string {
  if (value === null) return 'null_type';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
    default:
      return className(value);
  }
}

function className(value: object): string {
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof Optional) return 'optional_type';
  if (value instanceof TypeValue) return 'type';
  if (value instanceof Opaque) return value.type;
  return Array.isArray(value) ? 'list' : 'map';
}

export function equals(a: Value, b: Value): boolean {
  if (a === b) return true;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return x == y;
  if (isList(a)) return isList(b) && sameLists(a, b);
  if (isMapValue(a)) return isMapValue(b) && a.size === b.size && [...a].every(([key, value]) => b.has(key) && equals(value, b.get(key)!));
  if (a instanceof Timestamp) return b instanceof Timestamp && a.ms === b.ms;
  if (a instanceof Duration) return b instanceof Duration && a.ns === b.ns;
  if (a instanceof TypeValue) return b instanceof TypeValue && a.name === b.name;
  if (a instanceof Optional) {
    return b instanceof Optional && (a.value === undefined || b.value === undefined ? a.value === b.value : equals(a.value, b.value));
  }
  if (a instanceof Opaque) return b instanceof Opaque && a.type === b.type && sameOpaque(a, b);
  return a instanceof Uint8Array && b instanceof Uint8Array && isEqual([...a], [...b]);
}

function sameOpaque(a: Opaque, b: Opaque): boolean {
  if (a.type === 'kubernetes.Quantity') return compareQuantities(a.inner as Quantity, b.inner as Quantity) === 0;
  return isEqual(a.inner, b.inner);
}

function sameLists(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  const kind = listKinds.get(a) ?? listKinds.get(b);
  if (!kind) return a.every((item, i) => equals(item, b[i]!));
  const others = new Map(b.map((item) => [kind.keyOf(item), item]));
  return a.every((item) => others.has(kind.keyOf(item)) && equals(item, others.get(kind.keyOf(item))!));
}

/** A number of any of the three kinds, in a form in which they compare. */
export function numberOf(value: Value): number | bigint | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return value instanceof Uint ? value.value : undefined;
}

/** Negative, zero or positive; undefined for what has no order. */
export function compare(a: Value, b: Value): number | undefined {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return order(x, y);
  if (typeof a === 'string' && typeof b === 'string') return order(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return order(Number(a), Number(b));
  if (a instanceof Timestamp && b instanceof Timestamp) return order(a.ms, b.ms);
  if (a instanceof Duration && b instanceof Duration) return order(a.ns, b.ns);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return order(String.fromCharCode(...a), String.fromCharCode(...b));
  return undefined;
}

const order = (a: string | number | bigint, b: string | number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** As format('%s') and messages show it. */
export function valueText(value: Value): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Opaque) return value.type === 'kubernetes.Quantity' ? formatQuantity(value.inner as Quantity) : value.text;
  if (value instanceof Timestamp) return new Date(value.ms).toISOString().replace(/\.?0*Z$/, 'Z');
  if (value instanceof Duration) return durationText(value);
  if (value instanceof TypeValue) return value.name;
  if (value instanceof Optional) return value.value === undefined ? 'optional.none()' : `optional(${valueText(value.value)})`;
  if (value instanceof Uint8Array) return decodeURIComponent([...value].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`;
  return `{${[...value].map(([key, item]) => `${String(key)}: ${valueText(item)}`).join(', ')}}`;
}

/** Seconds with their fraction: '90s', '0.5s'. */
function durationText({ ns }: Duration): string {
  const sign = ns < 0n ? '-' : '';
  const size = ns < 0n ? -ns : ns;
  const fraction = String(size % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${sign}${size / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}s`;
}
