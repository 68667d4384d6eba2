// Bytes as strings: every character is one byte, 0 to 255. What processes read and write is bytes, and most of it is text that the
// shell cuts, joins and compares; nothing of Node is needed for either.
import { decodeBase64, encodeBase64 } from '../../kube/base64.ts';

/** One character a byte. */
export type Bytes = string;

/** 'é' → 'Ã©' (0xc3 0xa9). A surrogate without its partner becomes U+FFFD. */
export function utf8(text: string): Bytes {
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** The text that the bytes spell; bytes that spell none stand for themselves. */
export function textOf(bytes: Bytes): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
  try {
    return decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`));
  } catch {
    return bytes;
  }
}

/** The bytes that base64 text stands for; none when it is not base64. */
export function base64ToBytes(text: string): Bytes {
  const decoded = decodeBase64(text);
  return 'bytes' in decoded ? bytesOf(decoded.bytes) : '';
}

export const bytesOf = (bytes: Uint8Array): Bytes => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

export const bytesToBase64 = (bytes: Bytes): string => encodeBase64(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
