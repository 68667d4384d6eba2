// Strings: CEL's own functions, the strings extension, Kubernetes' regular expressions.
import { compileGoRegexp, type GoRegexp } from '../../../kube/go-regexp.ts';
import { utf8 } from '../lex.ts';
import { overload, type Overload } from '../signature.ts';
import { CelError, isList, numberOf, typeName, valueText, type Value } from '../values.ts';

const fail = (message: string): never => {
  throw new CelError(message);
};

function regexp(pattern: string): GoRegexp {
  const compiled = compileGoRegexp(pattern);
  return 'error' in compiled ? fail(compiled.error) : compiled;
}

const letters = (text: string) => [...text];

function substring(text: string, from: bigint, to?: bigint): string {
  const all = letters(text);
  const end = to === undefined ? all.length : Number(to);
  if (from < 0n || Number(from) > all.length) return fail(`index out of range: ${from}`);
  if (end < Number(from) || end > all.length)
    return fail(end > all.length ? `index out of range: ${end}` : `invalid substring range. start: ${from}, end: ${end}`);
  return all.slice(Number(from), end).join('');
}

function charAt(text: string, index: bigint): string {
  const all = letters(text);
  return index < 0n || Number(index) > all.length ? fail(`index out of range: ${index}`) : (all[Number(index)] ?? '');
}

const position = (text: string, at: number) => (at < 0 ? -1n : BigInt(letters(text.slice(0, at)).length));

function replace(text: string, from: string, to: string, limit = -1n): string {
  const parts = text.split(from);
  const times = limit < 0n ? parts.length - 1 : Math.min(Number(limit), parts.length - 1);
  return [parts.slice(0, times + 1).join(to), ...parts.slice(times + 1)].join(from);
}

function split(text: string, by: string, limit = -1n): readonly string[] {
  if (limit === 0n) return [];
  const parts = by === '' ? letters(text) : text.split(by);
  if (limit < 0n || parts.length <= Number(limit)) return parts;
  return [...parts.slice(0, Number(limit) - 1), parts.slice(Number(limit) - 1).join(by)];
}

const findAll = (text: string, pattern: string, limit = -1n): readonly string[] => regexp(pattern).findAll(text, Number(limit));

/** '%s is %d of %.2f'.format([…]) */
function format(text: string, args: readonly Value[]): string {
  let next = 0;
  return text.replace(/%(?:%|(?:\.(\d+))?([sdfexXob]))/g, (_, precision: string | undefined, verb: string | undefined) => {
    if (verb === undefined) return '%';
    const arg = args[next++];
    if (arg === undefined) return fail(`index ${next - 1} out of range`);
    return formatted(arg, verb, precision);
  });
}

function formatted(value: Value, verb: string, precision: string | undefined): string {
  if (verb === 's') return isList(value) ? `[${value.map((one) => formatted(one, 's', undefined)).join(', ')}]` : valueText(value);
  const number = numberOf(value);
  if (number === undefined) {
    if ((verb === 'x' || verb === 'X') && typeof value === 'string') return hex(utf8(value), verb);
    return fail(`error during formatting: no such overload: ${verb}, ${typeName(value)}`);
  }
  switch (verb) {
    case 'f':
      return Number(number).toFixed(precision === undefined ? 6 : Number(precision));
    case 'e':
      return Number(number)
        .toExponential(precision === undefined ? 6 : Number(precision))
        .replace(/e([-+])(\d)$/, 'e$10$2');
    case 'x':
      return number.toString(16);
    case 'X':
      return number.toString(16).toUpperCase();
    case 'o':
      return number.toString(8);
    case 'b':
      return number.toString(2);
    default:
      return String(number);
  }
}

function hex(bytes: Uint8Array, verb: string): string {
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return verb === 'X' ? text.toUpperCase() : text;
}

const ascii = (text: string, pattern: RegExp, change: (found: string) => string) => text.replace(pattern, change);

export const stringFunctions: readonly Overload[] = [
  overload('string.contains(string): bool', (a: string, b: string) => a.includes(b)),
  overload('string.startsWith(string): bool', (a: string, b: string) => a.startsWith(b)),
  overload('string.endsWith(string): bool', (a: string, b: string) => a.endsWith(b)),
  overload('string.matches(string): bool', (a: string, b: string) => regexp(b).test(a)),
  overload('matches(string, string): bool', (a: string, b: string) => regexp(b).test(a)),
  overload('string.find(string): string', (a: string, b: string) => regexp(b).find(a)),
  overload('string.findAll(string): list<string>', (a: string, b: string) => findAll(a, b)),
  overload('string.findAll(string, int): list<string>', findAll),
  overload('string.charAt(int): string', charAt),
  overload('string.indexOf(string): int', (a: string, b: string) => position(a, a.indexOf(b))),
  overload('string.indexOf(string, int): int', (a: string, b: string, from: bigint) =>
    position(a, a.indexOf(b, letters(a).slice(0, Number(from)).join('').length)),
  ),
  overload('string.lastIndexOf(string): int', (a: string, b: string) => position(a, a.lastIndexOf(b))),
  overload('string.lastIndexOf(string, int): int', (a: string, b: string, from: bigint) => position(a, a.lastIndexOf(b, Number(from)))),
  overload('string.lowerAscii(): string', (a: string) => ascii(a, /[A-Z]/g, (found) => found.toLowerCase())),
  overload('string.upperAscii(): string', (a: string) => ascii(a, /[a-z]/g, (found) => found.toUpperCase())),
  overload('string.replace(string, string): string', (a: string, b: string, c: string) => replace(a, b, c)),
  overload('string.replace(string, string, int): string', replace),
  overload('string.split(string): list<string>', (a: string, b: string) => split(a, b)),
  overload('string.split(string, int): list<string>', split),
  overload('string.substring(int): string', (a: string, from: bigint) => substring(a, from)),
  overload('string.substring(int, int): string', substring),
  overload('string.trim(): string', (a: string) => a.trim()),
  overload('string.format(list<dyn>): string', format),
  overload('list<string>.join(): string', (list: readonly string[]) => list.join('')),
  overload('list<string>.join(string): string', (list: readonly string[], by: string) => list.join(by)),
  overload('strings.quote(string): string', (a: string) => JSON.stringify(a)),
];
