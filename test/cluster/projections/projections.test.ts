import { describe, expect, test } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import { ClusterProjection } from '../../../server/src/cluster/projections/cluster-projection.ts';
import { RolloutProjection } from '../../../server/src/cluster/projections/rollout-projection.ts';
import type { Row } from '../../../server/src/protocol/cluster-view.ts';
import type { Deployment } from '../../../server/src/schema/generated/types.ts';
import { Random } from '../../../server/src/cluster/clock/random.ts';

const deployment = (replicas: number, image: string, annotations: Record<string, string> = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' }, annotations }, spec: { containers: [{ name: 'web', image }] } },
  },
});

const target = { group: 'apps', resource: 'deployments', namespace: 'default' } as const;

function start(replicas = 3, annotations?: Record<string, string>): Cluster {
  const cluster = new Cluster({ freeze: true });
  cluster.request({ ...target, verb: 'create', body: deployment(replicas, 'nginx:1', annotations) });
  return cluster;
}

const patch = (cluster: Cluster, body: object) => cluster.request({ ...target, verb: 'patch', name: 'web', patchType: 'strategic', body });
const setImage = (cluster: Cluster, image: string, annotations: object = {}) =>
  patch(cluster, { spec: { template: { metadata: { annotations }, spec: { containers: [{ name: 'web', image }] } } } });
const live = (cluster: Cluster) => cluster.store.get<Deployment>('deployments.apps', 'default', 'web')!;
const follow = (cluster: Cluster) => new RolloutProjection(cluster.store, live(cluster));
const byId = (rows: readonly Row[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** Random things that people do, and a moment between them. */
function play(cluster: Cluster, random: Random, steps: number, look: () => void): void {
  const acts = [
    () => setImage(cluster, `nginx:${random.int(4)}`),
    () => setImage(cluster, 'nginx:broken', { 'drydock.dev/fault': 'image-pull' }),
    () => setImage(cluster, 'nginx:9', { 'drydock.dev/fault': null }),
    () => patch(cluster, { spec: { replicas: random.int(8) } }),
    () => patch(cluster, { spec: { paused: random.int(2) === 0 } }),
    () =>
      cluster.request({
        group: '',
        resource: 'pods',
        namespace: 'default',
        verb: 'delete',
        name: [...cluster.store.collection('pods').keys()][0]?.split('/')[1] ?? 'none',
      }),
  ];
  for (let step = 0; step < steps; step++) {
    acts[random.int(acts.length)]!();
    cluster.advance(random.int(2_500));
    look();
  }
}

describe('the table behind the sidebar', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('[P1] seed %i: followed commit by commit it is what a fresh look gives', (seed) => {
    const cluster = start();
    const followed = new ClusterProjection(cluster.store);
    const mirror = new Map(followed.rows().map((row) => [row.id, row]));
    play(cluster, new Random(seed), 12, () => {
      do {
        const { upserts = [], removals = [] } = followed.takeChanges(7) ?? {};
        expect(upserts.length + removals.length).toBeLessThanOrEqual(7);
        for (const row of upserts) mirror.set(row.id, row);
        for (const id of removals) mirror.delete(id);
      } while (followed.hasMore);
      const fresh = new ClusterProjection(cluster.store);
      expect(byId([...mirror.values()])).toEqual(byId(fresh.rows()));
      expect(followed.totals()).toEqual(fresh.totals());
      fresh.close();
    });
  });

  test('[P2] nothing changed, nothing to tell', () => {
    const cluster = start();
    cluster.settle();
    const projection = new ClusterProjection(cluster.store);
    cluster.advance(60_000);
    expect(projection.takeChanges()).toBeUndefined();
  });

  test('[P3] a pod that cannot be pulled makes its Deployment stalled, with the reason; the fix takes it away', () => {
    const cluster = start();
    cluster.settle();
    const projection = new ClusterProjection(cluster.store);
    const row = () => {
      projection.takeChanges();
      return projection.rows().find((one) => one.type === 'deployment')!;
    };
    setImage(cluster, 'nginx:nope', { 'drydock.dev/fault': 'image-pull' });
    cluster.advance(5_000);
    expect(row()).toMatchObject({ health: 'failing', stalled: { reason: expect.stringMatching(/ImagePull/) }, ready: 3 });
    expect(projection.totals()).toMatchObject({ stalled: 1, podsFailing: 1 });
    setImage(cluster, 'nginx:2', { 'drydock.dev/fault': null });
    cluster.settle();
    expect(row()).not.toHaveProperty('stalled');
    expect(row().type === 'deployment' && row()).toMatchObject({ health: 'ready' });
  });

  test('[P4] what every cluster has and nobody asked for is not shown', () => {
    const projection = new ClusterProjection(new Cluster().store);
    expect(new Set(projection.rows().map(({ type }) => type))).toEqual(new Set(['namespace', 'node']));
  });
});

describe('the timeline of a rollout', () => {
  test.each([1, 2, 3, 4, 5, 6])('[T1] seed %i: followed from the start it is what the log tells afterwards', (seed) => {
    const cluster = start();
    const followed = follow(cluster);
    play(cluster, new Random(seed), 10, () => {
      const fresh = follow(cluster);
      expect(followed.view(cluster.agenda.now)).toEqual(fresh.view(cluster.agenda.now));
      fresh.close();
    });
  });

  test('[T2] it begins with a new template and ends when all is new and available', () => {
    const cluster = start();
    cluster.settle();
    const began = cluster.agenda.now;
    setImage(cluster, 'nginx:2');
    cluster.settle();
    const { timeline, state } = follow(cluster).view(cluster.agenda.now)!;
    expect(state).toBe('complete');
    expect(timeline.from).toBe(began);
    // Three new pods, one after the other, a second each.
    expect(timeline.to! - began).toBeGreaterThanOrEqual(3_000);
    expect(timeline.to! - began).toBeLessThan(3_100);
    expect(timeline).toMatchObject({ fewestReady: 3, mostPods: 4, lanesLeftOut: 0 });
    expect(timeline.lanes.filter(({ isNew }) => isNew)).toHaveLength(3);
    expect(timeline.lanes.filter(({ isNew }) => !isNew)).toHaveLength(3);
  });

  test('[T3] every decision names what made the controller look', () => {
    const cluster = start();
    cluster.settle();
    setImage(cluster, 'nginx:2');
    cluster.settle();
    const { decisions } = follow(cluster).view(cluster.agenda.now)!.timeline;
    expect(decisions.map(({ trigger }) => trigger?.code)).toEqual(['template-changed', 'pod-ready', 'pod-ready', 'pod-ready', 'pod-ready', 'pod-ready']);
  });

  test('[T4] a finished Deployment that loses a pod has something to show again', () => {
    const cluster = start();
    cluster.settle();
    const [pod] = [...cluster.store.collection('pods').keys()];
    const at = cluster.agenda.now;
    cluster.request({ group: '', resource: 'pods', namespace: 'default', verb: 'delete', name: pod!.split('/')[1]! });
    cluster.settle();
    const { timeline } = follow(cluster).view(cluster.agenda.now)!;
    expect(timeline.from).toBe(at);
    expect(timeline.fewestReady).toBe(2);
  });

  test('[T5] many pods: the lanes are limited, and it says how many were left out', () => {
    const cluster = new Cluster({ nodes: { count: 10 } });
    cluster.request({ ...target, verb: 'create', body: deployment(500, 'nginx:1') });
    cluster.settle();
    setImage(cluster, 'nginx:2');
    cluster.settle();
    const { timeline } = follow(cluster).view(cluster.agenda.now)!;
    expect(timeline.lanes.length).toBeLessThanOrEqual(200);
    expect(timeline.lanes.length + timeline.lanesLeftOut).toBe(1_000);
  });
});
