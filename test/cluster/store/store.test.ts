import { expect, test } from 'vitest';
import { Random } from '../../../server/src/cluster/clock/random.ts';
import type { Commit } from '../../../server/src/cluster/store/commit.ts';
import { Store } from '../../../server/src/cluster/store/store.ts';
import type { KubeObject } from '../../../server/src/kube/object.ts';

const cause = { by: 'tester', because: 0 };

function map(name: string, data?: string): KubeObject & { readonly data?: string } {
  const metadata = { name, namespace: 'default', uid: name, resourceVersion: '', creationTimestamp: '' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, ...(data !== undefined && { data }) };
}

/** `data` absent: removal. */
const write = (store: Store, name: string, data?: string) =>
  store.commit({ resource: 'configmaps', namespace: 'default', name, after: data === undefined ? undefined : map(name, data), cause });

test('[S1] every write is one commit, and gives the object its version', () => {
  let now = 100;
  const store = new Store(() => now);
  const created = write(store, 'a', '1')!;
  now = 200;
  const updated = write(store, 'a', '2')!;
  write(store, 'a');
  expect([created.metadata.resourceVersion, updated.metadata.resourceVersion, store.resourceVersion]).toEqual(['1', '2', 3]);
  expect(store.log.after(0)).toEqual([
    { resourceVersion: 1, at: 100, resource: 'configmaps', key: 'default/a', after: created, cause },
    { resourceVersion: 2, at: 200, resource: 'configmaps', key: 'default/a', before: created, after: updated, cause },
    { resourceVersion: 3, at: 200, resource: 'configmaps', key: 'default/a', before: updated, cause },
  ]);
  expect(store.get('configmaps', 'default', 'a')).toBeUndefined();
});

test('[S2] an object that has the next version already is not copied', () => {
  const store = new Store(() => 0);
  const object = map('a', '1');
  const versioned = { ...object, metadata: { ...object.metadata, resourceVersion: store.nextResourceVersion } };
  expect(store.commit({ resource: 'configmaps', namespace: 'default', name: 'a', after: versioned, cause })).toBe(versioned);
  expect(store.commit({ resource: 'configmaps', namespace: 'default', name: 'a', after: object, cause })).not.toBe(object);
});

test('[S3] stored objects are frozen all the way down, when asked for', () => {
  const { metadata } = write(new Store(() => 0, { freeze: true }), 'a', '1')!;
  expect(() => Object.assign(metadata, { name: 'b' })).toThrow(TypeError);
});

test('[S4] listeners hear every commit, in order, until they stop', () => {
  const store = new Store(() => 0);
  const heard: Commit[] = [];
  const stop = store.onCommit((commit) => heard.push(commit));
  write(store, 'a', '1');
  write(store, 'b', '1');
  stop();
  write(store, 'c', '1');
  expect(heard.map(({ key }) => key)).toEqual(['default/a', 'default/b']);
});

test('[S5] the log forgets its oldest commits, and knows which', () => {
  const store = new Store(() => 0, { logLimit: 100 });
  for (let i = 1; i <= 1_000; i++) write(store, 'a', String(i));
  const { oldest } = store.log;
  expect(1_000 - oldest).toBeGreaterThanOrEqual(99);
  expect(1_000 - oldest).toBeLessThanOrEqual(125);
  expect(store.log.at(oldest)!.resourceVersion).toBe(oldest);
  expect(store.log.at(oldest - 1)).toBeUndefined();
  expect(store.log.at(1_001)).toBeUndefined();
  expect(store.log.after(998).map(({ resourceVersion }) => resourceVersion)).toEqual([999, 1_000]);
  expect(store.log.after(0)).toHaveLength(1_000 - oldest + 1);
});

test('[S6] a fork shares the objects and goes its own way', () => {
  const store = new Store(() => 0);
  write(store, 'a', '1');
  write(store, 'b', '1');
  const fork = Store.from(() => 5, store.snapshot(), []);
  expect(fork.get('configmaps', 'default', 'a')).toBe(store.get('configmaps', 'default', 'a'));
  write(fork, 'a', '2');
  write(store, 'b');
  expect([store, fork].map(({ resourceVersion }) => resourceVersion)).toEqual([3, 3]);
  expect([...store.collection('configmaps').values()].map((object) => (object as { data?: string }).data)).toEqual(['1']);
  expect([...fork.collection('configmaps').values()].map((object) => (object as { data?: string }).data)).toEqual(['2', '1']);
  expect(fork.log.after(2)).toHaveLength(1);
});

test('[S7] the log tells how the store became what it is', () => {
  const random = new Random(11);
  const store = new Store(() => 0);
  for (let i = 0; i < 2_000; i++) write(store, `m${random.int(30)}`, random.int(4) === 0 ? undefined : String(random.int(100)));
  const replayed = new Map<string, KubeObject>();
  for (const { key, before, after } of store.log.after(0)) {
    expect(replayed.get(key)).toBe(before);
    if (after) replayed.set(key, after);
    else replayed.delete(key);
  }
  expect([...replayed].sort()).toEqual([...store.collection('configmaps')].sort());
});
