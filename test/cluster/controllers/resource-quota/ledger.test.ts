// The ledger and the budgets' pods after random writes are what counting from the beginning gives; and a fork goes on with them.
import { expect, test } from 'vitest';
import { Cluster } from '../../../../server/src/cluster/cluster.ts';
import { PodsOfBudgets } from '../../../../server/src/cluster/controllers/disruption/budgeted-pods.ts';
import { QuotaLedger, quotable } from '../../../../server/src/cluster/controllers/resource-quota/ledger.ts';
import { liveCatalog } from '../../../../server/src/cluster/registry/custom/live-catalog.ts';
import { Random } from '../../../../server/src/cluster/clock/random.ts';
import { amountsText } from '../../../../server/src/cluster/registry/admission/quota/amounts.ts';

const quota = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'q' },
  spec: { hard: { pods: '9', 'requests.cpu': '9', configmaps: '9', services: '9', 'services.nodeports': '9', 'count/deployments.apps': '9' } },
};
const cheap = { ...quota, metadata: { name: 'cheap' }, spec: { hard: { pods: '99' }, scopes: ['NotTerminating'] } };
const budget = (name: string, spec: object) => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec });

function write(cluster: Cluster, random: Random): void {
  const pick = (count: number) => random.int(count);
  const name = `x${pick(5)}`;
  const ask = ({ verb, resource, ...rest }: { verb: string; resource: string; name?: string; body?: object; patchType?: string }) => {
    // What exists already is charged like anything else before it is refused, and given back with the next count of everything.
    if (verb === 'create' && cluster.store.get(resource, 'default', name)) return;
    cluster.request({ group: '', namespace: 'default', verb, resource, ...rest } as never);
  };
  const labels = { app: pick(2) ? 'web' : 'db' };
  const spec = { containers: [{ name: 'c', image: 'x', resources: { requests: { cpu: `${pick(4) + 1}00m` } } }] };
  switch (pick(8)) {
    case 0:
    case 1:
      return void ask({ verb: 'create', resource: 'pods', body: { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec } });
    case 2:
      return void ask({ verb: 'delete', resource: 'pods', name });
    case 3:
      return void ask({
        verb: 'patch',
        patchType: 'merge',
        resource: 'pods',
        name,
        body: { spec: { activeDeadlineSeconds: 600 - pick(9) }, metadata: { labels } },
      });
    case 4:
      return void ask({ verb: 'create', resource: 'configmaps', body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } } });
    case 5:
      return void ask({ verb: 'delete', resource: pick(2) ? 'configmaps' : 'services', name });
    case 6:
      return void ask({
        verb: 'create',
        resource: 'services',
        body: { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { type: pick(2) ? 'NodePort' : 'ClusterIP', ports: [{ port: 80 }] } },
      });
    default:
      cluster.advance(pick(3) * 700);
  }
}

function checkCounts(cluster: Cluster, seed: number): void {
  const fresh = new QuotaLedger(cluster.store, liveCatalog(cluster.store), () => cluster.agenda.now);
  for (const name of ['q', 'cheap']) {
    fresh.recount(`default/${name}`);
    const { status } = cluster.store.get('resourcequotas', 'default', name) as unknown as { status: { used: Record<string, string> } };
    expect(
      amountsText(fresh.usedOf(`default/${name}`)!)
        .split(',')
        .sort(),
      `seed ${seed}`,
    ).toEqual(
      Object.entries(status.used)
        .map(([resource, amount]) => `${resource}=${amount}`)
        .sort(),
    );
  }
  const pods = new PodsOfBudgets(cluster.store);
  for (const name of ['web', 'all']) {
    const { status } = cluster.store.get('poddisruptionbudgets.policy', 'default', name) as unknown as {
      status: { currentHealthy: number; expectedPods: number };
    };
    expect([status.expectedPods, status.currentHealthy], `seed ${seed}`).toEqual([pods.of(`default/${name}`)!.count, pods.of(`default/${name}`)!.healthy]);
  }
}

test.each([1, 2, 3, 4, 5])('[QL1] random writes, seed %i', (seed) => {
  const cluster = new Cluster({ seed, nodes: { count: 1 }, freeze: true });
  const ask = (group: string, resource: string, body: object) => cluster.request({ verb: 'create', group, resource, namespace: 'default', body });
  for (const one of [quota, cheap]) expect(ask('', 'resourcequotas', one).code).toBe(201);
  expect(ask('policy', 'poddisruptionbudgets', budget('web', { minAvailable: 1, selector: { matchLabels: { app: 'web' } } })).code).toBe(201);
  expect(ask('policy', 'poddisruptionbudgets', budget('all', { minAvailable: 1, selector: {} })).code).toBe(201);
  const random = new Random(seed);
  for (let i = 0; i < 150; i++) {
    write(cluster, random);
    checkCounts(cluster, seed);
  }
  const fork = cluster.fork();
  const again = new Random(random.snapshot());
  for (let i = 0; i < 30; i++) {
    write(cluster, random);
    write(fork, again);
  }
  checkCounts(fork, seed);
  expect(fork.store.resourceVersion).toBe(cluster.store.resourceVersion);
});

test('[QL2] everything that can be made in a namespace can be under quota, events aside', () => {
  expect(quotable).toEqual(expect.arrayContaining(['pods', 'configmaps', 'deployments.apps', 'resourcequotas', 'persistentvolumeclaims']));
  expect(quotable).not.toContain('events');
});
