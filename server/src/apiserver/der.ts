// The distinguished encoding rules of ASN.1 (X.690), as far as a certificate needs them: a tag, a length, the content.

type Part = Uint8Array | Buffer;

export function der(tag: number, ...parts: readonly Part[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

/** Up to 127 one byte; above that the number of bytes and the length in them: 300 → 82 01 2c. */
function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

export const sequence = (...parts: readonly Part[]) => der(0x30, ...parts);
export const set = (...parts: readonly Part[]) => der(0x31, ...parts);
export const octets = (content: Part) => der(0x04, content);
export const utf8 = (text: string) => der(0x0c, Buffer.from(text));
export const yes = der(0x01, Buffer.from([0xff]));

/** A number of not more than 127. */
export const small = (value: number) => der(0x02, Buffer.from([value]));

/**
 * A number from its bytes, the highest first, never negative and as short as it goes, or OpenSSL speaks of illegal padding:
 * 00 12 → 12, and 00 00 92 → 00 92, because a first bit that is set would make it negative.
 */
export function positive(bytes: Part): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return der(0x02, (digits[0] ?? 0) >= 0x80 ? Buffer.from([0, ...digits]) : digits);
}

/** `unused`: how many bits at the end do not count. */
export const bits = (content: Part, unused = 0) => der(0x03, Buffer.from([unused]), content);

/** '2.5.29.17': the first two arcs share a byte, the others have seven bits a byte. */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(arc)]));
}

function arc(value: number): readonly number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}

/** Whole seconds, good until the year 2049: '261121132128Z'. */
export const utcTime = (ms: number) => der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/\D/g, '')}Z`));
