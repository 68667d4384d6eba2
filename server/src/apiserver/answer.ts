// What a request is answered with, before it is written to a socket. Plain data: the same for every connection.
import type { Status } from '../kube/status.ts';
import type { LogReading } from '../cluster/containers/log/log-reading.ts';
import type { Upgrade } from './streams/answer.ts';
import type { Watch } from './watch/watch.ts';

/** `log`: one that is followed. `upgrade`: the connection changes its protocol. */
export type Answer = Reply | ({ readonly watch: Watch } & Early) | { readonly log: LogReading } | { readonly upgrade: Upgrade };

/** An answer that would be another one if the store had come to this version. Who asked really waits for that a while. */
export interface Early {
  readonly awaits?: number;
}

export interface Reply extends Early {
  readonly code: number;
  /** Media type of the body; empty when there is nothing to say it of. */
  readonly type: string;
  readonly body: string | Buffer;
  /** Texts of Warning headers. */
  readonly warnings?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (
  code: number,
  body: unknown,
  more: { readonly warnings?: readonly string[]; readonly headers?: Readonly<Record<string, string>> } = {},
): Reply => ({
  code,
  type: 'application/json',
  body: `${JSON.stringify(body)}\n`,
  ...more,
});

export const text = (code: number, body: string): Reply => ({
  code,
  type: 'text/plain; charset=utf-8',
  body,
  ...(code >= 400 && { headers: { 'x-content-type-options': 'nosniff' } }),
});

/** What a path that belongs to nobody gets: not even a Status. */
export const pageNotFound = (): Reply => text(404, '404 page not found\n');

export const refusal = (status: Status): Reply => json(status.code, status, headersOf(status));

/** When to come again, also for those who read no bodies. */
export function headersOf({ details }: Status): Pick<Reply, 'headers'> {
  const after = details?.retryAfterSeconds;
  return after === undefined ? {} : { headers: { 'retry-after': String(after) } };
}
