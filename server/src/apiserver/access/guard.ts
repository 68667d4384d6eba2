// Who may come in: whoever asks for this very server and is no web page; and who that is, by the token.
//
// The server listens on loopback, where every page in a browser can reach it: a wrong Host (DNS rebinding) or another Origin is refused.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { administrator, anonymous, type User } from '../../cluster/authentication/user.ts';
import { failure, type Status } from '../../kube/status.ts';

export class Guard {
  readonly #token: Buffer;
  readonly #userOfToken: (token: string) => User | undefined;

  /** `token`: the administrator's. `userOfToken`: whose any other is. */
  constructor(token: string, userOfToken: (token: string) => User | undefined) {
    this.#token = digest(token);
    this.#userOfToken = userOfToken;
  }

  /** The user of a request, or why it is turned away. Without a token that is nobody in particular, who may do next to nothing. */
  userOf({ host, origin, authorization = '' }: IncomingHttpHeaders): User | Status {
    if (!isOurName(host)) return failure(403, 'Forbidden', `this server answers for 127.0.0.1 and localhost, not for ${JSON.stringify(host ?? '')}`);
    // Programs that speak WebSocket name the server itself.
    if (origin !== undefined && origin !== `https://${host}`) return failure(403, 'Forbidden', 'requests of web pages are not answered');
    const token = /^\s*bearer +(\S+)/i.exec(authorization)?.[1];
    if (token === undefined) return anonymous;
    // Digests are of one length, so that the comparison takes the same time for any token.
    if (timingSafeEqual(digest(token), this.#token)) return administrator;
    return this.#userOfToken(token) ?? failure(401, 'Unauthorized', 'Unauthorized');
  }
}

const isOurName = (host: string | undefined) => host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host);

const digest = (text: string) => createHash('sha256').update(text).digest();
