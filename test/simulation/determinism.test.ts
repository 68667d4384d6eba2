// The same seed gives the same bytes: every object, and every commit that led there.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { playRollout } from './play-rollout.ts';
import { randomRollout } from './random-rollout.ts';

const collections = [
  'namespaces',
  'nodes',
  'pods',
  'replicasets.apps',
  'deployments.apps',
  'events',
  'leases.coordination.k8s.io',
  'serviceaccounts',
  'configmaps',
];

function bytesOf({ store, agenda }: Cluster): { objects: string; log: string } {
  const objects = JSON.stringify([agenda.now, ...collections.map((resource) => [resource, ...store.collection(resource)])]);
  const log = createHash('sha256');
  for (const commit of store.log.after(0)) log.update(JSON.stringify(commit));
  return { objects, log: log.digest('hex') };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('seed %i twice', (seed) => {
  const run = () => bytesOf(playRollout(randomRollout(seed), []).cluster);
  const first = run();
  expect(run()).toEqual(first);
  expect(first.objects.length).toBeGreaterThan(5_000);
});

test('other seeds give other bytes', () => {
  const logs = [1, 2, 3].map((seed) => bytesOf(playRollout(randomRollout(seed), []).cluster).log);
  expect(new Set(logs).size).toBe(3);
});
