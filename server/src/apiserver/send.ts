// An answer onto a socket: headers, warnings, and compression of what is long.
import type { ServerResponse } from 'node:http';
import { gzip } from 'node:zlib';
import type { Reply } from './answer.ts';

/** As the API server: below this, compressing costs more than it saves. */
const gzipFrom = 128 * 1024;

export function send(response: ServerResponse, answer: Reply, acceptEncoding: string): void {
  const { code, type, body, warnings = [], headers = {} } = answer;
  response.statusCode = code;
  if (type !== '') response.setHeader('content-type', type);
  response.setHeader('cache-control', 'no-cache, private');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (warnings.length > 0) response.setHeader('warning', warnings.map(warningHeader));
  if (body.length < gzipFrom || !/\bgzip\b/.test(acceptEncoding)) {
    response.end(body);
    return;
  }
  gzip(body, { level: 1 }, (error, bytes) => {
    if (error) return void response.end(body);
    response.setHeader('content-encoding', 'gzip');
    response.end(bytes);
  });
}

/** `299 - "unknown field \"spec.foo\""`: quotes and backslashes escaped, as RFC 7234 has it; control characters may not be in a header. */
function warningHeader(text: string): string {
  const latin = Buffer.from(text.replace(/\p{Cc}/gu, ' ')).toString('latin1');
  return `299 - "${latin.replace(/[\\"]/g, String.raw`\$&`)}"`;
}
