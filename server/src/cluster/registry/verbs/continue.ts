// The token with which a client asks for the next page: base64url of `{"v":"meta.k8s.io/v1","rv":7,"start":"default/web\u0000"}`.
import { decodeBase64, encodeBase64 } from '../../../kube/base64.ts';
import { isObject } from '../../../schema/json-value.ts';
import { parseJson } from '../../../schema/json-text.ts';

/** Not a version: the list goes on among what is there now. */
export const anyVersion = -1;

export interface Place {
  /** All pages of a list show the objects as they were at this version. */
  readonly resourceVersion: number;
  /** The first possible key of the next page: the last one of this page and a zero byte. */
  readonly start: string;
}

const version = 'meta.k8s.io/v1';

export function encodeContinue({ resourceVersion, start }: Place): string {
  const text = JSON.stringify({ v: version, rv: resourceVersion, start });
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function decodeContinue(token: string): Place | { readonly error: string } {
  const wrongAt = token.search(/[^A-Za-z0-9_-]/);
  const corruptAt = wrongAt >= 0 ? wrongAt : token.length % 4 === 1 ? token.length - 1 : undefined;
  if (corruptAt !== undefined) return { error: `continue key is not valid: illegal base64 data at input byte ${corruptAt}` };
  const padded = token.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (token.length % 4)) % 4);
  const decoded = decodeBase64(padded);
  if ('error' in decoded) return { error: `continue key is not valid: ${decoded.error}` };
  const read = parseJson(String.fromCharCode(...decoded.bytes));
  if ('error' in read) return { error: `continue key is not valid: ${read.error}` };
  return placeOf(isObject(read.value) ? read.value : {});
}

function placeOf({ v = '', rv, start }: { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown }): Place | { readonly error: string } {
  if (v !== version) return { error: `continue key is not valid: server does not recognize this encoded version ${String(v)}` };
  if (typeof rv !== 'number' || rv === 0) return { error: 'continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)' };
  if (typeof start !== 'string' || start === '') return { error: 'continue key is not valid: encoded start key empty (version meta.k8s.io/v1)' };
  return isClean(start) ? { resourceVersion: rv, start } : { error: `continue key is not valid: ${start}` };
}

/** Whether a path stays below where it begins: what Go's path.Clean leaves as it is. */
const isClean = (path: string) =>
  path
    .replace(/^\//, '')
    .split('/')
    .every((segment) => segment !== '' && segment !== '.' && segment !== '..');
