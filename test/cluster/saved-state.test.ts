// A cluster that goes on from a file goes on as if nothing had happened.
import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { savedState } from '../../server/src/cluster/saved-state.ts';
import { deployment, pod } from './registry/support/api.ts';

const bytes = ({ store, agenda }: Cluster) => JSON.stringify([agenda.now, store.resourceVersion, store.log.after(0)]);

/** As a file does it: nothing is shared with the cluster that goes on. */
const reopened = (cluster: Cluster) => new Cluster(deserialize(serialize(savedState(cluster.snapshot()))));

const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } };
const selector = { matchLabels: { app: 'x' } };
const claims = [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }];

/** Something of everything that remembers: rolling, failing, waiting, counting. */
function busy(): Cluster {
  const cluster = new Cluster({ seed: 11, freeze: true });
  const create = (group: string, resource: string, body: object) => {
    const { code, body: answer } = cluster.request({ verb: 'create', group, resource, namespace: 'default', body });
    expect(code, JSON.stringify(answer)).toBe(201);
  };
  create('', 'resourcequotas', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'all' }, spec: { hard: { pods: '40', 'count/jobs.batch': '5' } } });
  create('', 'services', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
  create('policy', 'poddisruptionbudgets', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable: 2, selector },
  });
  create('apps', 'deployments', deployment('web', { replicas: 6 }));
  create('apps', 'statefulsets', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: { replicas: 3, serviceName: 'db', selector, template, volumeClaimTemplates: claims },
  });
  create('apps', 'daemonsets', { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent' }, spec: { selector, template } });
  const failing = { ...template, metadata: { ...template.metadata, annotations: { 'drydock.dev/fault': 'crash' } } };
  create('batch', 'jobs', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'once' },
    spec: { completions: 4, parallelism: 2, template: { ...failing, spec: { ...failing.spec, restartPolicy: 'Never' } } },
  });
  create('', 'pods', { ...pod('broken'), metadata: { name: 'broken', annotations: { 'drydock.dev/fault': 'image-pull' } } });
  create('', 'pods', pod('large', { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '64' } } }] }));
  return cluster;
}

function change(cluster: Cluster, resource: string, name: string) {
  const containers = [{ name: resource === 'deployments' ? 'web' : 'c', image: 'nginx:1.28' }];
  const body = { spec: { template: { spec: { containers } } } };
  const { code } = cluster.request({ verb: 'patch', patchType: 'strategic', group: 'apps', resource, namespace: 'default', name, body });
  expect(code).toBe(200);
}

test.each([0, 400, 1_300, 4_100, 30_000, 200_000])('[SS1] stopped after %i ms, in the middle of everything', (ms) => {
  const cluster = busy();
  cluster.advance(ms);
  for (const [resource, name] of [
    ['deployments', 'web'],
    ['statefulsets', 'db'],
    ['daemonsets', 'agent'],
  ] as const)
    change(cluster, resource, name);
  cluster.advance(ms / 2);
  const again = reopened(cluster);
  expect(bytes(again)).toBe(bytes(cluster));
  for (const each of [cluster, again]) {
    each.advance(20_000);
    change(each, 'deployments', 'web');
    each.request({ verb: 'delete', group: '', resource: 'nodes', name: 'node-2' });
    each.advance(3_600_000);
  }
  expect(bytes(again)).toBe(bytes(cluster));
});

test('[SS2] who set which field is known as before', () => {
  const cluster = busy();
  cluster.advance(5_000);
  const ask = (each: Cluster) => each.request({ verb: 'list', group: 'apps', resource: 'deployments', options: { componentFields: true } }).body;
  expect(JSON.stringify(ask(reopened(cluster)))).toBe(JSON.stringify(ask(cluster)));
});

test('[SS3] what components remember is plain data, but for what follows from the store', () => {
  const cluster = busy();
  cluster.advance(5_000);
  for (const [name, memory] of savedState(cluster.snapshot()).memories) expect(instancesIn(memory), name).toEqual([]);
});

/** Names of the classes that something in a value is an instance of. */
function instancesIn(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof value === 'function') return ['function'];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const inner = value instanceof Map ? [...value.entries()].flat() : value instanceof Set ? [...value] : Object.values(value);
  const found = inner.flatMap((one) => instancesIn(one, seen));
  const { name } = value.constructor;
  return ['Object', 'Array', 'Map', 'Set', 'Uint8Array'].includes(name) ? found : [name, ...found];
}
