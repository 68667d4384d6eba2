// The server on a real socket: who is let in, limits, watches over the wire, the end.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAccess, writeKubeconfig } from '../../server/src/apiserver/kubeconfig.ts';
import { maxBodyBytes } from '../../server/src/apiserver/read-body.ts';
import { ApiServer } from '../../server/src/apiserver/server.ts';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { backendOf, configMap } from './support/front.ts';
import { send as sendTo } from './support/send.ts';

const cluster = new Cluster({ freeze: true });
const maps = '/api/v1/namespaces/default/configmaps';
let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start(backendOf(cluster), { port: 0, now: Date.now() });
});
afterAll(() => server.stop());

const send = (method: string, path: string, options?: RequestOptions, body?: string | Buffer) => sendTo(server.access, method, path, options, body);

test('the certificate stands for 127.0.0.1 and localhost', async () => {
  expect((await send('GET', '/version')).code).toBe(200);
  const { port } = new URL(server.access.server);
  expect((await send('GET', '/version', { servername: 'localhost', port, headers: { host: `localhost:${port}` } })).code).toBe(200);
  await expect(send('GET', '/version', { servername: 'example.com' })).rejects.toThrow(/altnames/);
});

test.each([
  ['no token', { authorization: '' }, 403],
  ['a wrong token', { authorization: 'Bearer x' }, 401],
  ['another name for this address', { host: 'evil.example:6443' }, 403],
  ['a web page', { origin: 'https://evil.example' }, 403],
])('%s is turned away', async (_, headers, code) => {
  const { code: got, text } = await send('GET', '/api/v1/namespaces', { headers, servername: 'localhost' });
  expect([got, JSON.parse(text).kind]).toEqual([code, 'Status']);
});

test('a kubeconfig that only its owner can read, and that leads back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  const file = join(folder, 'config');
  await writeKubeconfig(file, server.access);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readAccess(readFileSync(file, 'utf8'))).toEqual(server.access);
  rmSync(folder, { recursive: true });
});

test('a body over the limit: 413, said so or not', async () => {
  const big = Buffer.alloc(maxBodyBytes + 1, 'a');
  for (const headers of [{ 'content-length': String(big.length) }, { 'transfer-encoding': 'chunked' }]) {
    // The server hangs up while the body is still coming; the answer may or may not get through before that.
    const answer = await send('POST', maps, { headers }, big).catch((error: NodeJS.ErrnoException) => error.code);
    expect(typeof answer === 'object' ? answer.code : answer).toSatisfy((code) => code === 413 || code === 'EPIPE' || code === 'ECONNRESET');
  }
  expect((await send('GET', '/readyz')).text).toBe('ok');
});

test('long answers are compressed for who can read them', async () => {
  const { headers } = await send('GET', '/openapi/v3/apis/apps/v1', { headers: { 'accept-encoding': 'gzip' } });
  expect(headers['content-encoding']).toBe('gzip');
  expect((await send('GET', '/openapi/v3/apis/apps/v1')).headers['content-encoding']).toBeUndefined();
});

test('warnings are headers', async () => {
  const body = JSON.stringify({ ...configMap('one'), datum: 1 });
  const { headers } = await send('POST', `${maps}?dryRun=All`, {}, body);
  expect(headers['warning']).toBe(String.raw`299 - "unknown field \"datum\""`);
});

test('a watch over the wire, and its end', async () => {
  const first = send('GET', `${maps}?watch=true&timeoutSeconds=1&resourceVersion=${cluster.store.resourceVersion}`);
  await send('POST', maps, {}, JSON.stringify(configMap('seen')));
  const { code, text } = await first;
  const [line] = text.trim().split('\n');
  expect([code, JSON.parse(line!).type, JSON.parse(line!).object.metadata.name]).toEqual([200, 'ADDED', 'seen']);
});

test('the clock, for who holds the token', async () => {
  const before = cluster.agenda.now;
  await send('POST', '/drydock/clock', {}, JSON.stringify({ do: 'advance', ms: 5_000 }));
  expect(cluster.agenda.now - before).toBe(5_000);
  expect((await send('POST', '/drydock/clock', {}, '{"do":"settle"}')).code).toBe(400);
  expect((await send('POST', '/drydock/clock', { headers: { authorization: '' } }, '{"do":"pause"}')).code).toBe(403);
});

test('what is no TLS and no HTTP ends its connection alone', async () => {
  const { port } = new URL(server.access.server);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.end('GET / HTTP/1.1\r\n\r\n'));
    socket.on('close', () => resolve()).on('error', () => {});
  });
  expect((await send('GET', '/readyz')).code).toBe(200);
});

test('stopping ends open watches', async () => {
  const other = await ApiServer.start(backendOf(new Cluster()), { port: 0, now: Date.now() });
  const { server: address, certificate, token } = other.access;
  const ended = new Promise<void>((resolve) => {
    request(`${address}${maps}?watch=true`, { ca: certificate, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.once('data', () => void other.stop());
      response.resume().on('end', () => resolve());
    }).end();
  });
  await ended;
});
