import { expect, test } from 'vitest';
import { OwnerGraph } from '../../../../server/src/cluster/controllers/garbage-collector/owner-graph.ts';
import { builtIn } from '../../../../server/src/schema/custom/catalog.ts';
import type { KubeObject } from '../../../../server/src/kube/object.ts';
import { checkDone, Client, configMap } from '../../registry/support/api.ts';

/** ConfigMaps that own each other: `child: ['parent']`; a name with ! blocks its owner. */
function family(client: Client, members: Readonly<Record<string, readonly string[]>>) {
  for (const [name, owners] of Object.entries(members)) {
    const ownerReferences = owners.map((owner) => {
      const ownerName = owner.replace('!', '');
      const { uid } = checkDone(client.get('configmaps', ownerName)).metadata;
      return { apiVersion: 'v1', kind: 'ConfigMap', name: ownerName, uid, ...(owner.endsWith('!') && { blockOwnerDeletion: true }) };
    });
    checkDone(client.create({ ...configMap(name), metadata: { name, ownerReferences } }), 201);
  }
}

const living = (client: Client) => client.names('configmaps').filter((name) => name !== 'kube-root-ca.crt');

test('[G1] background: the owner goes at once, what it owned after it, generation by generation', () => {
  const client = new Client();
  family(client, { a: [], b: ['a'], c: ['b'], other: [] });
  checkDone(client.delete('configmaps', 'a'));
  expect(living(client)).toEqual(['other']);
});

test('[G2] an object goes with the last of its owners; the references to the others are removed', () => {
  const client = new Client();
  family(client, { a: [], b: [], c: ['a', 'b'] });
  checkDone(client.delete('configmaps', 'a'));
  expect(checkDone(client.get('configmaps', 'c')).metadata.ownerReferences).toEqual([expect.objectContaining({ name: 'b' })]);
  checkDone(client.delete('configmaps', 'b'));
  expect(living(client)).toEqual([]);
});

test('[G3] orphan: what it owned stays, owned by nobody', () => {
  const client = new Client();
  family(client, { a: [], b: ['a!'], c: ['b'] });
  checkDone(client.delete('configmaps', 'a', { propagationPolicy: 'Orphan' }));
  expect(living(client)).toEqual(['b', 'c']);
  expect(checkDone(client.get('configmaps', 'b')).metadata).not.toHaveProperty('ownerReferences');
});

test('[G4] foreground: the owner stays until those that block it are gone', () => {
  const client = new Client();
  family(client, { a: [], b: ['a!'] });
  checkDone(client.patch('configmaps', 'b', 'merge', { metadata: { finalizers: ['example.com/wait'] } }));
  const { metadata } = checkDone(client.delete('configmaps', 'a', { propagationPolicy: 'Foreground' }));
  expect(metadata).toMatchObject({ finalizers: ['foregroundDeletion'] });
  expect(living(client)).toEqual(['a', 'b']);
  expect(checkDone(client.get('configmaps', 'b')).metadata).toHaveProperty('deletionTimestamp');
  checkDone(client.patch('configmaps', 'b', 'merge', { metadata: { finalizers: null } }));
  expect(living(client)).toEqual([]);
});

test('[G5] foreground reaches down: dependents with dependents wait for theirs', () => {
  const client = new Client();
  family(client, { a: [], b: ['a!'], c: ['b!'] });
  checkDone(client.patch('configmaps', 'c', 'merge', { metadata: { finalizers: ['example.com/wait'] } }));
  checkDone(client.delete('configmaps', 'a', { propagationPolicy: 'Foreground' }));
  expect(checkDone(client.get('configmaps', 'b')).metadata).toMatchObject({ finalizers: ['foregroundDeletion'] });
  checkDone(client.patch('configmaps', 'c', 'merge', { metadata: { finalizers: null } }));
  expect(living(client)).toEqual([]);
});

test('[G6] foreground does not wait for those that do not block', () => {
  const client = new Client();
  family(client, { a: [], b: ['a'] });
  checkDone(client.patch('configmaps', 'b', 'merge', { metadata: { finalizers: ['example.com/wait'] } }));
  checkDone(client.delete('configmaps', 'a', { propagationPolicy: 'Foreground' }));
  expect(living(client)).toEqual(['b']);
  expect(checkDone(client.get('configmaps', 'b')).metadata).toHaveProperty('deletionTimestamp');
});

test('[G7] an object that names an owner that is not there, or is another of that name, goes', () => {
  const client = new Client();
  family(client, { a: [] });
  const owned = (name: string, owner: object) =>
    client.create({ ...configMap(name), metadata: { name, ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', ...owner }] } });
  checkDone(owned('b', { name: 'nope', uid: 'u' }), 201);
  checkDone(owned('c', { name: 'a', uid: 'another' }), 201);
  expect(living(client)).toEqual(['a']);
});

test('[G8] an owner of a kind that nobody knows is taken to be there', () => {
  const client = new Client();
  const ownerReferences = [{ apiVersion: 'example.com/v1', kind: 'Thing', name: 'x', uid: 'u' }];
  checkDone(client.create({ ...configMap('a'), metadata: { name: 'a', ownerReferences } }), 201);
  expect(living(client)).toEqual(['a']);
});

test('[G9] a circle that waits for itself is broken', () => {
  const client = new Client();
  family(client, { a: [], b: ['a!'] });
  const { uid } = checkDone(client.get('configmaps', 'b')).metadata;
  const back = { apiVersion: 'v1', kind: 'ConfigMap', name: 'b', uid, blockOwnerDeletion: true };
  checkDone(client.patch('configmaps', 'a', 'merge', { metadata: { ownerReferences: [back] } }));
  checkDone(client.delete('configmaps', 'a', { propagationPolicy: 'Foreground' }));
  expect(living(client)).toEqual([]);
});

test('[G10] the graph always equals one made anew', () => {
  const client = new Client({ seed: 3 });
  const { store } = client.cluster;
  const graph = new OwnerGraph(store, builtIn);
  store.onCommit((commit) => graph.update(commit));
  family(client, { a: [], b: ['a'], c: ['a', 'b!'], d: ['c'], e: [] });
  checkDone(client.patch('configmaps', 'd', 'merge', { metadata: { ownerReferences: null } }));
  checkDone(client.delete('configmaps', 'b'));
  const fresh = new OwnerGraph(store, builtIn);
  const all = [...store.collection('configmaps').values()] as KubeObject[];
  for (const { metadata } of all) {
    expect([...graph.dependentsOf(metadata.uid)]).toEqual([...fresh.dependentsOf(metadata.uid)]);
    expect(graph.isBlocked(metadata.uid)).toBe(fresh.isBlocked(metadata.uid));
  }
});
