// The server's certificate: made anew at every start, kept in memory only, and named in the kubeconfig as the one authority to trust.
//
// An X.509 certificate of one fixed shape (RFC 5280), written out here: the libraries for it bring a dozen packages and change globals.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, der, octets, oid, positive, sequence, set, small, utcTime, utf8, yes } from './der.ts';

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8. Never leaves the process. */
  readonly key: string;
}

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

/** Good for a year from an hour before `now` (wall-clock milliseconds), for 127.0.0.1, ::1 and localhost. ECDSA on P-256 with SHA-256. */
export function makeCertificate(now: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
  const name = sequence(set(sequence(oid('2.5.4.3'), utf8('drydock'))));
  const publicInfo = publicKey.export({ format: 'der', type: 'spki' });
  const content = sequence(
    der(0xa0, small(2)), // version 3
    positive(randomBytes(16)),
    ecdsaWithSha256,
    name, // it signs itself
    sequence(utcTime(now - hourMs), utcTime(now + yearMs)),
    name,
    publicInfo,
    der(0xa3, sequence(...extensions, plain('2.5.29.14', octets(createHash('sha1').update(publicInfo).digest())))), // subjectKeyIdentifier
  );
  const signed = sequence(content, ecdsaWithSha256, bits(sign('sha256', content, privateKey)));
  return { certificate: pem('CERTIFICATE', signed), key: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string };
}

const plain = (id: string, value: Buffer) => sequence(oid(id), octets(value));
const critical = (id: string, value: Buffer) => sequence(oid(id), yes, octets(value));
const dnsName = (text: string) => der(0x82, Buffer.from(text));
const ipAddress = (...bytes: readonly number[]) => der(0x87, Buffer.from(bytes));
const loopback6 = [...Array.from({ length: 15 }, () => 0), 1];

const extensions = [
  critical('2.5.29.19', sequence(yes, small(0))), // basicConstraints: an authority, with nothing below it
  critical('2.5.29.15', bits(Buffer.from([0b1000_0100]), 2)), // keyUsage: digitalSignature, keyCertSign
  plain('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))), // extKeyUsage: serverAuth
  plain('2.5.29.17', sequence(ipAddress(127, 0, 0, 1), ipAddress(...loopback6), dnsName('localhost'))), // subjectAltName
];

const pem = (label: string, content: Buffer) => `-----BEGIN ${label}-----\n${content.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
