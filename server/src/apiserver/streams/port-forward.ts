// Connections to the ports of a pod. What answers there speaks HTTP, so each connection is given to an HTTP server of its own.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';
import type { Containers } from '../../cluster/containers/containers.ts';
import type { PodPlace } from '../../cluster/containers/choose-container.ts';
import { utf8 } from '../../cluster/containers/bytes.ts';
import { isStatus } from '../../kube/status.ts';
import { send } from '../send.ts';
import { readBody } from '../read-body.ts';
import { SpdyConnection, type SpdyStream, type Wire } from './spdy/connection.ts';

/** A connection from the client's end. */
export interface Ends {
  send(bytes: Buffer): void;
  /** Why there is no connection, or why it broke. */
  fail(text: string): void;
  close(): void;
}

export interface Link {
  received(bytes: Buffer): void;
  ended(): void;
}

/** Opens a connection to a port; undefined when that cannot be, which the client has been told. */
function connect(containers: Containers, place: PodPlace, port: number, ends: Ends): Link | undefined {
  const problem = containers.connectProblem(place, port);
  if (problem !== undefined) {
    ends.fail(`error forwarding port ${port} to pod ${place.pod}, uid : ${problemText(problem, port)}`);
    ends.close();
    return undefined;
  }
  const duplex = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      ends.send(chunk);
      done();
    },
    final(done) {
      ends.close();
      done();
    },
  });
  duplex.on('error', () => duplex.destroy());
  duplex.on('close', () => ends.close());
  createServer((request, response) => void answer(containers, place, port, request, response)).emit('connection', duplex);
  return { received: (bytes) => void duplex.push(bytes), ended: () => void duplex.push(null) };
}

function problemText(problem: NonNullable<ReturnType<Containers['connectProblem']>>, port: number): string {
  if (problem === 'not-running') return 'network namespace is closed';
  if (problem !== 'refused') return problem.message ?? '';
  return `failed to execute portforward in network namespace: failed to connect to localhost:${port} inside namespace, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6 [::1]:${port}: connect: connection refused`;
}

async function answer(containers: Containers, place: PodPlace, port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) return void response.destroy();
  if (isStatus(body)) return void response.writeHead(413).end();
  const { method = 'GET', url = '/', headers } = request;
  const call = {
    method,
    path: utf8(url),
    host: headers.host ?? 'localhost',
    userAgent: headers['user-agent'] ?? '-',
    body: body.toString('latin1'),
    from: '127.0.0.1',
  };
  const answered = containers.http(place, port, call);
  if (!answered || isStatus(answered)) return void response.destroy();
  send(response, { code: answered.code, type: answered.type, body: Buffer.from(answered.body, 'latin1') }, '');
}

export const portForwardProtocol = 'portforward.k8s.io';
export const tunnelProtocol = 'SPDY/3.1+portforward.k8s.io';

/** SPDY: for each connection a stream for errors and one for data, which belong together by their requestid. */
export function portForwardOverSpdy(containers: Containers, place: PodPlace, wire: Wire, onClose: () => void): SpdyConnection {
  const waiting = new Map<string, SpdyStream>();
  return new SpdyConnection(wire, {
    onStream(stream) {
      const { streamtype: type = '', port = '', requestid = '' } = stream.headers;
      const key = `${requestid}/${port}`;
      const other = waiting.get(key);
      if (!other) return void waiting.set(key, stream);
      waiting.delete(key);
      const [data, error] = type === 'data' ? [stream, other] : [other, stream];
      link(containers, place, Number(port), data, error);
    },
    onClose,
  });
}

function link(containers: Containers, place: PodPlace, port: number, data: SpdyStream, error: SpdyStream): void {
  const ends: Ends = {
    send: (bytes) => data.write(bytes),
    fail: (text) => error.write(Buffer.from(text)),
    close() {
      data.end();
      error.end();
    },
  };
  const connection = connect(containers, place, port, ends);
  data.listen(
    (bytes) => connection?.received(bytes),
    () => connection?.ended(),
  );
}

/** v4.channel.k8s.io: two channels for each port, data and error; each begins with the number of the port. */
export function portForwardOverChannels(containers: Containers, place: PodPlace, ports: readonly number[], sendTo: (channel: number, bytes: Buffer) => void) {
  const links = ports.map((port, i) => {
    const number = Buffer.alloc(2);
    number.writeUInt16LE(port);
    sendTo(2 * i, number);
    sendTo(2 * i + 1, number);
    let open: Link | undefined;
    const begin = () =>
      connect(containers, place, port, {
        send: (bytes) => sendTo(2 * i, bytes),
        fail: (text) => sendTo(2 * i + 1, Buffer.from(text)),
        close: () => (open = undefined),
      });
    return (bytes: Buffer) => (open ??= begin())?.received(bytes);
  });
  return (message: Buffer): void => links[message[0]! >> 1]?.(message.subarray(1));
}
