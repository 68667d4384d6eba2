// IP addresses and ranges, as strictly as the API server takes them since 1.36 (apimachinery util/validation/ip.go).
// Go's lenient parser decides what is an address at all; the strict one adds what is wrong with how it is written.

import { quote } from '../kube/quote.ts';

export interface Ip {
  /** Most significant bit first; of 4 or 16 bytes. */
  readonly bytes: readonly number[];
}

export function checkIp(text: string): readonly string[] {
  const parsed = parseIp(text);
  if (!parsed) return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
  return [...(parsed.hasLeadingZeros ? ['must not have leading 0s'] : []), ...(parsed.isMapped ? ['must not be an IPv4-mapped IPv6 address'] : [])];
}

export function checkCidr(text: string): readonly string[] {
  const range = parseRange(text);
  if (!range) return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  if (range.hasLeadingZeros) return ['must not have leading 0s in IP or prefix length'];
  if (range.ip.isMapped) return ['must not have an IPv4-mapped IPv6 address'];
  return hasBitsBeyond(range.ip.bytes, range.length) ? ['must not have bits set beyond the prefix length'] : [];
}

/** For fields that were never lenient: also the one right way to write an address. */
export function checkCanonicalIp(text: string): readonly string[] {
  const findings = checkIp(text);
  if (findings.length > 0) return findings;
  const canonical = formatIp((parseIp(text) as Ip).bytes);
  return canonical === text ? [] : [`must be in canonical form (${quote(canonical)})`];
}

export function checkCanonicalCidr(text: string): readonly string[] {
  const findings = checkCidr(text);
  if (findings.length > 0) return findings;
  const canonical = formatRange(parseRange(text) as IpRange);
  return canonical === text ? [] : [`must be in canonical form (${quote(canonical)})`];
}

/** What is worth a warning in an address: IPv6 has one right way to be written, and some addresses mean different things to different programs. */
export function checkIpForm(text: string): readonly string[] {
  const ip = parseIp(text);
  if (!ip) return [];
  const canonical = formatIp(ip.bytes);
  if (ip.hasLeadingZeros || ip.isMapped) return [`non-standard IP address ${quote(text)} is invalid: use ${quote(canonical)}`];
  return ip.bytes.length === 4 || canonical === text ? [] : [`IPv6 address ${quote(text)} should be in RFC 5952 canonical format (${quote(canonical)})`];
}

/** The same for a range. */
export function checkCidrForm(text: string): readonly string[] {
  const range = parseRange(text);
  if (!range) return [];
  const { ip, length } = range;
  const canonical = formatRange(range);
  const ambiguous = hasBitsBeyond(ip.bytes, length)
    ? [`CIDR value ${quote(text)} is ambiguous in this context (should be ${quote(canonical)} or ${quote(`${formatIp(ip.bytes)}/${ip.bytes.length * 8}`)}?)`]
    : [];
  if (range.hasLeadingZeros || ip.isMapped) return [...ambiguous, `non-standard CIDR value ${quote(text)} is invalid: use ${quote(canonical)}`];
  if (ambiguous.length > 0 || ip.bytes.length === 4 || canonical === text) return ambiguous;
  return [`IPv6 CIDR value ${quote(text)} should be in RFC 5952 canonical format (${quote(canonical)})`];
}

/** Addresses that lead nowhere outside of one host or one link, for which the server has words. */
export function checkReachableIp(text: string): readonly string[] {
  const ip = parseIp(text);
  if (!ip) return ['must be a valid IP address'];
  const [a = 0, b = 0, c = 0] = ip.isMapped ? ip.bytes.slice(12) : ip.bytes;
  const isV4 = ip.bytes.length === 4 || ip.isMapped;
  const rest = ip.bytes.slice(0, -1).every((byte) => byte === 0) ? ip.bytes.at(-1) : undefined;
  const isAnywhere = ip.isMapped ? ip.bytes.slice(12).every((byte) => byte === 0) : rest === 0;
  const isLoopback = isV4 ? a === 127 : rest === 1;
  const isLinkLocal = isV4 ? a === 169 && b === 254 : a === 0xfe && (b & 0xc0) === 0x80;
  const isLinkMulticast = isV4 ? a === 224 && b === 0 && c === 0 : a === 0xff && (b & 0x0f) === 0x02;
  return [
    ...(isAnywhere ? [`may not be unspecified (${text})`] : []),
    ...(isLoopback ? ['may not be in the loopback range (127.0.0.0/8, ::1/128)'] : []),
    ...(isLinkLocal ? ['may not be in the link-local range (169.254.0.0/16, fe80::/10)'] : []),
    ...(isLinkMulticast ? ['may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'] : []),
  ];
}

/** Whether a range lies in another one and is smaller; undefined when one of them is none. */
export function isStrictlyWithin(inner: string, outer: string): boolean | undefined {
  const [a, b] = [parseRange(inner), parseRange(outer)];
  if (!a || !b) return undefined;
  const isSameFamily = a.ip.bytes.length === b.ip.bytes.length;
  return isSameFamily && a.length > b.length && masked(a.ip.bytes, b.length).every((byte, i) => byte === masked(b.ip.bytes, b.length)[i]);
}

interface IpRange {
  readonly ip: ParsedIp;
  readonly length: number;
  readonly hasLeadingZeros: boolean;
}

function parseRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  const ip = slash < 0 ? undefined : parseIp(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!ip || !/^\d+$/.test(length) || Number(length) > ip.bytes.length * 8) return undefined;
  return { ip, length: Number(length), hasLeadingZeros: ip.hasLeadingZeros || /^0\d/.test(length) };
}

const formatRange = ({ ip, length }: IpRange) => `${formatIp(masked(ip.bytes, length))}/${length}`;

const masked = (bytes: readonly number[], length: number) => bytes.map((byte, i) => byte & ~(0xff >> Math.min(8, Math.max(0, length - i * 8))) & 0xff);

/** As Go prints it: an IPv4 address in the clothes of IPv6 is an IPv4 address. */
function formatIp(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return isMapped ? bytes.slice(12).join('.') : formatIpv6(bytes);
}

/** '2001:db8::1': the first of the longest runs of zeros becomes '::', if it is longer than one group. */
function formatIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) => (((bytes[2 * i] as number) << 8) | (bytes[2 * i + 1] as number)).toString(16));
  const runs = groups.join(':').match(/\b0(:0\b)+/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  const text = groups.join(':');
  if (!longest) return text;
  const at = new RegExp(`(^|:)${longest}(:|$)`).exec(text);
  return at ? `${text.slice(0, at.index)}::${text.slice(at.index + at[0].length)}` : text;
}

/** 4 or 6; undefined when the text is no address. A range counts as its address. */
export function ipFamily(text: string): 4 | 6 | undefined {
  const ip = parseIp(text.replace(/\/.*$/, ''));
  return ip && (ip.bytes.length === 4 || ip.isMapped ? 4 : 6);
}

function hasBitsBeyond(bytes: readonly number[], length: number): boolean {
  return bytes.some((byte, i) => {
    const kept = Math.min(8, Math.max(0, length - i * 8));
    return (byte & (0xff >> kept)) !== 0;
  });
}

interface ParsedIp extends Ip {
  readonly hasLeadingZeros: boolean;
  readonly isMapped: boolean;
}

function parseIp(text: string): ParsedIp | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): ParsedIp | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255)) return undefined;
  return { bytes: parts.map(Number), hasLeadingZeros: parts.some((part) => /^0\d/.test(part)), isMapped: false };
}

function parseIpv6(text: string): ParsedIp | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, i) => groupsOf(half, i === halves.length - 1));
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const known = [...head.bytes, ...(tail?.bytes ?? [])];
  // '::' stands for at least one group of zeros.
  const missing = 16 - known.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  const bytes = [...head.bytes, ...Array.from({ length: missing }, () => 0), ...(tail?.bytes ?? [])];
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return { bytes, hasLeadingZeros: head.hasLeadingZeros || (tail?.hasLeadingZeros ?? false), isMapped };
}

/** The last group may be an IPv4 address. */
function groupsOf(text: string, isLast: boolean): { bytes: number[]; hasLeadingZeros: boolean } | undefined {
  const bytes: number[] = [];
  let hasLeadingZeros = false;
  if (text === '') return { bytes, hasLeadingZeros };
  const groups = text.split(':');
  for (const [i, group] of groups.entries()) {
    const embedded = isLast && i === groups.length - 1 && group.includes('.') ? parseIpv4(group) : undefined;
    if (embedded) {
      bytes.push(...embedded.bytes);
      hasLeadingZeros = embedded.hasLeadingZeros;
    } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return { bytes, hasLeadingZeros };
}
