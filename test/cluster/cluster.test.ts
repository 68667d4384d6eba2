import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { checkDone, Client, configMap, deployment } from './registry/support/api.ts';

test('[B1] a fresh cluster holds four namespaces, three nodes in three zones, and the kubernetes Service', () => {
  const client = new Client({ nodes: {} });
  const names = (resource: string) => [...client.cluster.store.collection(resource).keys()];
  expect(names('namespaces')).toEqual(['default', 'kube-system', 'kube-public', 'kube-node-lease']);
  expect(names('nodes')).toEqual(['node-1', 'node-2', 'node-3']);
  const nodes = [...client.cluster.store.collection('nodes').values()];
  expect(nodes.map(({ metadata }) => metadata.labels!['topology.kubernetes.io/zone'])).toEqual(['zone-a', 'zone-b', 'zone-c']);
  expect(names('serviceaccounts').filter((key) => key.endsWith('/default'))).toHaveLength(4);
  expect(checkDone(client.get('services', 'kubernetes')).spec.clusterIP).toBe('10.96.0.1');
});

test('[B2] as many nodes as asked for, in zones in turn', () => {
  const nodes = [...new Cluster({ nodes: { count: 5 } }).store.collection('nodes').values()];
  expect(nodes.map(({ metadata }) => metadata.labels!['topology.kubernetes.io/zone'])).toEqual(['zone-a', 'zone-b', 'zone-c', 'zone-a', 'zone-b']);
});

test('[B3] time passes only when it is told to', () => {
  const { cluster, ...client } = new Client();
  void client;
  const before = cluster.agenda.now;
  cluster.request({ verb: 'list', group: '', resource: 'pods' });
  expect(cluster.agenda.now).toBe(before);
  cluster.advance(1_234);
  expect(cluster.agenda.now).toBe(before + 1_234);
});

test('[B4] settled: nothing has changed for a while', () => {
  const client = new Client({ nodes: { count: 3 } });
  client.cluster.settle();
  const before = client.cluster.agenda.now;
  checkDone(client.create(deployment('web', { replicas: 3 })), 201);
  expect(client.cluster.settle(3_000)).toBe(true);
  expect(checkDone(client.get('deployments', 'web')).status.readyReplicas).toBe(3);
  const last = client.cluster.store.log.after(0).filter(({ resource }) => resource === 'pods' || resource === 'deployments.apps');
  expect(client.cluster.agenda.now - before).toBeGreaterThan(3_000);
  expect(client.cluster.agenda.now - last.at(-1)!.at).toBe(3_000);
});

test('[B5] what does not settle is given up at the limit', () => {
  const client = new Client({ nodes: { count: 1 } });
  client.cluster.settle();
  const before = client.cluster.agenda.now;
  expect(client.cluster.settle(60_000, 10_000)).toBe(false);
  expect(client.cluster.agenda.now).toBe(before + 10_000);
});

test('[B6] step goes to the next moment, and no further than asked', () => {
  const client = new Client({ nodes: { count: 1 } });
  const before = client.cluster.agenda.now;
  const next = client.cluster.agenda.nextAt()!;
  expect(client.cluster.step(next - 1)).toBe(false);
  expect(client.cluster.agenda.now).toBe(before);
  expect(client.cluster.step()).toBe(true);
  expect(client.cluster.agenda.now).toBe(next);
});

test('[B7] every commit of a component names the commit that made it act', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(deployment('web', { replicas: 1 })), 201);
  const { log } = client.cluster.store;
  const created = log.after(0).find(({ resource, before }) => resource === 'replicasets.apps' && !before)!;
  expect(created.cause.by).toBe('deployment-controller');
  expect(log.at(created.cause.because)).toMatchObject({ resource: 'deployments.apps', key: 'default/web', cause: { because: 0 } });
  checkDone(client.create(configMap('a')), 201);
  expect(log.at(client.cluster.store.resourceVersion)!.cause.because).toBe(0);
});
