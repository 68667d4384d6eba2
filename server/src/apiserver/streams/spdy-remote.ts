// exec and attach over SPDY: a stream for each channel, which the client opens one by one.
import { hangUp } from '../hang-up.ts';
import type { Socket } from 'node:net';
import type { Status } from '../../kube/status.ts';
import { patience, type Remote, type RemoteEvents, type StreamOptions } from './remote.ts';
import { SpdyConnection, type SpdyStream } from './spdy/connection.ts';

/** In the order of the server's preference. */
export const spdyProtocols: readonly string[] = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v3.channel.k8s.io', 'v2.channel.k8s.io', 'channel.k8s.io'];

const longestWaitMs = 30_000;

/** Resolves when all the streams are there that the options promise; with undefined when they do not come. */
export function spdyRemote(
  socket: Socket,
  head: Buffer,
  protocol: string,
  { stdin, stdout, stderr, tty }: StreamOptions,
  events: RemoteEvents,
): Promise<Remote | undefined> {
  const streams = new Map<string, SpdyStream>();
  // The first two versions know nothing of sizes.
  const resizes = tty && /^v[3-5]/.test(protocol);
  const wanted = 1 + [stdin, stdout, stderr, resizes].filter(Boolean).length;
  return new Promise((resolve) => {
    const late = setTimeout(() => connection.close(), longestWaitMs).unref();
    const connection = new SpdyConnection(
      { write: (bytes) => void socket.write(bytes), end: () => hangUp(socket) },
      {
        onStream(stream) {
          streams.set(stream.headers['streamtype'] ?? '', stream);
          if (streams.size < wanted) return;
          clearTimeout(late);
          resolve(remoteOf(socket, connection, streams, protocol));
          streams.get('stdin')?.listen(events.onInput, events.onInputEnd);
        },
        onClose() {
          clearTimeout(late);
          resolve(undefined);
          events.onClose();
        },
      },
    );
    if (head.length > 0) connection.feed(head);
    socket.on('data', (bytes: Buffer) => connection.feed(bytes));
    socket.on('close', () => connection.lost());
    socket.on('error', () => socket.destroy());
  });
}

function remoteOf(socket: Socket, connection: SpdyConnection, streams: ReadonlyMap<string, SpdyStream>, protocol: string): Remote {
  const hasStatus = /^v[45]/.test(protocol);
  return {
    send: (channel, bytes) => streams.get(channel)?.write(bytes),
    finish(status: Status) {
      const isGood = status.status === 'Success';
      if (hasStatus) streams.get('error')?.write(Buffer.from(JSON.stringify(status)));
      else if (!isGood) streams.get('error')?.write(Buffer.from(status.message ?? ''));
      for (const stream of streams.values()) stream.end();
      connection.close();
    },
    get isBlocked() {
      return socket.writableLength > patience;
    },
    wrapsErrors: false,
  };
}
