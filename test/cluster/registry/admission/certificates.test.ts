// Certificates: who may approve and sign, and who may not even ask.
import { generateKeyPairSync, createSign } from 'node:crypto';
import { expect, test } from 'vitest';
import { organizationsIn } from '../../../../server/src/cluster/registry/admission/certificate-request.ts';

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const named = (attribute: number, text: string) => der(0x31, der(0x30, oid(0x55, 0x04, attribute), der(0x13, Buffer.from(text))));

/** A PKCS#10 request, as openssl makes it, in base64 of PEM. */
function certificateRequest(commonName: string, ...organizations: string[]): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = der(0x30, ...organizations.map((name) => named(0x0a, name)), named(0x03, commonName));
  const info = der(0x30, der(0x02, Buffer.from([0])), subject, publicKey.export({ type: 'spki', format: 'der' }), der(0xa0));
  const signature = createSign('sha256').update(info).sign(privateKey);
  const algorithm = der(0x30, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const request = der(0x30, info, algorithm, der(0x03, Buffer.from([0]), signature)).toString('base64');
  return Buffer.from(`-----BEGIN CERTIFICATE REQUEST-----\n${request.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE REQUEST-----\n`).toString('base64');
}

test('[CS1] the organizations of a request are the groups it asks for', () => {
  expect(organizationsIn(certificateRequest('jane', 'developers', 'system:masters'))).toEqual(['developers', 'system:masters']);
  expect(organizationsIn(certificateRequest('jane'))).toEqual([]);
});

test.each(['', '!', Buffer.from('no PEM').toString('base64')])('[CS2] what cannot be read names nobody: %j', (text) => {
  expect(organizationsIn(text)).toEqual([]);
});
