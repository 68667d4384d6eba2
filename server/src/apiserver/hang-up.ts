// The end of a connection that is ours to end.
import type { Duplex } from 'node:stream';

/** For what the client has not read yet: to close at once would throw that away. */
export const patienceMs = 2_000;

/** Sends what is left and closes, also when the client keeps its side open for ever. */
export function hangUp(socket: Duplex, last?: string): void {
  const timer = setTimeout(() => socket.destroy(), patienceMs).unref();
  socket.once('close', () => clearTimeout(timer));
  if (last === undefined) socket.end();
  else socket.end(last);
}
