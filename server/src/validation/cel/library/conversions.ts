// From one type to another.
import { overload, type Overload } from '../signature.ts';
import { parseGoTime } from '../../../kube/time.ts';
import { utf8 } from '../lex.ts';
import { CelError, Duration, Timestamp, typeName, TypeValue, Uint, valueText, type Value } from '../values.ts';

const fail = (message: string): never => {
  throw new CelError(message);
};

function toInt(value: number | string): bigint {
  if (typeof value === 'string') return /^[-+]?\d+$/.test(value) ? BigInt(value) : fail(`type conversion error from 'string' to 'int'`);
  return Number.isFinite(value) && Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : fail('integer overflow');
}

const toUint = (value: bigint): Uint => (value < 0n ? fail('unsigned integer overflow') : new Uint(value));

function toDouble(text: string): number {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : fail(`type conversion error from 'string' to 'double'`);
}

function toBool(text: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text) ? false : fail(`type conversion error from 'string' to 'bool'`);
}

export function toTimestamp(text: string): Timestamp {
  const read = parseGoTime(text, 'time');
  return 'ms' in read ? new Timestamp(read.ms) : fail(read.error);
}

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** '1h30m', '-0.5s'; Go's own syntax. */
export function toDuration(text: string): Duration {
  const match = /^([-+]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.exec(text);
  if (text === '0') return new Duration(0n);
  if (!match) return fail(`time: invalid duration ${JSON.stringify(text)}`);
  let ns = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) ns += Number(amount) * units[unit!]!;
  return new Duration(BigInt(Math.round(match[1] === '-' ? -ns : ns)));
}

export const conversions: readonly Overload[] = [
  overload('int(int): int', (a: bigint) => a),
  overload('int(uint): int', ({ value }: Uint) => value),
  overload('int(double): int', toInt),
  overload('int(string): int', toInt),
  overload('int(timestamp): int', ({ ms }: Timestamp) => BigInt(Math.floor(ms / 1000))),
  overload('int(duration): int', ({ ns }: Duration) => ns),
  overload('uint(int): uint', toUint),
  overload('uint(uint): uint', (a: Uint) => a),
  overload('uint(double): uint', (a: number) => toUint(toInt(a))),
  overload('uint(string): uint', (a: string) => toUint(toInt(a))),
  overload('double(double): double', (a: number) => a),
  overload('double(int): double', Number),
  overload('double(uint): double', ({ value }: Uint) => Number(value)),
  overload('double(string): double', toDouble),
  overload('bool(bool): bool', (a: boolean) => a),
  overload('bool(string): bool', toBool),
  ...['string', 'int', 'uint', 'double', 'bool', 'bytes', 'timestamp', 'duration'].map((type) => overload(`string(${type}): string`, valueText)),
  overload('bytes(string): bytes', utf8),
  overload('bytes(bytes): bytes', (a: Uint8Array) => a),
  overload('timestamp(string): timestamp', toTimestamp),
  overload('timestamp(int): timestamp', (a: bigint) => new Timestamp(Number(a) * 1000)),
  overload('timestamp(timestamp): timestamp', (a: Timestamp) => a),
  overload('duration(string): duration', toDuration),
  overload('duration(int): duration', (a: bigint) => new Duration(a)),
  overload('duration(duration): duration', (a: Duration) => a),
  overload('dyn(A): dyn', (a: Value) => a),
  overload('type(A): type', (a: Value) => new TypeValue(typeName(a))),
];
