// Kubernetes' own types: quantities, URLs, addresses, ranges, versions.
import { addQuantities, compareQuantities, parseQuantity, quantityToNumber, quantityOf, subtractQuantities, type Quantity } from '../../../kube/quantity.ts';
import { checkCidr, checkIp } from '../../ip.ts';
import { overload, type Overload } from '../signature.ts';
import { CelError, Opaque, type Value } from '../values.ts';

const fail = (message: string): never => {
  throw new CelError(message);
};

const quantity = (inner: Quantity): Opaque => new Opaque('kubernetes.Quantity', inner, '');

function toQuantity(text: string): Value {
  const read = parseQuantity(text);
  return 'error' in read ? fail(`quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`) : quantity(read);
}

const amount = (value: Opaque): Quantity => value.inner as Quantity;
const number = (value: Opaque): number => quantityToNumber(amount(value));
const whole = (value: bigint): Quantity => quantityOf(String(value));

const quantities: readonly Overload[] = [
  overload('quantity(string): quantity', toQuantity),
  overload('isQuantity(string): bool', (text: string) => !('error' in parseQuantity(text))),
  overload('quantity.sign(): int', (a: Opaque) => BigInt(compareQuantities(amount(a), whole(0n)))),
  overload('quantity.isGreaterThan(quantity): bool', (a: Opaque, b: Opaque) => compareQuantities(amount(a), amount(b)) > 0),
  overload('quantity.isLessThan(quantity): bool', (a: Opaque, b: Opaque) => compareQuantities(amount(a), amount(b)) < 0),
  overload('quantity.compareTo(quantity): int', (a: Opaque, b: Opaque) => BigInt(Math.sign(compareQuantities(amount(a), amount(b))))),
  overload('quantity.isInteger(): bool', (a: Opaque) => Number.isSafeInteger(number(a))),
  overload('quantity.asInteger(): int', (a: Opaque) => (Number.isInteger(number(a)) ? BigInt(number(a)) : fail('cannot convert value to integer'))),
  overload('quantity.asApproximateFloat(): double', number),
  overload('quantity.add(quantity): quantity', (a: Opaque, b: Opaque) => quantity(addQuantities(amount(a), amount(b)))),
  overload('quantity.add(int): quantity', (a: Opaque, b: bigint) => quantity(addQuantities(amount(a), whole(b)))),
  overload('quantity.sub(quantity): quantity', (a: Opaque, b: Opaque) => quantity(subtractQuantities(amount(a), amount(b)))),
  overload('quantity.sub(int): quantity', (a: Opaque, b: bigint) => quantity(subtractQuantities(amount(a), whole(b)))),
];

interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** An absolute URL, or an absolute path. */
function readUrl(text: string): Url | undefined {
  const match = /^(?:([a-zA-Z][-a-zA-Z0-9+.]*):(?:\/\/(?:[^/?#@\s]*@)?(\[[^\]]*\](?::\d+)?|[^/?#\s]*))?)?(\/[^?#\s]*|)(?:\?([^#\s]*))?(?:#\S*)?$/.exec(text);
  if (!match || (match[1] === undefined && !match[3]!.startsWith('/'))) return undefined;
  return { scheme: match[1] ?? '', host: match[2] ?? '', path: match[3]!, query: match[4] ?? '' };
}

const url = (value: Opaque) => value.inner as Url;

function queryOf({ query }: Url): Value {
  const found = new Map<string, string[]>();
  for (const pair of query.split('&').filter((one) => one !== '')) {
    const [key = '', ...rest] = pair.split('=').map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    found.set(key, [...(found.get(key) ?? []), rest.join('=')]);
  }
  return found;
}

const urls: readonly Overload[] = [
  overload('url(string): url', (text: string) => {
    const read = readUrl(text);
    return read
      ? new Opaque('kubernetes.URL', read, text)
      : fail(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`);
  }),
  overload('isURL(string): bool', (text: string) => readUrl(text) !== undefined),
  overload('url.getScheme(): string', (value: Opaque) => url(value).scheme),
  overload('url.getHost(): string', (value: Opaque) => url(value).host),
  overload('url.getHostname(): string', (value: Opaque) =>
    url(value)
      .host.replace(/:\d*$/, '')
      .replace(/^\[(.*)\]$/, '$1'),
  ),
  overload('url.getPort(): string', (value: Opaque) => /:(\d*)$/.exec(url(value).host)?.[1] ?? ''),
  overload('url.getEscapedPath(): string', (value: Opaque) => url(value).path),
  overload('url.getQuery(): map<string, list<string>>', (value: Opaque) => queryOf(url(value))),
];

interface Address {
  readonly bytes: readonly number[];
}

/** 'fe80:1' → its bytes; the last group may be an IPv4 address. */
function groups(part: string): readonly number[] {
  if (part === '') return [];
  return part.split(':').flatMap((one) => (one.includes('.') ? one.split('.').map(Number) : [Number.parseInt(one, 16) >> 8, Number.parseInt(one, 16) & 255]));
}

function readIp(text: string): Address | undefined {
  if (checkIp(text).length > 0) return undefined;
  if (!text.includes(':')) return { bytes: text.split('.').map(Number) };
  const [head = '', tail] = text.split('::');
  const [before, after] = [groups(head), groups(tail ?? '')];
  return { bytes: [...before, ...Array.from({ length: 16 - before.length - after.length }, () => 0), ...after] };
}

const toIp = (text: string): Opaque => {
  const read = readIp(text);
  return read ? new Opaque('net.IP', read, text) : fail(`IP Address '${text}' parse error during conversion from string`);
};

const byteOf = (value: Opaque, i: number): number => (value.inner as Address).bytes[i]!;
const isV4 = (value: Opaque) => (value.inner as Address).bytes.length === 4;
const zeros = (value: Opaque, count: number) => (value.inner as Address).bytes.slice(0, count).every((byte) => byte === 0);

const addresses: readonly Overload[] = [
  overload('ip(string): ip', toIp),
  overload('isIP(string): bool', (text: string) => readIp(text) !== undefined),
  overload('string(ip): string', (value: Opaque) => value.text),
  overload('ip.family(): int', (value: Opaque) => (isV4(value) ? 4n : 6n)),
  overload('ip.isUnspecified(): bool', (value: Opaque) => zeros(value, 16)),
  overload('ip.isLoopback(): bool', (value: Opaque) => (isV4(value) ? byteOf(value, 0) === 127 : zeros(value, 15) && byteOf(value, 15) === 1)),
  overload('ip.isLinkLocalMulticast(): bool', (value: Opaque) =>
    isV4(value) ? byteOf(value, 0) === 224 && byteOf(value, 1) === 0 && byteOf(value, 2) === 0 : byteOf(value, 0) === 255 && (byteOf(value, 1) & 15) === 2,
  ),
  overload('ip.isLinkLocalUnicast(): bool', (value: Opaque) =>
    isV4(value) ? byteOf(value, 0) === 169 && byteOf(value, 1) === 254 : byteOf(value, 0) === 254 && (byteOf(value, 1) & 192) === 128,
  ),
  overload('ip.isGlobalUnicast(): bool', (value: Opaque) =>
    isV4(value)
      ? byteOf(value, 0) < 224 && byteOf(value, 0) !== 127 && !zeros(value, 4) && !(byteOf(value, 0) === 169 && byteOf(value, 1) === 254)
      : byteOf(value, 0) !== 255 && !zeros(value, 15) && !(byteOf(value, 0) === 254 && (byteOf(value, 1) & 192) === 128),
  ),
];

interface Range {
  readonly bytes: readonly number[];
  readonly length: number;
}

function readCidr(text: string): Range | undefined {
  if (checkCidr(text)[0]?.startsWith('must be a valid')) return undefined;
  const [address = '', length = ''] = text.split('/');
  const ip = readIp(address);
  return ip && { bytes: ip.bytes, length: Number(length) };
}

const toCidr = (text: string): Opaque => {
  const read = readCidr(text);
  return read
    ? new Opaque('net.CIDR', read, text)
    : fail(`network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(text)})`);
};

const range = (value: Opaque) => value.inner as Range;

/** Whether the first bits of an address are those of the range. */
function covers({ bytes, length }: Range, other: Address): boolean {
  if (bytes.length !== other.bytes.length) return false;
  return bytes.every((byte, i) => {
    const bits = Math.max(0, Math.min(8, length - i * 8));
    const mask = (0xff00 >> bits) & 0xff;
    return (byte & mask) === (other.bytes[i]! & mask);
  });
}

const coversRange = (outer: Range, inner: Range | undefined) => inner !== undefined && inner.length >= outer.length && covers(outer, inner);

const ranges: readonly Overload[] = [
  overload('cidr(string): cidr', toCidr),
  overload('isCIDR(string): bool', (text: string) => readCidr(text) !== undefined),
  overload('string(cidr): string', (value: Opaque) => value.text),
  overload('cidr.containsIP(string): bool', (a: Opaque, b: string) => covers(range(a), toIp(b).inner as Address)),
  overload('cidr.containsIP(ip): bool', (a: Opaque, b: Opaque) => covers(range(a), b.inner as Address)),
  overload('cidr.containsCIDR(string): bool', (a: Opaque, b: string) => coversRange(range(a), toCidr(b).inner as Range)),
  overload('cidr.containsCIDR(cidr): bool', (a: Opaque, b: Opaque) => coversRange(range(a), range(b))),
  overload('cidr.prefixLength(): int', (a: Opaque) => BigInt(range(a).length)),
  overload('cidr.ip(): ip', (a: Opaque) => toIp(a.text.split('/')[0]!)),
];

export const kubernetesFunctions: readonly Overload[] = [...quantities, ...urls, ...addresses, ...ranges];
