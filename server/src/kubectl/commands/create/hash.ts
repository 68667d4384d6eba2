// The suffix of generated ConfigMaps and Secrets: 'app-5f6g7h8bk9'. Source: kubectl pkg/util/hash.
import { sha256 } from '../../../cluster/authentication/sha256.ts';
import { goJson } from '../../../kube/go-json.ts';
import { encodeUtf8 } from '../../../kube/utf8.ts';
import type { Made } from './made.ts';

/** kustomize leaves the name out. */
export function configMapHash({ metadata, data, binaryData }: Made, name = metadata.name): string {
  return hashOf(goJson({ kind: 'ConfigMap', name, data: data ?? '', ...(binaryData ? { binaryData } : {}) }));
}

export const secretHash = ({ metadata, type, data }: Made, name = metadata.name): string =>
  hashOf(goJson({ kind: 'Secret', type: type ?? '', name, data: data ?? '' }));

/** Ten digits of the SHA-256, without those that could spell a word. */
function hashOf(json: string): string {
  const digits = Array.from(sha256(encodeUtf8(json)).slice(0, 5), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/[013ae]/g, (digit) => ({ 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' })[digit]!);
}
