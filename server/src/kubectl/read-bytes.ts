// A file as bytes, whatever is in it.
import { encodeUtf8 } from '../kube/utf8.ts';
import type { Files } from './environment.ts';

/** The error is the system's: 'no such file or directory'. */
export function readBytes(files: Files, path: string): { readonly bytes: Uint8Array } | { readonly error: string } {
  const bytes = files.bytes?.(path);
  if (bytes) return { bytes };
  const read = files.read(path);
  if ('text' in read) return { bytes: encodeUtf8(read.text) };
  return { error: 'missing' in read ? 'no such file or directory' : read.error };
}
