// The pod-template-hash: what names ReplicaSets and labels pods, equal to the last digit to a real cluster of this Kubernetes version.
// Invariant: the template is the stored one, after defaulting; one field more or less in its Go type changes every hash.
import { encodeUtf8 } from '../../../kube/utf8.ts';
import { goDump } from './go-dump.ts';

/**
 * `podTemplateHash(deployment.spec.template, deployment.status.collisionCount)` → '6c5f67b5f7'. No collision count is not the same
 * as 0. Deployments and DaemonSets use it; a template is dumped once, as objects in the store never change.
 */
export function podTemplateHash(template: object, collisionCount?: number): string {
  let hash = hashes.get(template);
  if (hash === undefined) hashes.set(template, (hash = fnv1a(goDump('PodTemplateSpec', template))));
  return safeEncode(String(collisionCount === undefined ? hash : withCollisions(hash, collisionCount)));
}

const hashes = new WeakMap<object, number>();

/** k8s.io/apimachinery/pkg/util/rand.SafeEncodeString: '0' → '4', … '9' → 'f'; no vowels, so that no words appear. */
export function safeEncode(text: string): string {
  let encoded = '';
  for (let i = 0; i < text.length; i++) encoded += alphabet.charAt(text.charCodeAt(i) % alphabet.length);
  return encoded;
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const prime = 16777619;

/** FNV-1, 32 bits, over the UTF-8 form: multiplies before it adds a byte, where FNV-1a does so after. */
export function fnv1(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encodeUtf8(text)) hash = Math.imul(hash, prime) ^ byte;
  return hash >>> 0;
}

/** FNV-1a, 32 bits, over the UTF-8 form. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  const add = (byte: number) => {
    hash = Math.imul(hash ^ byte, prime);
  };
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) hash = Math.imul(hash ^ unit, prime);
    else {
      const code = text.codePointAt(i) as number;
      if (code > 0xffff) i++;
      addUtf8(code, add);
    }
  }
  return hash >>> 0;
}

function addUtf8(code: number, add: (byte: number) => void): void {
  if (code < 0x800) add(0xc0 | (code >> 6));
  else {
    if (code < 0x10000) add(0xe0 | (code >> 12));
    else {
      add(0xf0 | (code >> 18));
      add(0x80 | ((code >> 12) & 63));
    }
    add(0x80 | ((code >> 6) & 63));
  }
  add(0x80 | (code & 63));
}

/** Eight more bytes: the count, lowest byte first, and four zeros. */
function withCollisions(hash: number, count: number): number {
  let next = hash;
  for (const byte of [count & 255, (count >>> 8) & 255, (count >>> 16) & 255, count >>> 24, 0, 0, 0, 0]) next = Math.imul(next ^ byte, prime);
  return next >>> 0;
}
