// The functions of Go's text/template, and the two that kubectl adds: exists and base64decode. Source: text/template/funcs.go.
import { decodeBase64 } from '../../../kube/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kube/utf8.ts';
import { sprintf } from './printf.ts';
import { textOf, typeName, type Value } from './values.ts';

/** What a function says about its arguments. */
export class CallProblem extends Error {}

function fail(message: string): never {
  throw new CallProblem(message);
}

type Call = (...values: readonly Value[]) => Value;

export const functions: Readonly<Record<string, Call>> = {
  and: (...values) => values.at(-1),
  or: (...values) => values.at(-1),
  not: (value) => !truth(value),
  len,
  index,
  slice,
  print: (...values) => sprint(values),
  println: (...values) => `${values.map(textOf).join(' ')}\n`,
  printf: (format, ...values) =>
    typeof format === 'string' ? sprintf(format, values) : fail(`wrong type for value; expected string; got ${typeName(format)}`),
  html: (...values) => sprint(values).replace(/[&<>"'\0]/g, (character) => entities[character]!),
  js: (...values) => sprint(values).replace(/[\\'"<>&=\n\r\t]/g, (character) => escapes[character]!),
  urlquery: (...values) => encodeURIComponent(sprint(values)).replaceAll('%20', '+'),
  call: () => fail('call of nil'),
  eq: (first, ...others) => {
    if (others.length === 0) fail('missing argument for comparison');
    return others.some((other) => equal(first, other));
  },
  ne: (a, b) => !equal(a, b),
  lt: (a, b) => less(a, b),
  le: (a, b) => less(a, b) || equal(a, b),
  gt: (a, b) => !less(a, b) && !equal(a, b),
  ge: (a, b) => !less(a, b),
  exists: (value, ...path) => exists(value, path),
  base64decode: (value) => {
    const decoded = decodeBase64(String(value));
    return 'bytes' in decoded ? (decodeUtf8(decoded.bytes) ?? '') : fail(`base64 decode failed: ${decoded.error}`);
  },
};

export const functionNames: ReadonlySet<string> = new Set(Object.keys(functions));

const truth = (value: Value) => (typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : !!value);

/** Blanks stand between operands when neither is a text. */
function sprint(values: readonly Value[]): string {
  return values.reduce<string>((text, value, i) => {
    const apart = i > 0 && typeof value !== 'string' && typeof values[i - 1] !== 'string';
    return `${text}${apart ? ' ' : ''}${textOf(value)}`;
  }, '');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;', '\0': '\uFFFD' };

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
  '\n': '\\u000A',
  '\r': '\\u000D',
  '\t': '\\u0009',
};

function len(value: Value): Value {
  if (value === undefined || value === null) fail('len of nil pointer');
  if (typeof value === 'string') return BigInt(encodeUtf8(value).length);
  return typeof value === 'object' ? BigInt(Array.isArray(value) ? value.length : Object.keys(value).length) : fail(`len of type ${typeName(value)}`);
}

function index(value: Value, ...keys: readonly Value[]): Value {
  if (value === undefined || value === null) fail('index of untyped nil');
  let found: Value = value;
  for (const key of keys) {
    if (found === undefined || found === null) fail('index of nil pointer');
    if (Array.isArray(found)) found = found[position(key, found.length)] as Value;
    else if (typeof found === 'string') found = BigInt(encodeUtf8(found)[position(key, found.length)]!);
    else if (typeof found === 'object') {
      if (typeof key !== 'string') fail(`value has type ${typeName(key)}; should be string`);
      found = Object.hasOwn(found, key) ? (found as Readonly<Record<string, Value>>)[key] : undefined;
    } else fail(`can't index item of type ${typeName(found)}`);
  }
  return found;
}

function position(key: Value, length: number): number {
  if (typeof key !== 'bigint')
    fail(key === undefined || key === null ? 'cannot index slice/array with nil' : `cannot index slice/array with type ${typeName(key)}`);
  if (key < 0n || key >= BigInt(length)) fail(`index out of range: ${key}`);
  return Number(key);
}

function slice(value: Value, ...bounds: readonly Value[]): Value {
  if (typeof value !== 'string' && !Array.isArray(value)) fail(`can't slice item of type ${typeName(value)}`);
  const whole = value as string | readonly Value[];
  const [from = 0n, to = BigInt(whole.length)] = bounds as readonly bigint[];
  for (const bound of [from, to]) if (typeof bound !== 'bigint' || bound < 0n || bound > BigInt(whole.length)) fail(`index out of range: ${bound}`);
  if (from > to) fail(`invalid slice index: ${from} > ${to}`);
  return whole.slice(Number(from), Number(to)) as Value;
}

/** Go compares only what is of one basic kind: an int constant is no float64. */
function kindOf(value: Value): string {
  if (value === undefined || value === null) return 'nil';
  return typeof value === 'object' ? fail('non-comparable type') : typeName(value);
}

function equal(a: Value, b: Value): boolean {
  const [left, right] = [kindOf(a), kindOf(b)];
  if (left === 'nil' || right === 'nil') return left === right;
  if (left !== right) fail('incompatible types for comparison');
  return a === b;
}

function less(a: Value, b: Value): boolean {
  const [left, right] = [kindOf(a), kindOf(b)];
  if (left !== right) fail('incompatible types for comparison');
  if (left === 'bool' || left === 'nil') fail('invalid type for comparison');
  return (a as string) < (b as string);
}

function exists(value: Value, path: readonly Value[]): boolean {
  let found: Value = value;
  for (const key of path) {
    if (Array.isArray(found)) found = found[Number(key)] as Value;
    else if (typeof found === 'object' && found !== null && typeof key === 'string' && Object.hasOwn(found, key))
      found = (found as Readonly<Record<string, Value>>)[key];
    else return false;
    if (found === undefined) return false;
  }
  return true;
}
