// The API of one cluster over TLS on loopback.
//
// Invariants: only this machine reaches it, and only who holds the token is answered; a bad request is answered, never thrown;
// what a client does not read is not kept for it.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { unexpected } from '../cluster/registry/answers.ts';
import { administrator, type User } from '../cluster/authentication/user.ts';
import { failure, isStatus, type Status } from '../kube/status.ts';
import { refusal, type Answer } from './answer.ts';
import type { Backend } from './backend.ts';
import { makeCertificate } from './certificate.ts';
import { dispatch } from './dispatch.ts';
import { admit } from './access/admit.ts';
import { Guard } from './access/guard.ts';
import type { Access } from './kubeconfig.ts';
import { splitPath } from './path.ts';
import { readBody } from './read-body.ts';
import type { HttpRequest, RequestHead } from './request.ts';
import type { Server } from './resources/resource.ts';
import { send } from './send.ts';
import { WatchHub } from './watch/hub.ts';

const host = '127.0.0.1';
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 60_000;
const keepAliveMs = 120_000;
const maxConnections = 20_000;

export interface ServerOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Wall-clock milliseconds, for the certificate. */
  readonly now: number;
}

export class ApiServer {
  readonly access: Access;
  readonly #https: HttpsServer;
  readonly #hub: WatchHub;

  /** Listens before it resolves. Rejects when the port is taken. */
  static async start(backend: Backend, { port, now }: ServerOptions): Promise<ApiServer> {
    const { certificate, key } = makeCertificate(now);
    const token = randomBytes(32).toString('base64url');
    const https = createServer({ cert: certificate, key, ALPNProtocols: ['http/1.1'], minVersion: 'TLSv1.2' });
    Object.assign(https, { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveMs, maxConnections });
    await new Promise<void>((resolve, reject) => {
      https.once('error', reject).listen(port, host, resolve);
    });
    const address = `${host}:${(https.address() as AddressInfo).port}`;
    return new ApiServer(backend, https, { server: `https://${address}`, certificate, token });
  }

  private constructor(backend: Backend, https: HttpsServer, access: Access) {
    this.access = access;
    this.#https = https;
    this.#hub = new WatchHub(backend.store);
    const server: Server = { ...backend, compacted: backend.store.resourceVersion };
    const guard = new Guard(access.token, backend.userOfToken);
    const address = access.server.slice('https://'.length);
    https.on('request', (request, response) => void this.#answer(server, guard, address, request, response));
    // A broken handshake or a request that is none: the connection ends, the server does not.
    https.on('tlsClientError', (_error, socket) => socket.destroy());
    https.on(
      'clientError',
      (_error, socket) => void (socket.writable ? socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n') : socket.destroy()),
    );
  }

  /** Watches end, requests that have begun are answered, idle connections close. */
  async stop(): Promise<void> {
    this.#hub.close();
    const closed = new Promise<void>((resolve) => void this.#https.close(() => resolve()));
    this.#https.closeIdleConnections();
    setTimeout(() => this.#https.closeAllConnections(), 2_000).unref();
    await closed;
  }

  async #answer(server: Server, guard: Guard, address: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => response.destroy());
    const [path = '/', search = ''] = split(request.url ?? '/');
    const head = headOf(request, path, search);
    const user = head ? userOf(server, guard, request, head) : failure(400, 'BadRequest', 'the path cannot be decoded');
    const body = isStatus(user) ? user : await readBody(request);
    if (!head || isStatus(user) || isStatus(body)) {
      // What is left of the body is not read.
      response.setHeader('connection', 'close');
      response.setHeader('x-content-type-options', 'nosniff');
      return send(response, refusal(body as Status), '');
    }
    const answer = answerOf(server, address, { ...head, body, ...(user !== administrator && { user }) });
    server.poke();
    if (!('watch' in answer)) return send(response, answer, String(request.headers['accept-encoding'] ?? ''));
    if (this.#hub.isFull) return send(response, refusal(tooMany()), '');
    this.#hub.open(answer.watch, response);
  }
}

const tooMany = () => failure(429, 'TooManyRequests', 'too many watches are open, please try again later', { retryAfterSeconds: 1 });

function split(url: string): readonly [path: string, search: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
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
