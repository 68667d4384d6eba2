import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { deployment } from './registry/support/api.ts';

/** Everything that a cluster holds and that it did, as text. */
const bytes = ({ store, agenda }: Cluster) => JSON.stringify([agenda.now, store.resourceVersion, store.log.after(0)]);

/** A cluster in the middle of a rolling update. */
function rolling(seed: number) {
  const cluster = new Cluster({ seed, freeze: true });
  const at = { group: 'apps', resource: 'deployments', namespace: 'default' } as const;
  cluster.request({ verb: 'create', ...at, body: deployment('web', { replicas: 7 }) });
  cluster.settle();
  setImage(cluster, 'nginx:1.28');
  cluster.advance(1_700);
  return cluster;
}

function setImage(cluster: Cluster, image: string) {
  const body = { spec: { template: { spec: { containers: [{ name: 'web', image }] } } } };
  cluster.request({ verb: 'patch', patchType: 'strategic', group: 'apps', resource: 'deployments', namespace: 'default', name: 'web', body });
}

test('[F1] a fork goes on with the same bytes', () => {
  for (const seed of [1, 2, 3]) {
    const cluster = rolling(seed);
    const fork = cluster.fork();
    expect(bytes(fork)).toBe(bytes(cluster));
    for (const each of [cluster, fork]) {
      each.settle();
      setImage(each, 'nginx:1.29');
      each.advance(3_600_000 * 2);
    }
    expect(bytes(fork), `seed ${seed}`).toBe(bytes(cluster));
  }
});

test('[F2] what happens in one does not happen in the other', () => {
  const cluster = rolling(4);
  const before = bytes(cluster);
  const fork = cluster.fork();
  setImage(fork, 'nginx:1.29');
  fork.settle();
  expect(bytes(cluster)).toBe(before);
  expect(fork.store.resourceVersion).toBeGreaterThan(cluster.store.resourceVersion);
});

test('[F3] a fork of a fork', () => {
  const cluster = rolling(5);
  const fork = cluster.fork().fork();
  cluster.settle();
  fork.settle();
  expect(bytes(fork)).toBe(bytes(cluster));
});

test('[F4] the same seed gives the same bytes, another seed others', () => {
  expect(bytes(rolling(6))).toBe(bytes(rolling(6)));
  expect(bytes(rolling(6))).not.toBe(bytes(rolling(7)));
});
