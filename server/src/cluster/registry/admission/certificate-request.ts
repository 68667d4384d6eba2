// The organizations that a certificate request names in its subject: Kubernetes reads them as groups.
import { decodeBase64 } from '../../../kube/base64.ts';

/** In DER: an object identifier of three bytes, 2.5.4.10 (organizationName), then a text with its length. */
const organizationName = [0x06, 0x03, 0x55, 0x04, 0x0a];
const longestShortForm = 0x7f;

/** `request`: base64 of PEM, as a CertificateSigningRequest holds it. What cannot be read names nobody: validation tells of it. */
export function organizationsIn(request: string): readonly string[] {
  const pem = bytesOf(request);
  const body = /-----BEGIN CERTIFICATE REQUEST-----([^-]+)-----END/.exec(textOf(pem))?.[1] ?? '';
  const der = bytesOf(body.replaceAll(/\s/g, ''));
  const found: string[] = [];
  for (let i = 0; i + organizationName.length + 2 <= der.length; i++) {
    if (!organizationName.every((byte, j) => der[i + j] === byte)) continue;
    const at = i + organizationName.length + 1;
    const length = der[at]!;
    if (length <= longestShortForm) found.push(textOf(der.subarray(at + 1, at + 1 + length)));
  }
  return found;
}

function bytesOf(base64: string): Uint8Array {
  const decoded = decodeBase64(base64);
  return 'error' in decoded ? new Uint8Array() : decoded.bytes;
}

const textOf = (bytes: Uint8Array) => [...bytes].map((byte) => String.fromCharCode(byte)).join('');
