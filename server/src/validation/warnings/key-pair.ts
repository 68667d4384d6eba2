// The certificate and the private key of a TLS secret, as Go's crypto/tls looks at them (X509KeyPair): whether there is any PEM at all.
// Whether the key is the certificate's is not checked here.
import type { PemBlock } from '../certificates/pem.ts';
import { pemBlocks } from '../certificates/pem.ts';

/** At most one warning, in Go's words. */
export function warningsOfKeyPair(certificate: string, key: string): readonly string[] {
  const certificates = pemBlocks(certificate);
  const problem = certificateProblem(certificates.map(({ type }) => type)) ?? keyProblem(pemBlocks(key).map(({ type }) => type));
  if (problem !== undefined) return [`tls: ${problem}`];
  const first = certificates.find(({ type }) => type === 'CERTIFICATE') as PemBlock;
  return isSequence(first.bytes) ? [] : ['x509: malformed certificate'];
}

function certificateProblem(types: readonly string[]): string | undefined {
  if (types.includes('CERTIFICATE')) return undefined;
  if (types.length === 0) return 'failed to find any PEM data in certificate input';
  if (types.length === 1 && types[0]?.endsWith('PRIVATE KEY')) {
    return 'failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  }
  return `failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function keyProblem(types: readonly string[]): string | undefined {
  if (types.some((type) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))) return undefined;
  if (types.length === 0) return 'failed to find any PEM data in key input';
  if (types.length === 1 && types[0] === 'CERTIFICATE') return 'found a certificate rather than a key in the PEM for the private key';
  return `failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

/** Whether it begins as DER does: a sequence as long as the rest. */
function isSequence(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes;
  if (tag !== 0x30) return false;
  if (first < 0x80) return bytes.length === first + 2;
  const digits = bytes.slice(2, 2 + (first & 0x7f));
  return bytes.length === 2 + digits.length + digits.reduce((length, digit) => length * 256 + digit, 0);
}
