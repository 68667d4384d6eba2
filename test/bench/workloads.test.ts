// Pods of StatefulSets and DaemonSets: one among many costs what it costs among few. Nodes of StatefulSets are few and large, so that
// their heartbeats, which cost by the hour and not by the pod, stay out of the figures.
import { expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import type { Pod } from '../../server/src/schema/generated/types.ts';

interface Workload {
  readonly resource: 'statefulsets' | 'daemonsets';
  readonly kind: 'StatefulSet' | 'DaemonSet';
  readonly spec: (pods: number) => object;
  readonly cluster: (pods: number) => Cluster;
}

const stateful = (podManagementPolicy: string, minReadySeconds = 0): Workload => ({
  resource: 'statefulsets',
  kind: 'StatefulSet',
  spec: (replicas) => ({ replicas, podManagementPolicy, minReadySeconds, serviceName: 'web' }),
  cluster: onLargeNodes,
});

const daemons: Workload = {
  resource: 'daemonsets',
  kind: 'DaemonSet',
  spec: () => ({ updateStrategy: { rollingUpdate: { maxUnavailable: '20%' } } }),
  cluster: (count) => new Cluster({ nodes: { count } }),
};

function onLargeNodes(): Cluster {
  const cluster = new Cluster({ nodes: { count: 0 } });
  const room = { cpu: '9999', memory: '9999Gi', pods: '99999' };
  for (const name of ['a', 'b', 'c']) {
    const body = { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { capacity: room, allocatable: room } };
    cluster.request({ verb: 'create', group: '', resource: 'nodes', body });
  }
  return cluster;
}

const foreverMs = 1e12;

/** CPU of creating so many pods and rolling each once, in milliseconds a pod. */
function rollMs(workload: Workload, pods: number): number {
  const { resource, kind } = workload;
  const cluster = workload.cluster(pods);
  const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } });
  const before = process.cpuUsage();
  const spec = { ...workload.spec(pods), selector: { matchLabels: { app: 'web' } }, template: template('a') };
  const target = { group: 'apps', resource, namespace: 'default', name: 'web' };
  cluster.request({ ...target, verb: 'create', body: { apiVersion: 'apps/v1', kind, metadata: { name: 'web' }, spec } });
  cluster.settle(5_000, foreverMs);
  cluster.request({ ...target, verb: 'patch', patchType: 'merge', body: { spec: { template: template('b') } } });
  cluster.settle(5_000, foreverMs);
  const { user, system } = process.cpuUsage(before);
  const all = [...cluster.store.collection('pods').values()] as Pod[];
  expect(all.filter(({ spec: { containers } }) => containers[0]!.image === 'b')).toHaveLength(pods);
  return (user + system) / 1000 / pods;
}

test.each([
  ['[B4] OrderedReady', stateful('OrderedReady')],
  ['[B5] Parallel', stateful('Parallel')],
  ['[B6] Parallel with minReadySeconds', stateful('Parallel', 3)],
  ['[B7] a DaemonSet', daemons],
] as const)(
  '%s: CPU a pod does not grow with the number of pods',
  (title, workload) => {
    // The first runs only warm up, and the best of the others counts: other tests run on the same processors, and their time is not ours.
    const runs = Array.from({ length: 8 }, () => rollMs(workload, 100));
    const [few, many] = [Math.min(...runs.slice(4)), rollMs(workload, 1_000)];
    console.log(`${title}: ${few.toFixed(2)} ms a pod among 100, ${many.toFixed(2)} ms among 1,000`);
    expect(many).toBeLessThan(few * 2);
  },
  120_000,
);
