// The thread that makes the calls of a Connection.
import { Agent, request } from 'node:https';
import type { MessagePort } from 'node:worker_threads';
import { kubernetesVersion } from '../../schema/kinds.ts';
import type { Call, CallerData, Reply } from './connection.ts';

export function answerCalls(port: MessagePort, { access, bell }: CallerData): void {
  const agent = new Agent({ keepAlive: true, ca: access.certificate });
  const rings = new Int32Array(bell);
  const reply = (answer: Reply): void => {
    port.postMessage(answer);
    Atomics.store(rings, 0, 1);
    Atomics.notify(rings, 0);
  };
  port.on('message', (call: Call) => send(agent, access.server, access.token, call, reply));
}

function send(
  agent: Agent,
  server: string,
  token: string,
  { method, path, contentType, body, headers: more, collectMs }: Call,
  reply: (answer: Reply) => void,
): void {
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'user-agent': `kubectl/v${kubernetesVersion} drydock`,
    ...more,
    ...(body !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
  };
  const sent = request(`${server}${path}`, { agent, method, headers }, (response) => {
    const chunks: Buffer[] = [];
    const end = (): void => {
      const warnings = response.headersDistinct['warning'] ?? [];
      reply({ code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), warnings });
    };
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    if (collectMs === undefined) return void response.on('end', end);
    // What was cut off ends with an error of the response, which nobody needs.
    response.on('error', () => {});
    setTimeout(() => {
      end();
      response.destroy();
    }, collectMs);
  });
  sent.on('error', (error) => reply({ error: refusedConnection(error, server) }));
  sent.end(body);
}

/** Why there is no connection, in the words of the real client. */
export const refusedConnection = (error: NodeJS.ErrnoException, server: string): string =>
  error.code === 'ECONNREFUSED' ? `The connection to the server ${new URL(server).host} was refused - did you specify the right host or port?` : error.message;
