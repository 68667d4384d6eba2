// A request as the handlers see it: no sockets, no streams.
import type { User } from '../cluster/authentication/user.ts';

/** What is known before the body has been read: enough to decide who may. */
export interface RequestHead {
  readonly method: string;
  /** Decoded segments of the path. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly accept: string;
  /** Without parameters: 'application/json'. Empty when the header is missing. */
  readonly contentType: string;
  readonly userAgent: string;
  /** Its connection may change its protocol. */
  readonly upgrade?: boolean;
}

export interface HttpRequest extends RequestHead {
  readonly body: Buffer;
  /** Whose rights count, and who has been found to have them; the administrator when absent. */
  readonly user?: User;
}
