// Lists and sets: Kubernetes' list library, CEL's sets and lists extensions.
import { overload, type Overload } from '../signature.ts';
import { CelError, compare, Duration, equals, isList, listKinds, numberOf, Optional, Uint, type Value } from '../values.ts';

type List = readonly Value[];

const fail = (message: string): never => {
  throw new CelError(message);
};

const inOrder = (a: Value, b: Value): number => compare(a, b) ?? fail('no such overload');

function extreme(list: List, name: string, better: (order: number) => boolean): Value {
  if (list.length === 0) return fail(`${name} called on empty list`);
  return list.reduce((best, one) => (better(inOrder(one, best)) ? one : best));
}

function sum(list: List): Value {
  const [first] = list;
  if (first instanceof Duration) return new Duration(list.reduce<bigint>((total, one) => total + (one as Duration).ns, 0n));
  if (typeof first === 'number') return list.reduce<number>((total, one) => total + Number(one), 0);
  if (first instanceof Uint) return new Uint(list.reduce<bigint>((total, one) => total + (one as Uint).value, 0n));
  return list.reduce<bigint>((total, one) => total + ((numberOf(one) as bigint | undefined) ?? fail('no such overload')), 0n);
}

const has = (list: List, value: Value) => list.some((one) => equals(one, value));

function distinct(list: List): Value {
  const found: Value[] = [];
  for (const one of list) if (!has(found, one)) found.push(one);
  return found;
}

function slice(list: List, from: bigint, to: bigint): Value {
  if (from < 0n || to < 0n) return fail(`cannot slice(${from}, ${to}), negative indexes not supported`);
  if (from > to) return fail(`cannot slice(${from}, ${to}), start index must be less than or equal to end index`);
  return to > BigInt(list.length) ? fail(`cannot slice(${from}, ${to}), list is length ${list.length}`) : list.slice(Number(from), Number(to));
}

const flat = (list: List, depth: number): List => list.flatMap((one) => (isList(one) && depth > 0 ? flat(one, depth - 1) : [one]));

const sorted = (list: List): Value => {
  const copy = [...list].sort(inOrder);
  const kind = listKinds.get(list);
  if (kind) listKinds.set(copy, kind);
  return copy;
};

const summable = ['int', 'uint', 'double', 'duration'];
const comparable = [...summable, 'bool', 'string', 'bytes', 'timestamp'];

export const listFunctions: readonly Overload[] = [
  ...summable.map((type) => overload(`list<${type}>.sum(): ${type}`, sum)),
  ...comparable.flatMap((type) => [
    overload(`list<${type}>.isSorted(): bool`, (list: List) => list.every((one, i) => i === 0 || inOrder(list[i - 1]!, one) <= 0)),
    overload(`list<${type}>.min(): ${type}`, (list: List) => extreme(list, 'min', (order) => order < 0)),
    overload(`list<${type}>.max(): ${type}`, (list: List) => extreme(list, 'max', (order) => order > 0)),
  ]),
  overload('list<A>.first(): optional<A>', (list: List) => (list.length > 0 ? new Optional(list[0]) : Optional.none)),
  overload('list<A>.last(): optional<A>', (list: List) => (list.length > 0 ? new Optional(list.at(-1)) : Optional.none)),
  overload('list<A>.indexOf(A): int', (list: List, value: Value) => BigInt(list.findIndex((one) => equals(one, value)))),
  overload('list<A>.lastIndexOf(A): int', (list: List, value: Value) => BigInt(list.findLastIndex((one) => equals(one, value)))),
  overload('list<A>.distinct(): list<A>', distinct),
  overload('list<A>.reverse(): list<A>', (list: List) => list.toReversed()),
  overload('list<A>.sort(): list<A>', sorted),
  overload('list<A>.slice(int, int): list<A>', slice),
  overload('list<list<A>>.flatten(): list<A>', (list: List) => flat(list, 1)),
  overload('list<A>.flatten(int): list<dyn>', (list: List, depth: bigint) => flat(list, Number(depth))),
  overload('lists.range(int): list<int>', (count: bigint) =>
    count > 100_000n ? fail('operation cancelled: actual cost limit exceeded') : Array.from({ length: Number(count) }, (_, i) => BigInt(i)),
  ),
  overload('sets.contains(list<A>, list<A>): bool', (a: List, b: List) => b.every((one) => has(a, one))),
  overload('sets.intersects(list<A>, list<A>): bool', (a: List, b: List) => b.some((one) => has(a, one))),
  overload('sets.equivalent(list<A>, list<A>): bool', (a: List, b: List) => a.every((one) => has(b, one)) && b.every((one) => has(a, one))),
];
