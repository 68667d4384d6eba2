// Who may come in: whoever holds the token, asks for this very server, and is no web page.
//
// The server listens on loopback, where every page in a browser can reach it: a wrong Host (DNS rebinding) or any Origin is refused.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { failure, type Status } from '../kube/status.ts';

/** Paths that tell nothing and need no token, as for anonymous clients of a real cluster. */
const open = /^\/(?:healthz|livez|readyz|version)(?:\/|$)/;

export class Guard {
  readonly #token: Buffer;

  constructor(token: string) {
    this.#token = digest(token);
  }

  /** Why a request is turned away; undefined lets it in. */
  refuse(path: string, headers: IncomingHttpHeaders): Status | undefined {
    if (!isOurName(headers.host))
      return failure(403, 'Forbidden', `this server answers for 127.0.0.1 and localhost, not for ${JSON.stringify(headers.host ?? '')}`);
    if (headers.origin !== undefined) return failure(403, 'Forbidden', 'requests of web pages are not answered');
    const { authorization } = headers;
    if (authorization === undefined && open.test(path)) return undefined;
    const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    // Digests are of one length, so that the comparison takes the same time for any token.
    const known = token !== undefined && timingSafeEqual(digest(token), this.#token);
    return known ? undefined : failure(401, 'Unauthorized', 'Unauthorized');
  }
}

const isOurName = (host: string | undefined) => host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);

const digest = (text: string) => createHash('sha256').update(text).digest();
