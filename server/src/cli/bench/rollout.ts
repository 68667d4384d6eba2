// What one Deployment costs: created with so many replicas, and rolled to another image.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Cluster } from '../../cluster/cluster.ts';

export interface RolloutFigures {
  readonly replicas: number;
  /** CPU of the whole process, in milliseconds, for creating and rolling, by the number of replicas. */
  readonly cpuMsPerPod: number;
  readonly wallMs: number;
  /** How long it took in the cluster's own time. */
  readonly virtualMs: number;
  /** Pods that were made: twice the replicas. */
  readonly pods: number;
  readonly commits: number;
}

const podsPerNode = 110;
/** Beside the pods themselves: a quarter more while they roll, a quarter that is still stopping, and some room. */
const headroom = 1.75;

export function benchRollout(replicas: number): RolloutFigures {
  const cluster = clusterFor(replicas);
  const before = { cpu: process.cpuUsage(), wall: performance.now(), at: cluster.agenda.now, commits: cluster.store.resourceVersion };
  createAndRoll(cluster, replicas);
  const { user, system } = process.cpuUsage(before.cpu);
  const wallMs = performance.now() - before.wall;
  checkRolled(cluster, replicas);
  return {
    replicas,
    cpuMsPerPod: (user + system) / 1000 / replicas,
    wallMs,
    virtualMs: cluster.agenda.now - before.at,
    pods: replicas * 2,
    commits: cluster.store.resourceVersion - before.commits,
  };
}

/** So many pods are rolled at least for a figure: that of one small rollout is chance. */
const measuredPods = 3_000;

/** Rolled before anything counts, so that the figures are not those of compiling. */
const warmUpPods = 30_000;

/** The median of several runs: three, and more of small ones. */
export function benchRolloutMedian(replicas: number): RolloutFigures {
  const runs = Math.max(3, measuredPods / replicas);
  for (let rolled = 0; rolled < warmUpPods; rolled += replicas) benchRollout(replicas);
  const figures = Array.from({ length: runs }, () => benchRollout(replicas));
  return figures.sort((a, b) => a.cpuMsPerPod - b.cpuMsPerPod)[Math.floor(runs / 2)]!;
}

/**
 * What a cluster holds in memory when it has rolled a Deployment, log included, by the number of replicas. Apart from the other
 * figures, because a forced collection throws away compiled code: what runs next costs three times as much.
 */
export function heapBytesPerPod(replicas: number): number {
  const before = usedHeap();
  const cluster = clusterFor(replicas);
  createAndRoll(cluster, replicas);
  const bytes = (usedHeap() - before) / replicas;
  checkRolled(cluster, replicas);
  return bytes;
}

function clusterFor(replicas: number): Cluster {
  return new Cluster({ nodes: { count: Math.max(3, Math.ceil((replicas * headroom) / podsPerNode)) } });
}

function createAndRoll(cluster: Cluster, replicas: number): void {
  send(cluster, { verb: 'create', body: deployment(replicas) });
  cluster.settle();
  send(cluster, {
    verb: 'patch',
    patchType: 'strategic',
    name: 'web',
    body: { spec: { template: { spec: { containers: [{ name: 'web', image: 'nginx:1.26' }] } } } },
  });
  cluster.settle();
}

function send(cluster: Cluster, request: { verb: 'create' | 'patch'; patchType?: 'strategic'; name?: string; body: unknown }): void {
  const { code, body } = cluster.request({ group: 'apps', resource: 'deployments', namespace: 'default', ...request });
  if (code >= 300) throw new Error(`bench: ${JSON.stringify(body)}`);
}

const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.25', ports: [{ containerPort: 80 }] }] } },
  },
});

/** Figures of a rollout that did not happen would be worth nothing. */
function checkRolled(cluster: Cluster, replicas: number): void {
  let rolled = 0;
  for (const pod of cluster.store.collection('pods').values()) {
    if ((pod as unknown as { spec: { containers: { image: string }[] } }).spec.containers[0]!.image === 'nginx:1.26') rolled++;
  }
  const total = cluster.store.collection('pods').size;
  if (rolled !== replicas || total !== replicas) throw new Error(`bench: ${rolled} of ${total} pods have the new image, ${replicas} were asked for`);
}

/** Bytes in use after a full collection. */
function usedHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
