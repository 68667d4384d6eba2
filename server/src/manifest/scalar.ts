// What a plain scalar means. kubectl reads YAML 1.1 as go-yaml v2 does (through sigs.k8s.io/yaml), not YAML 1.2: `yes`, `on` and `y` are booleans,
// `0644` is the octal 420, `12e3` the number 12000. Timestamps stay text, since the target is JSON; `1:30` is text too, base 60 was dropped.

export type Scalar = string | number | boolean | null;

const words = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9]\d*|0))$/;

/** The value of an unquoted, untagged scalar. `1_000` → 1000, `08` → 8 (not octal, so a decimal float), `1:30` → '1:30'. */
export function resolvePlain(text: string): Scalar {
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first === 46 /* . */) return float.test(text) ? finiteOr(text, text) : text;
  if (first !== 43 /* + */ && first !== 45 /* - */ && (first < 48 || first > 57)) return text;
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  const match = integer.exec(digits);
  if (match) return integerOf(match);
  return float.test(digits) ? finiteOr(digits, text) : text;
}

/** Numbers beyond 2^53 lose their last digits here, as in any JSON reader of JavaScript. */
function integerOf([, sign, hex, binary, octal, decimal]: RegExpExecArray): number {
  const size = hex ? Number(`0x${hex}`) : binary ? Number(`0b${binary}`) : octal ? Number(`0o${octal}`) : Number(decimal);
  return sign === '-' ? 0 - size : size;
}

/** Go's ParseFloat refuses what does not fit a double (1e999), and the scalar stays text. */
function finiteOr(digits: string, text: string): number | string {
  const value = Number(digits);
  return Number.isFinite(value) ? value : text;
}

/** The value of a scalar with an explicit tag such as `!!str`; undefined when the text cannot be that. Unknown tags leave the text as it is. */
export function resolveTagged(tag: string, text: string, quoted: boolean): Scalar | undefined {
  const plain = quoted && text === '' ? text : resolvePlain(text);
  switch (tag) {
    case 'tag:yaml.org,2002:bool':
      return typeof plain === 'boolean' ? plain : undefined;
    case 'tag:yaml.org,2002:int':
      return typeof plain === 'number' && Number.isInteger(plain) ? plain : undefined;
    case 'tag:yaml.org,2002:float':
      return typeof plain === 'number' ? plain : undefined;
    case 'tag:yaml.org,2002:null':
      return plain === null ? null : undefined;
    default:
      return text;
  }
}

/** A key of a mapping becomes text, as JSON wants: `1: x` → '1', `on: x` → 'true'. A null key cannot. */
export function keyText(key: Scalar): string | undefined {
  return key === null ? undefined : String(key);
}
