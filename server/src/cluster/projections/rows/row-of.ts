// Object → row, by kind. A kind with a look of its own is one entry in `makers`; every other kind is shown plainly.
import { controllerOf, type KubeObject } from '../../../kube/object.ts';
import type { NamespaceRow, ObjectRow, Row } from '../../../protocol/cluster-view.ts';
import type { Deployment, Namespace, Node, Pod, ReplicaSet } from '../../../schema/generated/types.ts';
import { podRequests } from '../../scheduler/pod-requests.ts';
import { podsByNode, replicaSetsByOwner } from '../../store/indexes.ts';
import type { Store } from '../../store/store.ts';
import type { FailingPods } from '../failing-pods.ts';
import { deploymentRow, revisionAnnotation } from './deployment-row.ts';
import { nodeRow, type NodeLoad } from './node-row.ts';
import { podRow } from './pod-row.ts';
import { replicaSetRow } from './replica-set-row.ts';
import { ownerId, rowBase } from './row-base.ts';
import { workloadRow, type Workload } from './workload-row.ts';

/** Records of what happened and machinery: they have views of their own, or none. */
const hiddenResources = new Set([
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'controllerrevisions.apps',
]);

export const isShown = (resource: string): boolean => !hiddenResources.has(resource);

type Maker = (object: KubeObject, store: Store, failing: FailingPods) => Row;

const makers = new Map<string, Maker>([
  ['pods', (pod) => podRow(pod as Pod)],
  ['replicasets.apps', (set, store, failing) => replicaSetRow(set as ReplicaSet, ownerOf(set, store), failing.of(set.metadata.uid).size > 0)],
  ['deployments.apps', (deployment, store, failing) => deploymentRow(deployment as Deployment, newFailingPods(deployment as Deployment, store, failing))],
  ...['statefulsets.apps', 'daemonsets.apps', 'replicationcontrollers', 'jobs.batch', 'cronjobs.batch'].map(
    (resource) => [resource, (object, _store, failing) => workloadRow(object as Workload, failing.of(object.metadata.uid).size > 0)] as [string, Maker],
  ),
  ['nodes', (node, store) => nodeRow(node as Node, loadOf(node.metadata.name, store))],
  ['namespaces', (namespace) => namespaceRow(namespace as Namespace)],
]);

/** undefined: an object that every cluster has and nobody asked for. */
export function rowOf(resource: string, object: KubeObject, store: Store, failing: FailingPods): Row | undefined {
  const make = makers.get(resource);
  if (make) return make(object, store, failing);
  return isFurniture(object, store) ? undefined : objectRow(object);
}

function namespaceRow(namespace: Namespace): NamespaceRow {
  return { ...rowBase(namespace), type: 'namespace', phase: namespace.status.phase === 'Terminating' ? 'Terminating' : 'Active' };
}

function objectRow(object: KubeObject): ObjectRow {
  const owner = controllerOf(object);
  return { ...rowBase(object), type: 'object', kind: object.kind, ...(owner && { parent: ownerId(owner, object.metadata.namespace) }) };
}

const furniture = new Set([
  'ServiceAccount default',
  'ConfigMap kube-root-ca.crt',
  'Service kubernetes',
  'Endpoints kubernetes',
  'EndpointSlice kubernetes',
  'ServiceCIDR kubernetes',
]);
const isFurniture = (object: KubeObject, store: Store) =>
  Number(object.metadata.resourceVersion) <= store.loadedVersion || furniture.has(`${object.kind} ${object.metadata.name}`) || object.kind === 'IPAddress';

const ownerOf = (set: KubeObject, store: Store) => {
  const owner = controllerOf(set);
  return owner?.kind === 'Deployment' ? store.get<Deployment>('deployments.apps', set.metadata.namespace, owner.name) : undefined;
};

function* newFailingPods(deployment: Deployment, store: Store, failing: FailingPods): Iterable<Pod> {
  const revision = deployment.metadata.annotations?.[revisionAnnotation];
  for (const set of store.indexed(replicaSetsByOwner, deployment.metadata.uid).objects.values()) {
    if (set.metadata.annotations?.[revisionAnnotation] === revision) yield* failing.of(set.metadata.uid).values();
  }
}

function loadOf(node: string, store: Store): NodeLoad {
  let [pods, cpuMillis, memoryBytes] = [0, 0, 0];
  for (const pod of store.indexed(podsByNode, node).objects.values() as Iterable<Pod>) {
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') continue;
    const requests = podRequests(pod.spec);
    pods++;
    cpuMillis += requests.cpu;
    memoryBytes += requests.memory;
  }
  return { pods, cpuMillis, memoryBytes };
}
