// The body of a request, up to a limit. It arrives in time or not at all: node ends requests that take too long.
import type { IncomingMessage } from 'node:http';
import { failure, type Status } from '../kube/status.ts';

/** As the API server: 3 MiB. */
export const maxBodyBytes = 3 * 1024 * 1024;

/** undefined: the client has gone before its request was complete, so it asked for nothing. */
export function readBody(request: IncomingMessage): Promise<Buffer | Status | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.resolve(tooLarge());
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBodyBytes) {
        request.pause();
        resolve(tooLarge());
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve(undefined));
    request.on('close', () => resolve(undefined));
  });
}

const tooLarge = () => failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${maxBodyBytes}`);
