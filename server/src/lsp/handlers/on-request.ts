import type { Requests } from '../../protocol/methods.ts';
import type { Session } from '../session.ts';

/** Answers one of the methods of server/src/protocol/methods.ts, with its types. */
export function onRequest<M extends keyof Requests>(
  { connection }: Session,
  method: M,
  answer: (params: Requests[M]['params']) => Requests[M]['result'] | Promise<Requests[M]['result']>,
): void {
  connection.onRequest(method, answer as (params: unknown) => unknown);
}
