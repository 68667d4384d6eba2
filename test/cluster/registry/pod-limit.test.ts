import { expect, test } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import type { ReplicaSet } from '../../../server/src/schema/generated/types.ts';

test('[L1] a thousand million replicas stop at the limit, say so, and nothing hangs', () => {
  const cluster = new Cluster({ podLimit: 50 });
  const spec = {
    replicas: 1_000_000_000,
    selector: { matchLabels: { app: 'a' } },
    template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
  };
  cluster.request({
    verb: 'create',
    group: 'apps',
    resource: 'replicasets',
    namespace: 'default',
    body: { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'many' }, spec },
  });
  cluster.advance(10_000);
  expect(cluster.store.collection('pods').size).toBe(50);
  const set = cluster.store.get<ReplicaSet>('replicasets.apps', 'default', 'many')!;
  expect(set.status.conditions?.[0]).toMatchObject({ type: 'ReplicaFailure', message: expect.stringContaining('this cluster holds 50 pods at most') });
});
