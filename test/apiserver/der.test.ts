import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { makeCertificate } from '../../server/src/apiserver/certificate.ts';
import { positive } from '../../server/src/apiserver/der.ts';

describe('a number', () => {
  test.each([
    ['12', '020112'],
    ['0012', '020112'],
    ['92', '02020092'],
    ['0092', '02020092'],
    ['000012', '020112'],
    ['000092', '02020092'],
    ['0000', '020100'],
    ['', '020100'],
    ['1200', '02021200'],
  ])('of the bytes %s is %s', (bytes, encoded) => {
    expect(positive(Buffer.from(bytes, 'hex')).toString('hex')).toBe(encoded);
  });
});

test('every certificate is one that OpenSSL takes, whatever its serial number begins with', () => {
  const now = Date.UTC(2026, 10, 21);
  // One serial number in 512 begins with a zero byte and a bit that is not set.
  for (let i = 0; i < 2_000; i++) {
    const { certificate, key } = makeCertificate(now);
    createSecureContext({ cert: certificate, key });
    if (i === 0) expect(new X509Certificate(certificate).subjectAltName).toContain('127.0.0.1');
  }
}, 60_000);
