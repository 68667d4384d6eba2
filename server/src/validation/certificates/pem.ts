// Blocks of PEM text, as Go's encoding/pem finds them.
import { decodeBase64 } from '../../kube/base64.ts';

export interface PemBlock {
  /** 'CERTIFICATE', 'RSA PRIVATE KEY'. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** In order; what does not hold base64 is no block. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(/-----BEGIN ([^-\n]*)-----[ \t]*\r?\n([\s\S]*?)-----END \1-----/g)].flatMap(([, type = '', body = '']) => {
    const decoded = decodeBase64(body.replace(/[ \t\r\n]/g, ''));
    return 'bytes' in decoded ? [{ type, bytes: decoded.bytes }] : [];
  });
}
