// A request as the handlers see it: no sockets, no streams.

export interface HttpRequest {
  readonly method: string;
  /** Decoded segments of the path. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly accept: string;
  /** Without parameters: 'application/json'. Empty when the header is missing. */
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: Buffer;
}
