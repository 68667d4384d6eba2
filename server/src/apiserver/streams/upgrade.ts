// A connection that stops speaking HTTP: to a WebSocket or to SPDY, for what its request has asked.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Containers } from '../../cluster/containers/containers.ts';
import { failure, isStatus } from '../../kube/status.ts';
import { hangUp } from '../hang-up.ts';
import { refusal, text, type Reply } from '../answer.ts';
import type { Upgrade } from './answer.ts';
import type { StreamHub } from './hub.ts';
import { portForwardOverChannels, portForwardOverSpdy, portForwardProtocol, tunnelProtocol } from './port-forward.ts';
import type { Remote } from './remote.ts';
import { Session } from './session.ts';
import { spdyProtocols, spdyRemote } from './spdy-remote.ts';
import { execProtocols, webSocketRemote } from './web-socket-remote.ts';

/** A message that is longer ends its connection. */
const longestMessage = 4 * 1024 * 1024;
/** A connection on which nothing moves, as the kubelet has it. */
const idleMs = 4 * 3_600_000;

export interface Surroundings {
  readonly containers: Containers;
  readonly hub: StreamHub;
  now(): number;
}

export class Upgrader {
  readonly #surroundings: Surroundings;
  readonly #webSockets: WebSocketServer;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    const options = {
      // Some clients read the end only when the connection is gone; the real server hangs up at once. The types do not know it yet.
      closeTimeout: 200,
      noServer: true,
      maxPayload: longestMessage,
      handleProtocols: (offered: ReadonlySet<string>, request: IncomingMessage) => protocolsOf(request).find((one) => offered.has(one)) ?? (false as const),
    };
    this.#webSockets = new WebSocketServer(options);
  }

  /** Takes the connection over. Returns why not, while it still speaks HTTP. */
  upgrade(wanted: Upgrade, request: IncomingMessage, socket: Socket, head: Buffer): Reply | undefined {
    socket.setTimeout(idleMs, () => socket.destroy());
    socket.setNoDelay(true);
    if (/^websocket$/i.test(request.headers.upgrade ?? '')) return this.#webSocket(wanted, request, socket, head);
    if (/^spdy\/3\.1$/i.test(request.headers.upgrade ?? '')) return this.#spdy(wanted, request, socket, head);
    return refusal(failure(400, 'BadRequest', 'Upgrade request required'));
  }

  #webSocket(wanted: Upgrade, request: IncomingMessage, socket: Socket, head: Buffer): Reply | undefined {
    const offered = protocolNames(request.headers['sec-websocket-protocol']);
    const known = wanted.kind === 'ports' ? portProtocols : execProtocols;
    if (offered.length > 0 && !offered.some((one) => known.includes(one)))
      return refusal(failure(400, 'BadRequest', `unable to upgrade: none of the protocols ${JSON.stringify(offered)} is known here: ${known.join(', ')}`));
    wantedBy.set(request, known);
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      if (wanted.kind === 'ports') this.#ports(wanted, webSocket);
      else this.#command(wanted, (session) => Promise.resolve(webSocketRemote(webSocket, wanted.options, session)));
    });
    return undefined;
  }

  #spdy(wanted: Upgrade, request: IncomingMessage, socket: Socket, head: Buffer): Reply | undefined {
    const offered = protocolNames(request.headers['x-stream-protocol-version']);
    const known = wanted.kind === 'ports' ? [portForwardProtocol] : spdyProtocols;
    const protocol = known.find((one) => offered.includes(one)) ?? (offered.length === 0 ? known.at(-1)! : undefined);
    if (protocol === undefined)
      return refusal(
        failure(
          403,
          'Forbidden',
          `unable to upgrade: unable to negotiate protocol: client supports ${JSON.stringify(offered)}, server accepts ${JSON.stringify(known)}`,
        ),
      );
    const begin = () =>
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`);
    if (wanted.kind === 'command') {
      // Over SPDY a container that does not run is told before anything else.
      const missing = wanted.check();
      if (missing) return text(500, missing.message!.replace(/^unable to upgrade connection: /, ''));
      begin();
      this.#command(wanted, (session) => spdyRemote(socket, head, protocol, wanted.options, session));
      return undefined;
    }
    begin();
    const one = ongoing(() => connection.close());
    const connection = portForwardOverSpdy(
      this.#surroundings.containers,
      wanted.place,
      { write: (bytes) => void socket.write(bytes), end: () => hangUp(socket) },
      () => this.#surroundings.hub.remove(one),
    );
    this.#surroundings.hub.add(one);
    if (head.length > 0) connection.feed(head);
    socket.on('data', (bytes: Buffer) => connection.feed(bytes));
    socket.on('close', () => connection.lost());
    socket.on('error', () => socket.destroy());
    return undefined;
  }

  #command(wanted: Extract<Upgrade, { kind: 'command' }>, connect: (session: Session) => Promise<Remote | undefined>): void {
    const { hub, now } = this.#surroundings;
    const runner = wanted.start();
    const failed = isStatus(runner)
      ? runner.message!
      : 'startError' in runner
        ? `Internal error occurred: error executing command in container: ${runner.startError}`
        : undefined;
    const session = new Session(isStatus(runner) || 'startError' in runner ? nothing : runner, wanted.tellsExit, now, () => hub.remove(session));
    hub.add(session);
    void connect(session).then((remote) => {
      if (!remote) return session.onClose();
      if (failed === undefined) return session.start(remote);
      remote.finish(failure(500, 'InternalError', remote.wrapsErrors ? `Internal error occurred: ${failed}` : failed));
      return session.onClose();
    });
  }

  #ports({ place, ports }: Extract<Upgrade, { kind: 'ports' }>, socket: WebSocket): void {
    const { containers, hub } = this.#surroundings;
    const one = ongoing(() => socket.close(1001));
    hub.add(one);
    socket.on('error', () => socket.terminate());
    if (socket.protocol === tunnelProtocol) {
      const connection = portForwardOverSpdy(containers, place, { write: (bytes) => socket.send(bytes), end: () => socket.close(1000) }, () => hub.remove(one));
      socket.on('message', (data) => connection.feed(data as Buffer));
      socket.on('close', () => connection.lost());
      return;
    }
    const isText = socket.protocol.includes('base64');
    const sendTo = (channel: number, bytes: Buffer) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(isText ? `${channel}${bytes.toString('base64')}` : Buffer.concat([Buffer.from([channel]), bytes]));
    };
    const receive = portForwardOverChannels(containers, place, ports, sendTo);
    socket.on('message', (data) => {
      const message = data as Buffer;
      if (message.length > 0)
        receive(isText ? Buffer.concat([Buffer.from([message[0]! - 0x30]), Buffer.from(message.toString('latin1', 1), 'base64')]) : message);
    });
    socket.on('close', () => hub.remove(one));
  }
}

const portProtocols: readonly string[] = [tunnelProtocol, 'v4.channel.k8s.io', 'v4.base64.channel.k8s.io', portForwardProtocol];

/** Which protocols a request may choose from. */
const wantedBy = new WeakMap<IncomingMessage, readonly string[]>();
const protocolsOf = (request: IncomingMessage) => wantedBy.get(request) ?? [];

const protocolNames = (header: string | readonly string[] | undefined): readonly string[] =>
  String(header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const ongoing = (stop: () => void) => ({ tick() {}, stop });

/** In place of a command that could not be started. */
const nothing = { exitCode: undefined, wakeAt: undefined, write() {}, endInput() {}, advance: () => ({ stdout: '', stderr: '' }), kill() {} };
