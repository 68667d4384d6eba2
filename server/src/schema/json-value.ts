// JSON values as the decoder sees them: plain ones, and two shapes that keep what JSON.parse would lose.

/** A number whose digits JavaScript would change: '1e0', '1.0', '9223372036854775807'. */
export class Lexeme {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An object with a key twice, or with keys that JavaScript would put in another order. */
export class Entries {
  readonly list: readonly (readonly [key: string, value: unknown])[];
  constructor(list: readonly (readonly [key: string, value: unknown])[]) {
    this.list = list;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Lexeme);
}

export function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return value instanceof Entries ? value.list : Object.entries(value);
}

export function isNumber(value: unknown): value is number | Lexeme {
  return typeof value === 'number' || value instanceof Lexeme;
}

export function numberText(value: number | Lexeme): string {
  return typeof value === 'number' ? String(value) : value.text;
}

export function isInteger(value: unknown, bits: 32 | 64): value is number | Lexeme {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return bits === 64 || (value >= -2147483648 && value <= 2147483647);
  if (!isNumber(value) || !/^-?\d+$/.test(numberText(value))) return false;
  const exact = BigInt(numberText(value));
  return BigInt.asIntN(bits, exact) === exact;
}

/** What Go's messages call a JSON value. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (isNumber(value)) return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'object';
}

/** Without Lexeme and Entries; of keys that are there twice the last one counts. */
export function plain(value: unknown): unknown {
  if (value instanceof Lexeme) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(entriesOf(value).map(([key, one]) => [key, plain(one)]));
}
