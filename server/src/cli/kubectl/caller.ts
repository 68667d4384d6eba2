// The thread that makes the calls of a Connection.
import { Agent, request } from 'node:https';
import type { MessagePort } from 'node:worker_threads';
import type { Call, CallerData, Reply } from './connection.ts';

export function answerCalls(port: MessagePort, { access, bell }: CallerData): void {
  const agent = new Agent({ keepAlive: true, ca: access.certificate });
  const rings = new Int32Array(bell);
  port.on('message', (call: Call) => {
    const reply = (answer: Reply): void => {
      port.postMessage(answer);
      Atomics.store(rings, 0, 1);
      Atomics.notify(rings, 0);
    };
    send(agent, access.server, access.token, call, reply);
  });
}

function send(agent: Agent, server: string, token: string, { method, path, contentType, body, collectMs }: Call, reply: (answer: Reply) => void): void {
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'user-agent': 'kubectl/v1.36.3 drydock',
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
  sent.on('error', (error: NodeJS.ErrnoException) => reply({ error: error.code === 'ECONNREFUSED' ? refused(server) : error.message }));
  sent.end(body);
}

const refused = (server: string) => `The connection to the server ${new URL(server).host} was refused - did you specify the right host or port?`;
