import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { hmacSha256, sha256 } from '../../../server/src/cluster/authentication/sha256.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255);

test('a digest is that of SHA-256, for lengths around the borders of blocks', () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    expect(Buffer.from(sha256(bytes(length))).toString('hex'), `${length} bytes`).toBe(createHash('sha256').update(bytes(length)).digest('hex'));
  }
});

test('a signature is that of HMAC, with short and long keys', () => {
  for (const length of [0, 10, 64, 65, 200]) {
    const expected = createHmac('sha256', bytes(length)).update(bytes(99)).digest('hex');
    expect(Buffer.from(hmacSha256(bytes(length), bytes(99))).toString('hex'), `a key of ${length} bytes`).toBe(expected);
  }
});
