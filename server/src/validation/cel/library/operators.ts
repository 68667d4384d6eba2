// Operators, and what CEL itself knows of lists and maps.
import { overload, type Overload } from '../signature.ts';
import { CelError, compare, Duration, equals, isList, isMapValue, listKinds, Optional, Timestamp, Uint, type Value } from '../values.ts';

const fail = (message: string): never => {
  throw new CelError(message);
};

function inRange(value: bigint): bigint {
  return BigInt.asIntN(64, value) === value ? value : fail('integer overflow');
}

const unsigned = (value: bigint): Uint => (value >= 0n && BigInt.asUintN(64, value) === value ? new Uint(value) : fail('unsigned integer overflow'));

const divided = (a: bigint, b: bigint): bigint => (b === 0n ? fail('division by zero') : inRange(a / b));
const rest = (a: bigint, b: bigint): bigint => (b === 0n ? fail('modulus by zero') : a % b);

const arithmetic: readonly Overload[] = [
  overload('_+_(int, int): int', (a: bigint, b: bigint) => inRange(a + b)),
  overload('_+_(uint, uint): uint', (a: Uint, b: Uint) => unsigned(a.value + b.value)),
  overload('_+_(double, double): double', (a: number, b: number) => a + b),
  overload('_+_(string, string): string', (a: string, b: string) => a + b),
  overload('_+_(bytes, bytes): bytes', (a: Uint8Array, b: Uint8Array) => Uint8Array.from([...a, ...b])),
  overload('_+_(list<A>, list<A>): list<A>', joinLists),
  overload('_+_(timestamp, duration): timestamp', (a: Timestamp, b: Duration) => new Timestamp(a.ms + Number(b.ns / 1_000_000n))),
  overload('_+_(duration, timestamp): timestamp', (a: Duration, b: Timestamp) => new Timestamp(b.ms + Number(a.ns / 1_000_000n))),
  overload('_+_(duration, duration): duration', (a: Duration, b: Duration) => new Duration(a.ns + b.ns)),
  overload('_-_(int, int): int', (a: bigint, b: bigint) => inRange(a - b)),
  overload('_-_(uint, uint): uint', (a: Uint, b: Uint) => unsigned(a.value - b.value)),
  overload('_-_(double, double): double', (a: number, b: number) => a - b),
  overload('_-_(timestamp, timestamp): duration', (a: Timestamp, b: Timestamp) => new Duration(BigInt(a.ms - b.ms) * 1_000_000n)),
  overload('_-_(timestamp, duration): timestamp', (a: Timestamp, b: Duration) => new Timestamp(a.ms - Number(b.ns / 1_000_000n))),
  overload('_-_(duration, duration): duration', (a: Duration, b: Duration) => new Duration(a.ns - b.ns)),
  overload('_*_(int, int): int', (a: bigint, b: bigint) => inRange(a * b)),
  overload('_*_(uint, uint): uint', (a: Uint, b: Uint) => unsigned(a.value * b.value)),
  overload('_*_(double, double): double', (a: number, b: number) => a * b),
  overload('_/_(int, int): int', divided),
  overload('_/_(uint, uint): uint', (a: Uint, b: Uint) => new Uint(divided(a.value, b.value))),
  overload('_/_(double, double): double', (a: number, b: number) => a / b),
  overload('_%_(int, int): int', rest),
  overload('_%_(uint, uint): uint', (a: Uint, b: Uint) => new Uint(rest(a.value, b.value))),
  overload('-_(int): int', (a: bigint) => inRange(-a)),
  overload('-_(double): double', (a: number) => -a),
  overload('!_(bool): bool', (a: boolean) => !a),
];

/** A set takes in what is new; a map replaces by key; any other list is lengthened. */
function joinLists(a: readonly Value[], b: readonly Value[]): Value {
  const kind = listKinds.get(a);
  if (!kind) return [...a, ...b];
  const items = new Map(a.map((item) => [kind.keyOf(item), item]));
  for (const item of b) items.set(kind.keyOf(item), item);
  const joined = [...items.values()];
  listKinds.set(joined, kind);
  return joined;
}

const ordered = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration'];
const mixed = ['int', 'uint', 'double'].flatMap((a) => ['int', 'uint', 'double'].filter((b) => b !== a).map((b) => [a, b] as const));

const tests: Readonly<Record<string, (order: number) => boolean>> = {
  '_<_': (order) => order < 0,
  '_<=_': (order) => order <= 0,
  '_>_': (order) => order > 0,
  '_>=_': (order) => order >= 0,
};

const comparisons: readonly Overload[] = Object.entries(tests).flatMap(([name, test]) =>
  [...ordered.map((type) => [type, type] as const), ...mixed].map(([a, b]) =>
    overload(`${name}(${a}, ${b}): bool`, (x: Value, y: Value) => test(compare(x, y) ?? fail('no such overload'))),
  ),
);

function item(list: readonly Value[], index: Value): Value {
  const at = Number(index instanceof Uint ? index.value : index);
  return Number.isInteger(at) && at >= 0 && at < list.length ? list[at]! : fail(`index out of bounds: ${at}`);
}

const keyOf = (key: Value) => (typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : key) as string;

const entry = (map: ReadonlyMap<unknown, Value>, key: Value): Value =>
  map.get(keyOf(key)) ?? (map.has(keyOf(key)) ? null : fail(`no such key: ${String(key)}`));

const maybe = (find: () => Value): Value => {
  try {
    return new Optional(find());
  } catch (error) {
    if (error instanceof CelError) return Optional.none;
    throw error;
  }
};

const characters = (text: string) => BigInt([...text].length);

export const operators: readonly Overload[] = [
  ...arithmetic,
  ...comparisons,
  overload('_==_(A, A): bool', equals),
  overload('_!=_(A, A): bool', (a: Value, b: Value) => !equals(a, b)),
  overload('_&&_(bool, bool): bool', (a: boolean, b: boolean) => a && b),
  overload('_||_(bool, bool): bool', (a: boolean, b: boolean) => a || b),
  overload('_?_:_(bool, A, A): A', (c: boolean, a: Value, b: Value) => (c ? a : b)),
  overload('@in(A, list<A>): bool', (a: Value, list: readonly Value[]) => list.some((one) => equals(one, a))),
  overload('@in(A, map<A, B>): bool', (a: Value, map: ReadonlyMap<unknown, Value>) => map.has(keyOf(a))),
  overload('_[_](list<A>, int): A', item),
  overload('_[_](map<A, B>, A): B', entry),
  overload('_[?_](list<A>, int): optional<A>', (list: readonly Value[], index: Value) => maybe(() => item(list, index))),
  overload('_[?_](map<A, B>, A): optional<B>', (map: ReadonlyMap<unknown, Value>, key: Value) => maybe(() => entry(map, key))),
  ...['string', 'bytes', 'list<A>', 'map<A, B>'].flatMap((type) => [overload(`size(${type}): int`, size), overload(`${type}.size(): int`, size)]),
  overload('optional.of(A): optional<A>', (value: Value) => new Optional(value)),
  overload('optional.ofNonZeroValue(A): optional<A>', (value: Value) => (isZero(value) ? Optional.none : new Optional(value))),
  overload('optional.none(): optional<A>', () => Optional.none),
  overload('optional<A>.hasValue(): bool', ({ value }: Optional) => value !== undefined),
  overload('optional<A>.value(): A', ({ value }: Optional) => (value === undefined ? fail('optional.none() dereference') : value)),
  overload('optional<A>.orValue(A): A', ({ value }: Optional, other: Value) => (value === undefined ? other : value)),
  overload('optional<A>.or(optional<A>): optional<A>', (a: Optional, b: Optional) => (a.value === undefined ? b : a)),
];

function size(value: Value): Value {
  if (typeof value === 'string') return characters(value);
  return BigInt(isMapValue(value) ? value.size : (value as { readonly length: number }).length);
}

function isZero(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0 || value === 0n) return true;
  return (isList(value) && value.length === 0) || (isMapValue(value) && value.size === 0);
}
