// JSON web tokens (RFC 7519), signed with HMAC-SHA256.
import { decodeBase64, encodeBase64 } from '../../kube/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../kube/utf8.ts';
import { hmacSha256 } from './sha256.ts';

const header = urlSafe(encodeUtf8('{"alg":"HS256","typ":"JWT"}'));
/** Longer ones are nobody's of ours. */
const longestToken = 16_384;

export function signJwt(claims: object, key: Uint8Array): string {
  const content = `${header}.${urlSafe(encodeUtf8(JSON.stringify(claims)))}`;
  return `${content}.${signatureOf(content, key)}`;
}

/** The claims of a token; undefined when it is none of ours. Whether it is still valid is not looked at. */
export function readJwt(token: string, key: Uint8Array): unknown {
  const [first, claims, signature, ...more] = token.split('.');
  if (first !== header || claims === undefined || signature === undefined || more.length > 0 || token.length > longestToken) return undefined;
  if (!isSame(signature, signatureOf(`${first}.${claims}`, key))) return undefined;
  const standard = claims.replaceAll('-', '+').replaceAll('_', '/');
  const read = decodeBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='));
  // What we have signed we have written.
  return 'bytes' in read ? (JSON.parse(decodeUtf8(read.bytes) ?? 'null') as unknown) : undefined;
}

const signatureOf = (content: string, key: Uint8Array) => urlSafe(hmacSha256(key, encodeUtf8(content)));

function urlSafe(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Takes the same time wherever they differ. */
function isSame(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
