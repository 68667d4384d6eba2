// What clients do that are slow, greedy or mean: each is answered or cut off, and everybody else is served as before.
import { request } from 'node:https';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { ServerResponse, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ApiServer } from '../../server/src/apiserver/server.ts';
import { maxWatches, WatchHub } from '../../server/src/apiserver/watch/hub.ts';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { pod } from '../cluster/registry/support/api.ts';
import { backendOf, configMap, frontOf } from './support/front.ts';
import { heapInUse } from './support/heap.ts';
import { send } from './support/send.ts';

const cluster = new Cluster({ freeze: true });
const maps = '/api/v1/namespaces/default/configmaps';
const watches = 20;
const crowd = 150;
let server: ApiServer;

beforeAll(async () => {
  const limits = { headersMs: 300, requestMs: 600, checkMs: 50, crowd, watches };
  server = await ApiServer.start(backendOf(cluster), { port: 0, now: Date.now(), limits });
});
afterAll(() => server.stop());

const port = () => Number(new URL(server.access.server).port);
const bearer = () => `Authorization: Bearer ${server.access.token}\r\n`;
const host = () => `Host: 127.0.0.1:${port()}\r\n`;

/** A connection that writes by hand; `over` resolves with all that came, when the server has hung up. */
async function raw(): Promise<{ socket: TLSSocket; over: Promise<string> }> {
  const socket = connect({ port: port(), host: '127.0.0.1', ca: server.access.certificate });
  let got = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (got += chunk));
  const over = new Promise<string>((resolve) => void socket.on('close', () => resolve(got)).on('error', () => {}));
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  return { socket, over };
}

async function trickle(head: string, drop: string): Promise<{ text: string; ms: number }> {
  const { socket, over } = await raw();
  const began = Date.now();
  socket.write(head);
  const timer = setInterval(() => socket.writable && socket.write(drop), 40);
  const text = await over;
  clearInterval(timer);
  return { text, ms: Date.now() - began };
}

const code = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { server: address, certificate: ca, token } = server.access;
    const sent = request(`${address}${path}`, { ca, agent: false, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });

describe('[SH1] slow clients', () => {
  test('headers that trickle are cut off with 408', async () => {
    const { text, ms } = await trickle(`GET /version HTTP/1.1\r\n${host()}`, 'X-Drop: 1\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout/);
    expect(ms).toBeGreaterThan(250);
    expect(ms).toBeLessThan(3_000);
  });

  test('so is a body, and nothing is done about what it was going to say', async () => {
    const made = configMap('trickled');
    cluster.request({ verb: 'create', resource: 'configmaps', group: '', namespace: 'default', body: made });
    const head = `DELETE ${maps}/trickled HTTP/1.1\r\n${host()}${bearer()}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n`;
    const { text, ms } = await trickle(head, ' ');
    expect(text).toMatch(/^(HTTP\/1\.1 408 Request Timeout|$)/);
    expect(ms).toBeLessThan(4_000);
    expect(await code(`${maps}/trickled`)).toBe(200);
  });

  test('a client that hangs up in the middle of its body asked for nothing', async () => {
    cluster.request({ verb: 'create', resource: 'configmaps', group: '', namespace: 'default', body: configMap('kept') });
    const { socket, over } = await raw();
    socket.write(`DELETE ${maps}/kept HTTP/1.1\r\n${host()}${bearer()}Content-Length: 50\r\n\r\n{"kind"`);
    setTimeout(() => socket.destroy(), 50);
    await over;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await code(`${maps}/kept`)).toBe(200);
  });

  test('hundreds of them keep nobody else waiting', async () => {
    const slow = await Promise.all(Array.from({ length: 100 }, () => raw()));
    for (const { socket } of slow) socket.write('GET /version HTTP/1.1\r\n');
    const began = performance.now();
    expect(await code('/version')).toBe(200);
    expect(performance.now() - began).toBeLessThan(5_000);
    await Promise.all(slow.map(({ over }) => over));
  });
});

describe('[SH2] greedy clients', () => {
  test('in a crowd of connections those go on which nothing goes on; a watch stays', async () => {
    const { socket: watching, over: watchOver } = await raw();
    watching.write(`GET ${maps}?watch=true HTTP/1.1\r\n${host()}${bearer()}\r\n`);
    let gone = 0;
    for (let i = 0; i < crowd; i++) {
      const { socket, over } = await raw();
      void over.then(() => gone++);
      const answered = new Promise((resolve) => socket.once('data', resolve));
      socket.write(`GET /version HTTP/1.1\r\n${host()}${bearer()}\r\n`);
      await answered;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(gone).toBeGreaterThan(crowd / 2);
    expect(watching.writable).toBe(true);
    watching.destroy();
    await watchOver;
  });

  test('a body of 100 MB is refused by its head alone', async () => {
    const { socket, over } = await raw();
    socket.write(`POST ${maps} HTTP/1.1\r\n${host()}${bearer()}Content-Type: application/json\r\nContent-Length: 104857600\r\n\r\n`);
    const text = await over;
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain('"reason":"RequestEntityTooLarge"');
  });

  test('so is one that does not say how long it is, soon after 3 MiB', async () => {
    const { socket, over } = await raw();
    socket.write(`POST ${maps} HTTP/1.1\r\n${host()}${bearer()}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    let sent = 0;
    const pump = () => {
      while (socket.writable && sent < 100_000_000) {
        sent += chunk.length;
        if (!socket.write(chunk)) return void socket.once('drain', pump);
      }
    };
    pump();
    // What it was told may be lost when the connection is reset under what it still sends.
    expect(await over).toMatch(/^(HTTP\/1\.1 413 |$)/);
    expect(sent).toBeLessThan(20_000_000);
  });

  test('one watch too many is told when to come back; when one ends there is room', async () => {
    const open = await Promise.all(Array.from({ length: watches }, () => raw()));
    for (const { socket } of open) socket.write(`GET ${maps}?watch=true HTTP/1.1\r\n${host()}${bearer()}\r\n`);
    await Promise.all(open.map(({ socket }) => new Promise((resolve) => socket.once('data', resolve))));
    const ask = async () => {
      const { socket, over } = await raw();
      socket.write(`GET ${maps}?watch=true&timeoutSeconds=1 HTTP/1.1\r\n${host()}${bearer()}Connection: close\r\n\r\n`);
      return over;
    };
    const refused = await ask();
    expect(refused).toMatch(/^HTTP\/1\.1 429 /);
    expect(refused).toMatch(/retry-after: 1/i);
    open[0]!.socket.destroy();
    await open[0]!.over;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 /);
    for (const { socket } of open) socket.destroy();
    await Promise.all(open.map(({ over }) => over));
  });

  test(`${maxWatches.toLocaleString('en')} watches cost little, all are woken, and all end`, () => {
    const { cluster: own, watch } = frontOf();
    const hub = new WatchHub(own.store);
    const before = heapInUse();
    const sinks = Array.from({ length: maxWatches }, () => {
      const response = new ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 } as IncomingMessage);
      let ended = false;
      Object.assign(response, { write: () => true, end: () => void ((ended = true), response.emit('close')) });
      Object.assign(response, { flushHeaders() {} });
      hub.open(watch(`${maps}?watch=true&resourceVersion=${own.store.resourceVersion}`), response);
      return () => ended;
    });
    expect((heapInUse() - before) / maxWatches).toBeLessThan(16_384);
    expect(hub.isFull).toBe(true);
    hub.close();
    expect(sinks.every((ended) => ended())).toBe(true);
    expect(hub.isFull).toBe(false);
  });
});

describe('[SH3] bodies that mean harm', () => {
  const { ask } = frontOf();
  const post = (body: string | Buffer, contentType = 'application/json') => ask('POST', maps, { contentType, body });
  const varint = (value: number) => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
  const protobuf = (...bytes: number[]) => Buffer.concat([Buffer.from('k8s\0'), Buffer.from(bytes)]);
  const cases: [title: string, body: string | Buffer, contentType: string, codes: readonly number[]][] = [
    ['a number that is none', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":NaN}}', 'application/json', [400]],
    ['a huge number', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"terminationGracePeriodSeconds":1e999}}', 'application/json', [400]],
    ['deep lists', `${'['.repeat(200_000)}`, 'application/json', [400]],
    ['deep objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'application/json', [400]],
    ['deep YAML', `a: ${'['.repeat(100_000)}`, 'application/yaml', [400]],
    [
      'YAML that multiplies itself',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, i) => `${'bcdefghijklm'[i]}: &${'bcdefghijklm'[i]} [${Array.from({ length: 9 }, () => `*${'abcdefghijkl'[i]}`).join()}]`).join('\n')}`,
      'application/yaml',
      [400],
    ],
    ['protobuf that ends too early', protobuf(0x0a, 0x7f, 1), 'application/vnd.kubernetes.protobuf', [400]],
    ['protobuf of endless length', protobuf(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01), 'application/vnd.kubernetes.protobuf', [400]],
    ['protobuf with groups in groups', protobuf(...Array.from({ length: 5_000 }, () => 0x0b)), 'application/vnd.kubernetes.protobuf', [400]],
    ['protobuf in protobuf in protobuf', nested(varint), 'application/vnd.kubernetes.protobuf', [400]],
    ['no protobuf at all', 'hello', 'application/vnd.kubernetes.protobuf', [400]],
    ['nothing', '', 'application/json', [400]],
    ['bytes', Buffer.from([0, 255, 254, 0xc0, 0x80]), 'application/json', [400]],
  ];
  test.each(cases)('%s', (_, body, contentType, codes) => {
    const began = performance.now();
    const answer =
      contentType === 'application/json' && String(body).includes('"Pod"')
        ? ask('POST', '/api/v1/namespaces/default/pods', { contentType, body })
        : post(body, contentType);
    expect(codes).toContain(answer.code);
    expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure' });
    // Generous: other tests run beside this one.
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test.each(['json-patch', 'merge-patch', 'strategic-merge-patch'])('a deep %s', (kind) => {
    expect(ask('PATCH', `${maps}/kube-root-ca.crt`, { contentType: `application/${kind}+json`, body: '['.repeat(100_000) }).code).toBe(400);
  });
});

/** A message of one field in itself, 300 times. */
function nested(varint: (value: number) => number[]): Buffer {
  let bytes: number[] = [];
  for (let i = 0; i < 300; i++) bytes = [0x0a, ...varint(bytes.length & 0x3fff), ...bytes];
  return Buffer.concat([Buffer.from('k8s\0'), Buffer.from(bytes)]);
}

describe('[SH4] doors', () => {
  test.each([
    '/api/v1/../../etc/passwd',
    '/api/v1/namespaces/..%2f..%2fetc',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/api/v1/namespaces/%00',
    '/api/v1/namespaces/%zz',
    '//etc/passwd',
    '/openapi/v3/..%2f..%2fpackage.json',
  ])('%s leads nowhere', async (path) => {
    const { socket, over } = await raw();
    socket.write(`GET ${path} HTTP/1.1\r\n${host()}${bearer()}Connection: close\r\n\r\n`);
    expect(await over).toMatch(/^HTTP\/1\.1 (400|404) /);
  });

  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n';
  test.each([
    ['without a token', () => host(), 403],
    ['with a wrong token', () => `${host()}Authorization: Bearer wrong\r\n`, 401],
    ['under another name', () => `Host: evil.example\r\n${bearer()}`, 403],
    ['from a web page', () => `${host()}${bearer()}Origin: https://evil.example\r\n`, 403],
    ['of a pod that is not there', () => `${host()}${bearer()}`, 404],
  ])('an upgrade %s is refused', async (_, headers, expected) => {
    const { socket, over } = await raw();
    socket.write(`GET /api/v1/namespaces/default/pods/web/exec?command=ls&stdout=true HTTP/1.1\r\n${headers()}${upgrade}\r\n`);
    expect(await over).toMatch(new RegExp(String.raw`^HTTP/1\.1 ${expected} `));
  });

  test('headers without end', async () => {
    const { socket, over } = await raw();
    socket.write(`GET /version HTTP/1.1\r\n${host()}X-Long: ${'a'.repeat(100_000)}\r\n\r\n`);
    expect(await over).toMatch(/^(HTTP\/1\.1 431 |$)/);
  });
});

test('[SH5] after all that, everything works', async () => {
  expect(await code('/readyz')).toBe(200);
});

describe('[SH7] connections that are not let go', () => {
  const socketsOf = async () => {
    const mine = new Cluster({ nodes: { count: 1 } });
    const own = await ApiServer.start(backendOf(mine), { port: 0, now: Date.now() });
    const { server: address, certificate: ca, token } = own.access;
    const { port: number } = new URL(address);
    const head = (path: string, more: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${number}\r\nAuthorization: Bearer ${token}\r\n${more}\r\n`;
    /** Never closes its side. */
    const open = (text: string) => {
      const options: ConnectionOptions & { readonly allowHalfOpen: true } = { port: Number(number), host: '127.0.0.1', ca, allowHalfOpen: true };
      const socket = connect(options);
      const closed = new Promise<void>((resolve) => void socket.on('error', () => {}).on('close', () => resolve()));
      const first = new Promise<string>((resolve) => void socket.once('data', (bytes: Buffer) => resolve(bytes.toString('latin1'))));
      socket.once('secureConnect', () => socket.write(text));
      return { socket, closed, first };
    };
    return { mine, own, head, open };
  };

  test('who talks nonsense and stays is cut off', async () => {
    const { own, open } = await socketsOf();
    const { first, socket } = open('NONSENSE\r\n\r\n');
    expect(await first).toMatch(/^HTTP\/1.1 400 /);
    const sockets = () => process.getActiveResourcesInfo().filter((one) => one === 'TCPSocketWrap').length;
    const before = sockets();
    await expect.poll(sockets, { timeout: 6_000, interval: 100 }).toBe(before - 1);
    socket.destroy();
    await own.stop();
  });

  test('the server stops although a stream and a watch are not let go', async () => {
    const { mine, own, head, open } = await socketsOf();
    const pods = '/api/v1/namespaces/default/pods';
    mine.request({ verb: 'create', group: '', resource: 'pods', namespace: 'default', body: pod('box') });
    mine.settle();
    const watch = open(head(`${pods}?watch=true`, ''));
    expect(await watch.first).toMatch(/^HTTP\/1.1 200 /);
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const stream = open(head(`${pods}/box/exec?command=cat&stdin=1&stdout=1`, upgrade));
    expect(await stream.first).toMatch(/^HTTP\/1.1 101 /);
    const spdy = open(head(`${pods}/box/exec?command=cat&stdin=1&stdout=1`, 'Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n'));
    expect(await spdy.first).toMatch(/^HTTP\/1.1 101 /);
    const began = performance.now();
    await own.stop();
    expect(performance.now() - began).toBeLessThan(4_000);
    for (const { socket } of [watch, stream, spdy]) socket.destroy();
  });

  test('a whole address in the request line, a body where another protocol is asked for', async () => {
    const { own, head, open } = await socketsOf();
    const whole = open(head(`${own.access.server}/version`, ''));
    expect(await whole.first).toMatch(/^HTTP\/1.1 200 /);
    const body = open(`${head('/version', 'Connection: Upgrade\r\nUpgrade: foo\r\nContent-Length: 2\r\n')}{}`);
    expect(await body.first).toMatch(/^HTTP\/1.1 400 [^]*a request that wants another protocol has no body/);
    for (const { socket } of [whole, body]) socket.destroy();
    await own.stop();
  });
});

test('[SH8] a mistake of ours costs the one connection that met it, and is told', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => said.mockRestore());
  let reads = 0;
  const reading = {
    isOver: false,
    read() {
      if (reads++ === 0) return 'one\n';
      throw new Error('no cheese');
    },
  };
  const cluster = new Cluster({ nodes: { count: 1 } });
  const box = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'box' }, spec: { containers: [{ name: 'a', image: 'a' }] } };
  cluster.request({ verb: 'create', group: '', resource: 'pods', namespace: 'default', body: box });
  cluster.advance(1_000);
  const own = await ApiServer.start({ ...backendOf(cluster), now: () => reads, containers: { log: () => reading } as never }, { port: 0, now: Date.now() });
  const follow = () => send(own.access, 'GET', '/api/v1/namespaces/default/pods/box/log?follow=true');
  expect((await follow()).text).toBe('one\n');
  await expect(follow()).rejects.toThrow('aborted');
  expect((await send(own.access, 'GET', '/version')).code).toBe(200);
  expect(said.mock.calls.flat()).toEqual([
    'drydock: a stream had to be ended: no cheese',
    'drydock: GET /api/v1/namespaces/default/pods/box/log?follow=true could not be answered: no cheese',
  ]);
  await own.stop();
});
