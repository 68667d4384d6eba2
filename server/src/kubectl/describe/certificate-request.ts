// A request for a certificate (PKCS #10, RFC 2986) in PEM: whom it is for. What it is signed with is not looked at.
import { decodeBase64 } from '../../kube/base64.ts';
import { decodeUtf8 } from '../../kube/utf8.ts';

export interface CertificateRequest {
  /** Values by 'Common Name', 'Organization' … */
  readonly subject: Readonly<Record<string, readonly string[]>>;
  /** Values by 'DNS Names', 'IP Addresses' …; only those that there are. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** Object identifiers as their bytes in hex. */
const attributes: Readonly<Record<string, string>> = {
  '550403': 'Common Name',
  '550405': 'Serial Number',
  '550406': 'Country',
  '550407': 'Locality',
  '550408': 'Province',
  '550409': 'StreetAddress',
  '55040a': 'Organization',
  '55040b': 'Organizational Unit',
  '550411': 'PostalCode',
};
const extensionRequest = '2a864886f70d01090e';
const alternativeName = '551d11';
/** The context tags of a GeneralName. */
const nameKinds: Readonly<Record<number, string>> = { 0x81: 'Email Addresses', 0x82: 'DNS Names', 0x86: 'URIs', 0x87: 'IP Addresses' };

/** Undefined when it is none. */
export function readCertificateRequest(pem: Uint8Array): CertificateRequest | undefined {
  const body = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([^-]*)-----END/.exec(textOf(pem))?.[1];
  const decoded = body === undefined ? undefined : decodeBase64(body.replace(/\s/g, ''));
  if (!decoded || 'error' in decoded) return undefined;
  // SEQUENCE { info SEQUENCE { version, subject, key, [0] attributes }, algorithm, signature }
  const [, subject, , asked] = inside(inside(partsOf(decoded.bytes)[0])[0]);
  if (!subject) return undefined;
  const relative = inside(subject).flatMap((set) => inside(set).map(inside));
  return {
    subject: grouped(relative.map(([id, value]) => [attributes[hex(id)], value ? textOf(value.content) : ''])),
    names: grouped(generalNames(asked).map(({ tag, content }) => [nameKinds[tag], tag === 0x87 ? addressOf(content) : textOf(content)])),
  };
}

interface Part {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The values that stand one behind the other; nothing more from where the bytes are broken. */
function partsOf(bytes: Uint8Array): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const tag = bytes[at]!;
    let length = bytes[at + 1]!;
    at += 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      length = 0;
      for (const byte of bytes.subarray(at, at + count)) length = length * 256 + byte;
      at += count;
    }
    if (at + length > bytes.length) break;
    parts.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return parts;
}

const textOf = (bytes: Uint8Array): string => decodeUtf8(bytes) ?? '';
const inside = (part: Part | undefined): readonly Part[] => (part ? partsOf(part.content) : []);
const hex = (part: Part | undefined): string => Array.from(part?.content ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Of the extension that names the subject in other ways. */
function generalNames(asked: Part | undefined): readonly Part[] {
  const extensions = inside(asked)
    .map(inside)
    .filter(([id]) => hex(id) === extensionRequest)
    .flatMap(([, values]) => inside(values).flatMap(inside).map(inside));
  const found = extensions.find(([id]) => hex(id) === alternativeName);
  return inside(inside(found?.at(-1))[0]);
}

function grouped(pairs: readonly (readonly [name: string | undefined, value: string])[]): Readonly<Record<string, readonly string[]>> {
  const groups: Record<string, string[]> = {};
  for (const [name, value] of pairs) if (name !== undefined) (groups[name] ??= []).push(value);
  return groups;
}

/** Four bytes with dots; sixteen as pairs, the longest run of zeros left out. */
function addressOf(bytes: Uint8Array): string {
  if (bytes.length !== 16) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16));
  const run = [...groups.join(':').matchAll(/(?:^|:)(?:0(?::|$)){2,}/g)].sort((a, b) => b[0].length - a[0].length)[0];
  const text = groups.join(':');
  return run ? `${text.slice(0, run.index)}::${text.slice(run.index + run[0].length)}` : text;
}
