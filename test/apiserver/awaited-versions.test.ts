import { expect, test } from 'vitest';
import { AwaitedVersions } from '../../server/src/apiserver/awaited-versions.ts';
import { ApiServer } from '../../server/src/apiserver/server.ts';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { backendOf, configMap, eventsOf, frontOf } from './support/front.ts';
import { send } from './support/send.ts';

const maps = '/api/v1/namespaces/default/configmaps';

async function served() {
  const cluster = new Cluster({ nodes: { count: 0 } });
  const server = await ApiServer.start(backendOf(cluster), { port: 0, now: Date.now() });
  const create = (name: string) => cluster.request({ verb: 'create', group: '', resource: 'configmaps', namespace: 'default', body: configMap(name) });
  const ask = async (path: string) => {
    const { code, headers, text } = await send(server.access, 'GET', path);
    return { code, headers, body: JSON.parse(text) };
  };
  return { cluster, create, ask, stop: () => server.stop() };
}

test.each([
  ['a list', maps],
  ['one object', `${maps}/kube-root-ca.crt`],
  ['a page', `${maps}?limit=1`],
])('%s of a version that comes in time is answered when it is there', async (_, path) => {
  const { cluster, create, ask, stop } = await served();
  const version = cluster.store.resourceVersion + 2;
  const asked = ask(`${path}${path.includes('?') ? '&' : '?'}resourceVersion=${version}`);
  await new Promise((done) => setTimeout(done, 100));
  create('a');
  create('b');
  const { code, body } = await asked;
  expect(code).toBe(200);
  if (body.items) expect(Number(body.metadata.resourceVersion)).toBeGreaterThanOrEqual(version);
  await stop();
});

test('a version that does not come is refused after three seconds, with what to do', async () => {
  const { cluster, ask, stop } = await served();
  const began = performance.now();
  const { code, headers, body } = await ask(`${maps}?resourceVersion=999999`);
  expect(performance.now() - began).toBeGreaterThan(2_900);
  expect([code, headers['retry-after']]).toEqual([504, '1']);
  expect(body).toMatchObject({
    reason: 'Timeout',
    message: `Timeout: Too large resource version: 999999, current: ${cluster.store.resourceVersion}`,
    details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1 },
  });
  await stop();
});

test('a server that stops answers those who wait', async () => {
  const { ask, stop } = await served();
  const asked = ask(`${maps}?resourceVersion=999999`);
  await new Promise((done) => setTimeout(done, 100));
  const began = performance.now();
  await stop();
  expect((await asked).code).toBe(504);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('a watch of a future version begins later; one that tells what is there ends with an error', () => {
  const { watch, ask, cluster } = frontOf();
  const future = cluster.store.resourceVersion + 2;
  const plain = watch(`${maps}?watch=true&resourceVersion=${future}`);
  const whole = watch(`${maps}?watch=true&resourceVersion=${future}&resourceVersionMatch=NotOlderThan&sendInitialEvents=true`);
  expect(eventsOf(whole)).toMatchObject([{ type: 'ERROR', object: { code: 504, reason: 'Timeout' } }]);
  expect(whole.isOver).toBe(true);
  expect([eventsOf(plain), plain.bookmark(future)]).toEqual([[], undefined]);
  for (const name of ['a', 'b', 'c']) ask('POST', maps, { body: configMap(name) });
  expect(eventsOf(plain).map(({ object }) => object.metadata.name)).toEqual(['c']);
});

test('who has gone is not waited for', async () => {
  const cluster = new Cluster({ nodes: { count: 0 } });
  const awaited = new AwaitedVersions(cluster.store, 60_000);
  const gone = new AbortController();
  const waits = awaited.reach(cluster.store.resourceVersion + 1, gone.signal);
  gone.abort();
  await waits;
});
