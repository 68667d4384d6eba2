// Amounts like '500m', '128Mi', '1.5', '1e3', exact (k8s.io/apimachinery pkg/api/resource).
// A quantity is unscaled × 10^scale with a format that says which suffix it prints with.
// It keeps the very text it was written as when Kubernetes does: '1.500' stays '1.500', but '0.5' becomes '500m' and '1024Mi' becomes '1Gi'.

export interface Quantity {
  readonly unscaled: bigint;
  readonly scale: number;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
  /** Go holds it as a big decimal, not as int64 with a scale. Only the pod template hash can tell. */
  readonly isBig: boolean;
  /** The text as written, where it counts as canonical already. */
  readonly text?: string;
}

export const quantityErrors = {
  format: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  suffix: "unable to parse quantity's suffix",
  number: 'unable to parse numeric part of quantity',
} as const;

const shape = /^([-+]?)(0*)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const mostInt64 = (1n << 63n) - 1n;
const nano = -9;
/** More decimal places than any amount has; numbers further apart than this are not lined up digit by digit. */
const farApart = 400;

export function parseQuantity(text: string): Quantity | { readonly error: string } {
  if (text === '0') return { unscaled: 0n, scale: 0, format: 'DecimalSI', isBig: false, text };
  const match = text === '' ? null : shape.exec(text);
  if (!match) return { error: quantityErrors.format };
  const [, sign, zeros, digits = '', fraction = '', suffixText = ''] = match;
  // '-' and '000' are zero: leading zeros do not count as digits, and no digits are one zero.
  const whole = digits === '' ? '0' : digits;
  const suffix = readSuffix(suffixText);
  if (!suffix) return { error: quantityErrors.suffix };
  const negative = sign === '-';
  const small = asInt64(text, whole, fraction, suffix, negative);
  if (small) return small;
  return zeros + digits + fraction === '' ? { error: quantityErrors.number } : asBig(whole, fraction, suffix, negative);
}

/** The quantity of a text that is known to be good; a bad one counts as zero. */
export function quantityOf(text: string | number): Quantity {
  const parsed = parseQuantity(String(text).trim());
  return 'error' in parsed ? zero : parsed;
}

const zero: Quantity = { unscaled: 0n, scale: 0, format: 'DecimalSI', isBig: false, text: '0' };

// ---- suffixes ----

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: Quantity['format'];
}

const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const decimalOf = new Map(Object.entries(decimal).map(([suffix, exponent]) => [exponent, suffix]));
const binaryOf = new Map(Object.entries(binary).map(([suffix, exponent]) => [exponent, suffix]));

function readSuffix(text: string): Suffix | undefined {
  if (Object.hasOwn(decimal, text)) return { base: 10, exponent: decimal[text] as number, format: 'DecimalSI' };
  if (Object.hasOwn(binary, text)) return { base: 2, exponent: binary[text] as number, format: 'BinarySI' };
  if (!/^[eE][-+]?[0-9]+$/.test(text)) return undefined;
  const exponent = BigInt(text.slice(1).replace('+', ''));
  // Read as int64, then cut to int32.
  if (BigInt.asIntN(64, exponent) !== exponent) return undefined;
  return { base: 10, exponent: Number(BigInt.asIntN(32, exponent)), format: 'DecimalExponent' };
}

// ---- parsing ----

/** More digits than fit into an int64: 18 decimal ones, or 15 less what a binary suffix takes. */
function isLong(whole: string, fraction: string, { base, exponent }: Suffix): boolean {
  if (base === 10) return whole.length + fraction.length > 18;
  return fraction !== '' || 15 - whole.length - Math.trunc((exponent * 3) / 10) - 1 < 0;
}

function asInt64(text: string, whole: string, fraction: string, suffix: Suffix, negative: boolean): Quantity | undefined {
  const scale = (suffix.base === 10 ? suffix.exponent : 0) - fraction.length;
  if (isLong(whole, fraction, suffix) || scale < nano) return undefined;
  const written = whole + fraction;
  const value = BigInt(written);
  const amount = suffix.base === 2 ? value << BigInt(suffix.exponent) : value;
  if (amount > mostInt64) return undefined;
  // Kubernetes' quick test for "already canonical": it may keep texts that are not, as '1.500'.
  const isCanonical = suffix.base === 2 ? (value & 7n) !== 0n : scale % 3 === 0 && !written.endsWith('000') && !written.startsWith('0');
  return { unscaled: negative ? -amount : amount, scale, format: suffix.format, isBig: false, ...(isCanonical && { text }) };
}

function asBig(whole: string, fraction: string, { base, exponent, format }: Suffix, negative: boolean): Quantity {
  const scale = (base === 10 ? exponent : 0) - fraction.length;
  let amount: Amount = { unscaled: BigInt(whole + fraction) << BigInt(base === 2 ? exponent : 0), scale };
  // Nothing is smaller than a nano: the rest is rounded up.
  if (amount.unscaled !== 0n) amount = roundUp(amount, nano);
  if (format === 'BinarySI' && compareAmounts(amount, { unscaled: mostInt64, scale: 0 }) > 0) amount = { unscaled: mostInt64, scale: 0 };
  const isFraction = format === 'BinarySI' && amount.unscaled !== 0n && compareAmounts(amount, { unscaled: 1n, scale: 0 }) < 0;
  return { unscaled: negative ? -amount.unscaled : amount.unscaled, scale: amount.scale, format: isFraction ? 'DecimalSI' : format, isBig: true };
}

// ---- amounts: unscaled × 10^scale ----

type Amount = Pick<Quantity, 'unscaled' | 'scale'>;

const pow10 = (exponent: number) => 10n ** BigInt(exponent);
const magnitude = (value: bigint) => (value < 0n ? -value : value);

/** The amount at exactly this scale, away from zero where digits are lost: (1234, -3) at 0 → 2. */
function roundUp({ unscaled, scale }: Amount, to: number): Amount {
  if (scale >= to) return scale - to > farApart ? { unscaled, scale } : { unscaled: unscaled * pow10(scale - to), scale: to };
  const one = unscaled < 0n ? -1n : 1n;
  const digits = magnitude(unscaled).toString().length;
  if (digits + scale < to - 1) return { unscaled: unscaled === 0n ? 0n : one, scale: to };
  const divisor = pow10(to - scale);
  const quotient = unscaled / divisor;
  return { unscaled: quotient * divisor === unscaled ? quotient : quotient + one, scale: to };
}

function compareAmounts(a: Amount, b: Amount): number {
  const signs = sign(a.unscaled) - sign(b.unscaled);
  if (signs !== 0 || a.unscaled === 0n) return Math.sign(signs);
  // Amounts of different size need no lining up, so '1e999999999' costs nothing.
  const sizes = magnitude(a.unscaled).toString().length + a.scale - (magnitude(b.unscaled).toString().length + b.scale);
  if (sizes !== 0) return Math.sign(sizes) * sign(a.unscaled);
  const shift = a.scale - b.scale;
  const difference = shift > 0 ? a.unscaled * pow10(shift) - b.unscaled : a.unscaled - b.unscaled * pow10(-shift);
  return sign(difference);
}

const sign = (value: bigint) => (value > 0n ? 1 : value < 0n ? -1 : 0);

/** -1, 0 or 1: '1000m' equals '1'. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return compareAmounts(a, b);
}

/** The sum; its format is the first one's unless that is zero. Of amounts hopelessly far apart, the larger. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const format = a.unscaled === 0n ? b.format : a.format;
  if (a.unscaled === 0n || b.unscaled === 0n || Math.abs(a.scale - b.scale) > farApart) {
    const larger = b.unscaled === 0n || (a.unscaled !== 0n && a.scale > b.scale) ? a : b;
    return { unscaled: larger.unscaled, scale: larger.scale, format, isBig: a.isBig || b.isBig };
  }
  const scale = Math.min(a.scale, b.scale);
  const unscaled = a.unscaled * pow10(a.scale - scale) + b.unscaled * pow10(b.scale - scale);
  return { unscaled, scale, format, isBig: a.isBig || b.isBig || magnitude(unscaled) > mostInt64 };
}

export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return addQuantities(a, { unscaled: -b.unscaled, scale: b.scale, format: b.format, isBig: b.isBig });
}

/** Rounded up to thousandths, which is as fine as resources are counted: '1u' → '1m', '0.0015' → '2m'. */
export function roundUpToMilli(quantity: Quantity): Quantity {
  if (!quantity.isBig && quantity.scale >= -3) return quantity;
  return { ...roundUp(quantity, -3), format: quantity.format, isBig: quantity.isBig };
}

// ---- numbers ----

const units = new Map<string, number>();
const millis = new Map<string, number>();
const cacheLimit = 10_000;

/** Whole units, rounded up, as the scheduler counts memory and pods: '128Mi' → 134217728, '100m' → 1. */
export function unitsOf(text: string | number): number {
  return cached(units, String(text), 0);
}

/** Thousandths, rounded up, as the scheduler counts cpu: '100m' → 100, '2' → 2000. */
export function milliUnitsOf(text: string | number): number {
  return cached(millis, String(text), -3);
}

function cached(known: Map<string, number>, text: string, scale: number): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  const value = quantityToNumber(quantityOf(text), scale);
  if (known.size >= cacheLimit) known.clear();
  known.set(text, value);
  return value;
}

/** In units of 10^scale, rounded up, as a JavaScript number. */
export function quantityToNumber(quantity: Quantity, scale = 0): number {
  const amount = roundUp(quantity, scale);
  return Number(amount.unscaled) * 10 ** (amount.scale - scale);
}

// ---- printing ----

/** The text as the API prints it: '0.5' → '500m', '1024Mi' → '1Gi', '1500' → '1500', '1.5Gi' → '1536Mi'. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text;
  if (quantity.unscaled === 0n) return '0';
  return quantity.format === 'BinarySI' ? (formatBinary(quantity) ?? formatDecimal(quantity, 'DecimalSI')) : formatDecimal(quantity, quantity.format);
}

/** Canonical form of a text, or the error that the server gives. */
export function canonicalQuantity(text: string): { readonly text: string } | { readonly error: string } {
  const parsed = parseQuantity(text);
  return 'error' in parsed ? parsed : { text: formatQuantity(parsed) };
}

function formatDecimal(quantity: Quantity, format: 'DecimalSI' | 'DecimalExponent'): string {
  let { unscaled, scale } = withoutFactors(quantity.unscaled, quantity.scale, 10n);
  // Suffixes go in steps of a thousand: 15×10^4 → 150×10^3.
  const rest = ((scale % 3) + 3) % 3;
  unscaled *= pow10(rest);
  scale -= rest;
  if (format === 'DecimalExponent') return scale === 0 ? `${unscaled}` : `${unscaled}e${scale}`;
  // Beyond exa and nano there is no suffix and Kubernetes prints none, whatever that means.
  return `${unscaled}${decimalOf.get(scale) ?? ''}`;
}

/** Undefined where the decimal form is used: below 1024 and for fractions. */
function formatBinary(quantity: Quantity): string | undefined {
  const whole = roundUp(quantity, 0);
  if (compareAmounts(whole, quantity) !== 0 || (whole.unscaled > -1024n && whole.unscaled < 1024n)) return undefined;
  const { unscaled, scale } = withoutFactors(whole.unscaled, 0, 1024n);
  return `${unscaled}${scale === 0 ? '' : (binaryOf.get(scale * 10) ?? '')}`;
}

function withoutFactors(value: bigint, scale: number, factor: bigint): Amount {
  let [unscaled, times] = [value, scale];
  while (unscaled !== 0n && unscaled % factor === 0n) {
    unscaled /= factor;
    times++;
  }
  return { unscaled, scale: times };
}
