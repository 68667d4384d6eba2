// The sidebar's rows of StatefulSets and their like, from a living cluster.
import { expect, test } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import { ClusterProjection } from '../../../server/src/cluster/projections/cluster-projection.ts';
import type { Row } from '../../../server/src/protocol/cluster-view.ts';
import { kindOf } from '../../../server/src/schema/kinds.ts';

const template = (image = 'nginx:1.25', spec: object = {}) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image, command: ['work'] }], ...spec },
});
const selector = { matchLabels: { app: 'web' } };

function rowsOf(...objects: readonly { readonly apiVersion: string; readonly kind: string; readonly spec: object; readonly metadata?: object }[]) {
  const cluster = new Cluster({ freeze: true });
  const projection = new ClusterProjection(cluster.store);
  for (const object of objects) {
    const { code, body } = cluster.request({
      verb: 'create',
      ...kindOf(object.apiVersion, object.kind)!,
      namespace: 'default',
      body: { metadata: { name: 'web' }, ...object },
    });
    expect(code, JSON.stringify(body)).toBe(201);
  }
  // Followed commit by commit it is what a fresh look gives.
  while (cluster.step() && cluster.quietForMs < 3_000) projection.takeChanges();
  expect(new Set(projection.rows())).toEqual(new Set(new ClusterProjection(cluster.store).rows()));
  expect(projection.totals().pods).toBe(projection.rows().filter((row) => row.type === 'pod' && row.health !== 'idle').length);
  return [...projection.rows()].filter((row) => row.name.startsWith('web'));
}

const workloads = (rows: readonly Row[]) => rows.filter((row) => row.type === 'workload');

test('a StatefulSet counts its ready pods, which stand beneath it', () => {
  const rows = rowsOf({ apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { replicas: 2, serviceName: 'web', selector, template: template() } });
  expect(workloads(rows)).toMatchObject([{ kind: 'StatefulSet', wanted: 2, there: 2, health: 'ready', images: ['nginx:1.25'] }]);
  expect(rows.filter((row) => row.type === 'pod').map(({ name, parent }) => [name, parent])).toEqual([
    ['web-0', 'apps/StatefulSet/default/web'],
    ['web-1', 'apps/StatefulSet/default/web'],
  ]);
});

test('a DaemonSet has a pod on every node; one that cannot be pulled is failing', () => {
  const broken = { ...template(), metadata: { labels: { app: 'web' }, annotations: { 'drydock.dev/fault': 'image-pull' } } };
  expect(workloads(rowsOf({ apiVersion: 'apps/v1', kind: 'DaemonSet', spec: { selector, template: template() } }))).toMatchObject([
    { wanted: 3, there: 3, health: 'ready' },
  ]);
  expect(workloads(rowsOf({ apiVersion: 'apps/v1', kind: 'DaemonSet', spec: { selector, template: broken } }))).toMatchObject([
    { wanted: 3, there: 0, health: 'failing' },
  ]);
});

test('a Job counts completions, and says how it ended', () => {
  const job = (more: object, annotations: object = {}) => {
    const { spec } = template('busybox', { restartPolicy: 'Never' });
    return rowsOf({ apiVersion: 'batch/v1', kind: 'Job', spec: { completions: 2, backoffLimit: 0, template: { metadata: { annotations }, spec }, ...more } });
  };
  expect(workloads(job({}))).toMatchObject([{ wanted: 2, there: 2, state: { code: 'complete' }, health: 'ready' }]);
  expect(workloads(job({ suspend: true }))).toMatchObject([{ there: 0, state: { code: 'suspended' }, health: 'idle' }]);
  expect(workloads(job({}, { 'drydock.dev/fault': 'fail' }))).toMatchObject([{ state: { code: 'failed', reason: 'BackoffLimitExceeded' }, health: 'failing' }]);
});

test('a CronJob says when; its Jobs stand beneath it', () => {
  const { spec } = template('busybox', { restartPolicy: 'Never' });
  const rows = rowsOf({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: { schedule: '*/5 * * * *', suspend: true, jobTemplate: { spec: { template: { spec } } } },
  });
  expect(workloads(rows)).toMatchObject([{ kind: 'CronJob', schedule: '*/5 * * * *', state: { code: 'suspended' }, health: 'idle' }]);
  expect(workloads(rows)[0]).not.toHaveProperty('wanted');
});
