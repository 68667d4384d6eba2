// Pods and nodes for the tests of the scheduler, with only what matters written down.
import type { StringMap } from '../../../server/src/kube/object.ts';
import type { Container, Node, Pod, PodSpec, Taint } from '../../../server/src/schema/generated/types.ts';
import type { Reader } from '../../../server/src/cluster/runtime/reader.ts';
import { NodeCache } from '../../../server/src/cluster/scheduler/node-cache.ts';
import { PodCensus } from '../../../server/src/cluster/scheduler/pod-census.ts';
import type { PodInfo, SchedulingView } from '../../../server/src/cluster/scheduler/plugin.ts';
import { podRequests } from '../../../server/src/cluster/scheduler/pod-requests.ts';

type Amounts = StringMap;

let made = 0;

export interface PodOptions {
  readonly name?: string;
  readonly node?: string;
  readonly labels?: StringMap;
  readonly phase?: string;
  readonly spec?: Partial<PodSpec>;
  readonly deleting?: boolean;
}

/** A pod with one container for each of the requests; `[{}]` is a container that asks for nothing. */
export function podOf(requests: readonly Amounts[], { name, node, labels, phase = 'Pending', spec, deleting }: PodOptions = {}): Pod {
  made++;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: name ?? `pod-${made}`,
      namespace: 'default',
      uid: `uid-${made}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(labels && { labels }),
      ...(deleting && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: { containers: containersOf(requests), ...(node && { nodeName: node }), ...spec },
    status: { phase },
  };
}

export const containersOf = (requests: readonly Amounts[], more: Partial<Container> = {}): readonly Container[] =>
  requests.map((amounts, i) => ({ name: `c${i}`, image: 'nginx', resources: Object.keys(amounts).length > 0 ? { requests: amounts } : {}, ...more }));

export interface NodeOptions {
  readonly labels?: StringMap;
  readonly taints?: readonly Taint[];
  readonly unschedulable?: boolean;
}

export function nodeOf(
  name: string,
  allocatable: Amounts = { cpu: '4', memory: '8Gi', pods: '110' },
  { labels, taints, unschedulable }: NodeOptions = {},
): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: { ...(taints && { taints }), ...(unschedulable && { unschedulable }) },
    status: { allocatable, capacity: allocatable } as unknown as Node['status'],
  };
}

export const infoOf = (pod: Pod): PodInfo => ({ pod, requests: podRequests(pod.spec) });

const emptyBucket = { objects: new Map(), counts: {}, tallies: {} };

/** What the scheduler sees; `tallies` are those of every owner. */
export function viewOf(nodes: readonly Node[], pods: readonly Pod[] = [], tallies: object = {}): SchedulingView {
  const cache = new NodeCache();
  cache.rebuild(nodes, pods);
  const collection = () => new Map(pods.map((pod) => [`default/${pod.metadata.name}`, pod]));
  const reader = { indexed: () => ({ ...emptyBucket, tallies }), collection, get: () => undefined, resourceVersion: 1 } as unknown as Reader;
  const census = new PodCensus(reader);
  census.rebuild(pods);
  const { nodes: infos, anyCordoned, anyForbidding, anyDiscouraging } = cache;
  return { nodes: infos, nodeNamed: (name) => cache.nodeNamed(name), anyCordoned, anyForbidding, anyDiscouraging, reader, census, reserved: new Map() };
}
