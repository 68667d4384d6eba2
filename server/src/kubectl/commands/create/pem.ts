// What Go's tls.X509KeyPair says to files that hold no certificate or no key. What is inside the blocks is not looked at.

/** Undefined when both have the blocks that they must have. */
export function pemProblem(certificate: string, key: string): string | undefined {
  const certificates = blocksOf(certificate);
  if (!certificates.includes('CERTIFICATE')) return missing('certificate', '"CERTIFICATE"', certificates);
  const keys = blocksOf(key);
  if (keys.some((type) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))) return undefined;
  if (keys.length === 1 && keys[0] === 'CERTIFICATE') return 'tls: found a certificate rather than a key in the PEM for the private key';
  return missing('key', 'PEM block with type ending in "PRIVATE KEY"', keys);
}

const blocksOf = (text: string) => [...text.matchAll(/^-----BEGIN ([^\n]+)-----$[\s\S]*?^-----END \1-----$/gm)].map(([, type]) => type!);

function missing(what: 'certificate' | 'key', wanted: string, skipped: readonly string[]): string {
  if (skipped.length === 0) return `tls: failed to find any PEM data in ${what} input`;
  if (what === 'certificate' && skipped.length === 1 && skipped[0]!.endsWith('PRIVATE KEY'))
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  return `tls: failed to find ${wanted}${what === 'certificate' ? ' PEM block' : ''} in ${what} input after skipping PEM blocks of the following types: [${skipped.join(' ')}]`;
}
