// A cluster with a few words for telling stories about its pods and nodes.
import { Cluster, type ClusterOptions } from '../../../server/src/cluster/cluster.ts';
import type { StringMap } from '../../../server/src/kube/object.ts';
import { isStatus } from '../../../server/src/kube/status.ts';
import type { Event, Node, Pod, PodSpec } from '../../../server/src/schema/generated/types.ts';

export interface PodDraft {
  readonly annotations?: StringMap;
  readonly labels?: StringMap;
  readonly spec?: Partial<PodSpec>;
}

export class StoryCluster {
  readonly cluster: Cluster;

  constructor(options: ClusterOptions = {}) {
    this.cluster = new Cluster({ freeze: true, ...options });
  }

  pod(name: string, { annotations, labels, spec }: PodDraft = {}): this {
    const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...(annotations && { annotations }), ...(labels && { labels }) }, spec: fullSpec(spec) };
    return this.#must({ verb: 'create', group: '', resource: 'pods', namespace: 'default', body });
  }

  deployment(name: string, replicas: number, { annotations, spec }: PodDraft = {}): this {
    const template = { metadata: { labels: { app: name }, ...(annotations && { annotations }) }, spec: fullSpec(spec) };
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: { replicas, strategy, selector: { matchLabels: { app: name } }, template },
    };
    return this.#must({ verb: 'create', group: 'apps', resource: 'deployments', namespace: 'default', body });
  }

  scale(name: string, replicas: number): this {
    return this.#must({ verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'default', name, patchType: 'merge', body: { spec: { replicas } } });
  }

  priorityClass(name: string, value: number): this {
    const body = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value };
    return this.#must({ verb: 'create', group: 'scheduling.k8s.io', resource: 'priorityclasses', body });
  }

  patchNode(name: string, body: object): this {
    return this.#must({ verb: 'patch', group: '', resource: 'nodes', name, patchType: 'merge', body });
  }

  deletePod(name: string): this {
    return this.#must({ verb: 'delete', group: '', resource: 'pods', namespace: 'default', name });
  }

  advance(ms: number): this {
    this.cluster.advance(ms);
    return this;
  }

  settle(quietMs = 3_000): this {
    if (!this.cluster.settle(quietMs)) throw new Error('does not settle');
    return this;
  }

  get(name: string): Pod | undefined {
    return this.cluster.store.get<Pod>('pods', 'default', name);
  }

  node(name: string): Node {
    return this.cluster.store.get<Node>('nodes', undefined, name)!;
  }

  get pods(): readonly Pod[] {
    return [...this.cluster.store.collection('pods').values()] as Pod[];
  }

  /** 'Reason: message', in the order in which they were first recorded. */
  events(about?: string): readonly string[] {
    const all = [...this.cluster.store.collection('events').values()] as Event[];
    return all.filter(({ involvedObject }) => about === undefined || involvedObject.name === about).map(({ reason, message }) => `${reason}: ${message}`);
  }

  #must(request: Parameters<Cluster['request']>[0]): this {
    const { body } = this.cluster.request(request);
    if (isStatus(body) && body.status === 'Failure') throw new Error(body.message);
    return this;
  }
}

const fullSpec = (spec: Partial<PodSpec> = {}) => ({
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  schedulerName: 'default-scheduler',
  containers: [{ name: 'web', image: 'nginx:1.25', imagePullPolicy: 'IfNotPresent', resources: {} }],
  ...spec,
});

/** How many pods each node has: 'node-1 2, node-2 1'. */
export function spread(pods: readonly Pod[]): string {
  const counts = new Map<string, number>();
  for (const { spec } of pods) counts.set(spec.nodeName ?? 'none', (counts.get(spec.nodeName ?? 'none') ?? 0) + 1);
  return [...counts]
    .map(([node, count]) => `${node} ${count}`)
    .sort()
    .join(', ');
}

export const readyCount = (pods: readonly Pod[]): number =>
  pods.filter(({ status }) => status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')).length;
