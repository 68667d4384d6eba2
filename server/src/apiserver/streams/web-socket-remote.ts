// exec and attach over a WebSocket: the first byte of a message is its channel. v5 adds the end of an input.
import type { WebSocket } from 'ws';
import { patience, type Remote, type RemoteEvents, type StreamOptions } from './remote.ts';
import type { Status } from '../../kube/status.ts';

const stdin = 0;
const stdout = 1;
const stderr = 2;
const error = 3;
const close = 255;

/** In the order of the server's preference. */
export const execProtocols: readonly string[] = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'channel.k8s.io',
  'base64.channel.k8s.io',
];

export function webSocketRemote(socket: WebSocket, { stdout: wantsStdout, stderr: wantsStderr }: StreamOptions, events: RemoteEvents): Remote {
  const isText = socket.protocol.includes('base64');
  const hasStatus = /^v[45]\./.test(socket.protocol);
  const send = (channel: number, bytes: Buffer) => {
    if (socket.readyState !== socket.OPEN) return;
    if (isText) socket.send(`${channel}${bytes.toString('base64')}`);
    else socket.send(Buffer.concat([Buffer.from([channel]), bytes]));
  };
  socket.on('message', (data) => {
    const message = data as Buffer;
    if (message.length === 0) return;
    const channel = isText ? message[0]! - 0x30 : message[0];
    const bytes = isText ? Buffer.from(message.toString('latin1', 1), 'base64') : message.subarray(1);
    if (channel === stdin && bytes.length > 0) events.onInput(bytes);
    else if (channel === close && bytes[0] === stdin) events.onInputEnd();
  });
  socket.on('close', () => events.onClose());
  socket.on('error', () => socket.terminate());
  // Tells the client that everything is connected.
  if (wantsStdout) send(stdout, Buffer.alloc(0));
  else if (wantsStderr) send(stderr, Buffer.alloc(0));
  return {
    send: (channel, bytes) => {
      if (channel === 'stdout' ? wantsStdout : wantsStderr) send(channel === 'stdout' ? stdout : stderr, bytes);
    },
    finish: (status: Status) => {
      send(error, Buffer.from(hasStatus ? JSON.stringify(status) : status.status === 'Success' ? '' : (status.message ?? '')));
      socket.close(1000);
    },
    get isBlocked() {
      return socket.bufferedAmount > patience;
    },
    wrapsErrors: true,
  };
}
