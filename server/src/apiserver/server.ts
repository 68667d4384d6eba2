// The API of one cluster over TLS on loopback.
//
// Invariants: only this machine reaches it, and only who holds the token is answered; a bad request is answered, never thrown;
// what a client does not read is not kept for it.
import { randomBytes } from 'node:crypto';
import { ServerResponse, type IncomingMessage } from 'node:http';
import { createServer, type Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { AddressInfo, Socket } from 'node:net';
import type { LogReading } from '../cluster/containers/log/log-reading.ts';
import { badRequest, unexpected } from '../cluster/registry/answers.ts';
import { administrator, type User } from '../cluster/authentication/user.ts';
import { failure, isStatus, type Status } from '../kube/status.ts';
import { refusal, type Answer, type Reply } from './answer.ts';
import { AwaitedVersions } from './awaited-versions.ts';
import type { Backend } from './backend.ts';
import { makeCertificate } from './certificate.ts';
import { dispatch } from './dispatch.ts';
import { hangUp, patienceMs } from './hang-up.ts';
import { admit } from './access/admit.ts';
import { Guard } from './access/guard.ts';
import type { Access } from './kubeconfig.ts';
import { splitPath } from './path.ts';
import { readBody } from './read-body.ts';
import type { HttpRequest, RequestHead } from './request.ts';
import type { Server } from './resources/resource.ts';
import { send } from './send.ts';
import { StreamHub } from './streams/hub.ts';
import { Upgrader } from './streams/upgrade.ts';
import { maxWatches, WatchHub } from './watch/hub.ts';

const host = '127.0.0.1';

/** What no client may go beyond. */
export interface Limits {
  /** From the connection to the end of the handshake, and from there to the end of the headers. */
  readonly headersMs: number;
  /** To the end of the body. */
  readonly requestMs: number;
  readonly keepAliveMs: number;
  /** How often slow clients are looked for. */
  readonly checkMs: number;
  readonly connections: number;
  /** From so many connections on, those on which nothing goes on are closed: some clients open a new one for every request. */
  readonly crowd: number;
  readonly watches: number;
}

const usual: Limits = { headersMs: 10_000, requestMs: 60_000, keepAliveMs: 120_000, checkMs: 5_000, connections: 20_000, crowd: 5_000, watches: maxWatches };

export interface ServerOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Wall-clock milliseconds, for the certificate. */
  readonly now: number;
  readonly limits?: Partial<Limits>;
  /** What happened up to this version is not told to clients; up to now, unless told otherwise. */
  readonly compacted?: number;
}

export class ApiServer {
  readonly access: Access;
  readonly #https: HttpsServer;
  readonly #hub: WatchHub;
  readonly #sockets = new Set<Socket>();
  readonly #streams = new StreamHub();
  readonly #awaited: AwaitedVersions;
  readonly #upgrader: Upgrader;

  /** Listens before it resolves. Rejects when the port is taken. */
  static async start(backend: Backend, { port, now, limits: given, compacted = backend.store.resourceVersion }: ServerOptions): Promise<ApiServer> {
    const { certificate, key } = makeCertificate(now);
    const token = randomBytes(32).toString('base64url');
    const limits = { ...usual, ...given };
    const https = createServer({
      cert: certificate,
      key,
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      handshakeTimeout: limits.headersMs,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
    });
    https.maxConnections = limits.connections;
    closeIdleInCrowds(https, limits);
    await new Promise<void>((resolve, reject) => {
      https.once('error', reject).listen(port, host, resolve);
    });
    const address = `${host}:${(https.address() as AddressInfo).port}`;
    return new ApiServer({ ...backend, compacted }, https, limits.watches, { server: `https://${address}`, certificate, token });
  }

  private constructor(server: Server, https: HttpsServer, watches: number, access: Access) {
    this.access = access;
    this.#https = https;
    this.#hub = new WatchHub(server.store, watches);
    this.#awaited = new AwaitedVersions(server.store);
    this.#upgrader = new Upgrader({ containers: server.containers, hub: this.#streams, now: server.now });
    const guard = new Guard(access.token, server.userOfToken);
    const address = access.server.slice('https://'.length);
    https.on('request', (request, response) => {
      this.#answer(server, guard, address, request, response).catch((error: unknown) => abandon(request, response, error));
    });
    https.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      try {
        this.#upgrade(server, guard, address, request, socket as Socket, head);
      } catch (error) {
        abandon(request, socket, error);
      }
    });
    https.on('secureConnection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    // A broken handshake or a request that is none: the connection ends, the server does not.
    https.on('tlsClientError', (_error, socket) => socket.destroy());
    https.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (!socket.writable) return void socket.destroy();
      hangUp(socket, `HTTP/1.1 ${protocolErrors[error.code ?? ''] ?? '400 Bad Request'}\r\nconnection: close\r\n\r\n`);
    });
  }

  /** Watches end, requests that have begun are answered, idle connections close; who does not let go within two seconds is cut off. */
  async stop(): Promise<void> {
    this.#hub.close();
    this.#streams.close();
    this.#awaited.close();
    const closed = new Promise<void>((resolve) => void this.#https.close(() => resolve()));
    this.#https.closeIdleConnections();
    // Those that have changed their protocol are no connections of HTTP any more, and theirs may wait for a client that sleeps.
    const timer = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, patienceMs);
    await closed;
    clearTimeout(timer);
  }

  async #answer(server: Server, guard: Guard, address: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => response.destroy());
    const [path = '/', search = ''] = split(request.url ?? '/');
    const head = headOf(request, path, search);
    const user = head ? userOf(server, guard, request, head) : failure(400, 'BadRequest', 'the path cannot be decoded');
    const body = isStatus(user) ? user : await readBody(request);
    if (body === undefined) return void response.destroy();
    if (!head || isStatus(user) || isStatus(body)) {
      // What is left of the body is not read.
      response.setHeader('connection', 'close');
      response.setHeader('x-content-type-options', 'nosniff');
      return send(response, refusal(body as Status), '');
    }
    const answer = await this.#answerInTime(server, address, { ...head, body, ...(user !== administrator && { user }) }, response);
    if (response.destroyed) return;
    if (!this.#https.listening) response.shouldKeepAlive = false;
    if ('log' in answer) return this.#follow(answer.log, response, server);
    if ('upgrade' in answer) return send(response, refusal(badRequest('Upgrade request required')), '');
    if (!('watch' in answer)) return send(response, answer, String(request.headers['accept-encoding'] ?? ''));
    if (this.#hub.isFull) return send(response, refusal(tooMany()), '');
    this.#hub.open(answer.watch, response);
  }

  async #answerInTime(server: Server, address: string, request: HttpRequest, response: ServerResponse): Promise<Answer> {
    const answer = answerOf(server, address, request);
    server.poke();
    if (!('awaits' in answer) || answer.awaits === undefined) return answer;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await this.#awaited.reach(answer.awaits, gone.signal);
    return answerOf(server, address, request);
  }

  #follow(log: LogReading, response: ServerResponse, { now }: Server): void {
    if (this.#streams.isFull) return send(response, refusal(tooMany()), '');
    this.#streams.follow(log, response, now);
  }

  /** A request that wants another protocol than HTTP: who may ask, and what may be asked for, is the same. It has no body. */
  #upgrade(server: Server, guard: Guard, address: string, request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (hasBody(request)) return answerPlainly(request, socket, refusal(badRequest('a request that wants another protocol has no body')));
    const [path = '/', search = ''] = split(request.url ?? '/');
    const asked = headOf(request, path, search);
    const user = asked ? userOf(server, guard, request, asked) : failure(400, 'BadRequest', 'the path cannot be decoded');
    const answer =
      !asked || isStatus(user)
        ? refusal(user as Status)
        : answerOf(server, address, { ...asked, upgrade: true, body: Buffer.alloc(0), ...(user !== administrator && { user }) });
    server.poke();
    if (!('upgrade' in answer)) return answerPlainly(request, socket, 'code' in answer ? answer : refusal(badRequest('there is nothing to upgrade to')));
    if (this.#streams.isFull) return answerPlainly(request, socket, refusal(tooMany()));
    const refused = this.#upgrader.upgrade(answer.upgrade, request, socket, head);
    if (refused) answerPlainly(request, socket, refused);
  }
}

/** What is said to who does not get as far as a request. */
const protocolErrors: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** An answer in HTTP to who asked for more than that. */
function answerPlainly(request: IncomingMessage, socket: Socket, answer: Reply): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.on('finish', () => hangUp(socket));
  response.setHeader('connection', 'close');
  send(response, answer, '');
}

const tooMany = () => failure(429, 'TooManyRequests', 'too many watches are open, please try again later', { retryAfterSeconds: 1 });

/** A proxy is asked for whole addresses, and a server understands them too (RFC 9112). */
function split(url: string): readonly [path: string, search: string] {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  const at = target.indexOf('?');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at + 1)];
}

const hasBody = ({ headers }: IncomingMessage): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Our own mistake beside the handlers: it costs this one connection. */
function abandon({ method, url }: IncomingMessage, connection: { destroy(): unknown }, error: unknown): void {
  console.error(`drydock: ${method} ${url} could not be answered: ${error instanceof Error ? error.message : String(error)}`);
  connection.destroy();
}

function headOf({ method = 'GET', headers }: IncomingMessage, path: string, search: string): RequestHead | undefined {
  const segments = splitPath(path);
  return (
    segments && {
      method,
      segments,
      query: new URLSearchParams(search),
      accept: headers.accept ?? '',
      contentType: (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
      userAgent: headers['user-agent'] ?? '',
    }
  );
}

/** Whose rights count; a Status when they do not suffice for what the head says. */
function userOf(server: Server, guard: Guard, request: IncomingMessage, head: RequestHead): User | Status {
  const requestor = guard.userOf(request.headers);
  return isStatus(requestor) ? requestor : admit(server.store, requestor, head, request.headersDistinct);
}

/** Our own mistakes become a 500 here: one bad request must not end the cluster. */
function answerOf(server: Server, address: string, request: HttpRequest): Answer {
  try {
    return dispatch(server, address, request);
  } catch (error) {
    console.error(`${request.method} /${request.segments.join('/')}: ${error instanceof Error ? error.stack : String(error)}`);
    return refusal(unexpected(`Internal error occurred: ${error instanceof Error ? error.message : String(error)}`));
  }
}

function closeIdleInCrowds(https: HttpsServer, { crowd, checkMs }: Limits): void {
  let open = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  https.on('secureConnection', (socket) => {
    open++;
    socket.once('close', () => open--);
    if (open <= crowd || performance.now() - lookedAt < checkMs) return;
    lookedAt = performance.now();
    https.closeIdleConnections();
  });
}
