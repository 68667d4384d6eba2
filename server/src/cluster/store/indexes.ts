// The indexes that more than one room reads. They are what makes cost follow change: a controller that wakes for one pod
// reads sums that were kept up to date by one addition and one subtraction, and never walks its pods to count them.
import { secretsByAccount } from '../authentication/secret-token.ts';
import { bindingIndexes } from '../authorization/bindings.ts';
import { controllerOf, type KubeObject } from '../../kube/object.ts';
import type { Pod, PodCondition, Service } from '../../schema/generated/types.ts';
import { isActive, isFinished, isTerminating, readyCondition, targetNode } from './pod-facts.ts';
import type { Bucket, IndexDefinition } from './index-of.ts';

/** The key of what has no controller, in the indexes by owner. */
export const orphansIn = (namespace: string | undefined): string => `orphans in ${namespace ?? ''}`;

const byController = (object: KubeObject): readonly string[] => [controllerOf(object)?.uid ?? orphansIn(object.metadata.namespace)];
const byNamespace = (object: KubeObject): readonly string[] => [object.metadata.namespace ?? ''];

/** active: neither finished nor being deleted. terminating: being deleted and not finished yet. ready: active and ready. */
export type PodCount = 'active' | 'terminating' | 'ready';

/**
 * What active pods are like. labels, terminatingLabels: the labels as JSON text, of active and of terminating pods.
 * readySince: when a ready pod became ready, RFC 3339. node: the node it is bound to. zone: that node's zone.
 */
export type PodTally = 'labels' | 'terminatingLabels' | 'readySince' | 'node' | 'zone';

export type PodBucket = Bucket<PodCount, PodTally>;

/** Pods by the uid of their controller; those without one under `orphansIn(namespace)`. */
export const podsByOwner: IndexDefinition<PodCount, PodTally> = {
  name: 'podsByOwner',
  resource: 'pods',
  keysOf: byController,
  countsOf(object) {
    const pod = object as Pod;
    if (isActive(pod)) return readyCondition(pod)?.status === 'True' ? readyOne : activeOne;
    return isTerminating(pod) ? terminatingOne : nothing;
  },
  tallies: {
    labels: (pod) => (isActive(pod as Pod) ? labelText(pod as Pod) : undefined),
    terminatingLabels: (pod) => (isTerminating(pod as Pod) ? labelText(pod as Pod) : undefined),
    readySince: (pod) => (isActive(pod as Pod) ? readySince(readyCondition(pod as Pod)) : undefined),
    node: (pod) => (isActive(pod as Pod) ? (pod as Pod).spec.nodeName : undefined),
    // Binding copies the label from the node (PodTopologyLabels).
    zone: (pod) => (isActive(pod as Pod) ? pod.metadata.labels?.['topology.kubernetes.io/zone'] : undefined),
  },
};

/** Pods by the name of their node, bound ones only. */
export const podsByNode: IndexDefinition = {
  name: 'podsByNode',
  resource: 'pods',
  keysOf: (object) => ((object as Pod).spec.nodeName ? [(object as Pod).spec.nodeName!] : []),
};

/** Pods of Jobs by the uid of their Job, those only that it looks at: they have not ended, or they have not been counted. */
export const openPodsByJob: IndexDefinition = {
  name: 'openPodsByJob',
  resource: 'pods',
  keysOf(object) {
    const owner = controllerOf(object);
    if (owner?.kind !== 'Job') return none;
    return isFinished(object as Pod) && !object.metadata.finalizers?.includes('batch.kubernetes.io/job-tracking') ? none : [owner.uid];
  },
};

export const jobsByNamespace: IndexDefinition = { name: 'jobsByNamespace', resource: 'jobs.batch', keysOf: byNamespace };

/** Jobs by the uid of their CronJob; those without one under `orphansIn(namespace)`. */
export const jobsByOwner: IndexDefinition = { name: 'jobsByOwner', resource: 'jobs.batch', keysOf: byController };

/** Where podsOfDaemons has what a DaemonSet has on a node, or for it; '' for pods of which nobody knows the node. */
export const daemonOn = (uid: string, node: string): string => `${uid}/${node}`;

/** Pods of DaemonSets, by the uid of the set and their node. */
export const podsOfDaemons: IndexDefinition = {
  name: 'podsOfDaemons',
  resource: 'pods',
  keysOf(object) {
    const owner = controllerOf(object);
    return owner?.kind === 'DaemonSet' ? [daemonOn(owner.uid, targetNode(object as Pod) ?? '')] : [];
  },
};

/** ReplicaSets by the uid of their controller; those without one under `orphansIn(namespace)`. */
export const replicaSetsByOwner: IndexDefinition = { name: 'replicaSetsByOwner', resource: 'replicasets.apps', keysOf: byController };

export const replicaSetsByNamespace: IndexDefinition = { name: 'replicaSetsByNamespace', resource: 'replicasets.apps', keysOf: byNamespace };

/** ControllerRevisions by the uid of their controller; those without one under `orphansIn(namespace)`. */
export const revisionsByOwner: IndexDefinition = { name: 'revisionsByOwner', resource: 'controllerrevisions.apps', keysOf: byController };

/** As replicaSetsByOwner, and as replicaSetsByNamespace. */
export const replicationControllersByOwner: IndexDefinition = {
  name: 'replicationControllersByOwner',
  resource: 'replicationcontrollers',
  keysOf: byController,
};

export const replicationControllersByNamespace: IndexDefinition = {
  name: 'replicationControllersByNamespace',
  resource: 'replicationcontrollers',
  keysOf: byNamespace,
};

export const deploymentsByNamespace: IndexDefinition = { name: 'deploymentsByNamespace', resource: 'deployments.apps', keysOf: byNamespace };

export const daemonSetsByNamespace: IndexDefinition = { name: 'daemonSetsByNamespace', resource: 'daemonsets.apps', keysOf: byNamespace };

export const quotasByNamespace: IndexDefinition = { name: 'quotasByNamespace', resource: 'resourcequotas', keysOf: byNamespace };

export const limitRangesByNamespace: IndexDefinition = { name: 'limitRangesByNamespace', resource: 'limitranges', keysOf: byNamespace };

export const budgetsByNamespace: IndexDefinition = { name: 'budgetsByNamespace', resource: 'poddisruptionbudgets.policy', keysOf: byNamespace };

export const servicesByNamespace: IndexDefinition = { name: 'servicesByNamespace', resource: 'services', keysOf: byNamespace };

/** EndpointSlices that a controller looks after, by the key of the Service that they are for: 'default/web'. */
const slicesOf = (name: string, manager: string): IndexDefinition => ({
  name,
  resource: 'endpointslices.discovery.k8s.io',
  keysOf({ metadata: { namespace, labels } }) {
    const service = labels?.['kubernetes.io/service-name'];
    return service && labels?.['endpointslice.kubernetes.io/managed-by'] === manager ? [`${namespace}/${service}`] : [];
  },
});

export const slicesByService = slicesOf('slicesByService', 'endpointslice-controller.k8s.io');

export const mirroredSlices = slicesOf('mirroredSlices', 'endpointslicemirroring-controller.k8s.io');

/** Services by the node ports that they have, that of the health check among them. */
export const servicesByNodePort: IndexDefinition = {
  name: 'servicesByNodePort',
  resource: 'services',
  keysOf(object) {
    const { ports, healthCheckNodePort } = (object as Service).spec;
    const all = [...(ports ?? []).map(({ nodePort }) => nodePort), healthCheckNodePort];
    return [...new Set(all)].flatMap((port) => (port ? [String(port)] : []));
  },
};

/** Every index that a cluster's store has from the beginning. */
export const indexes: readonly IndexDefinition<string, string>[] = [
  podsByOwner,
  podsByNode,
  podsOfDaemons,
  openPodsByJob,
  jobsByNamespace,
  jobsByOwner,
  replicaSetsByOwner,
  replicaSetsByNamespace,
  replicationControllersByOwner,
  replicationControllersByNamespace,
  revisionsByOwner,
  daemonSetsByNamespace,
  deploymentsByNamespace,
  servicesByNamespace,
  servicesByNodePort,
  slicesByService,
  mirroredSlices,
  quotasByNamespace,
  limitRangesByNamespace,
  budgetsByNamespace,
  ...bindingIndexes,
  secretsByAccount,
];

const none: readonly string[] = [];

const nothing: Record<PodCount, number> = { active: 0, terminating: 0, ready: 0 };
const activeOne: Record<PodCount, number> = { active: 1, terminating: 0, ready: 0 };
const readyOne: Record<PodCount, number> = { active: 1, terminating: 0, ready: 1 };
const terminatingOne: Record<PodCount, number> = { active: 0, terminating: 1, ready: 0 };

const readySince = (condition: PodCondition | undefined) => (condition?.status === 'True' ? (condition.lastTransitionTime ?? '') : undefined);

// Successive versions of a pod share their labels, so the text is made once per pod and not once per change.
const labelTexts = new WeakMap<object, string>();

function labelText(pod: Pod): string {
  const { labels } = pod.metadata;
  if (!labels) return '{}';
  let text = labelTexts.get(labels);
  if (text === undefined) labelTexts.set(labels, (text = JSON.stringify(labels)));
  return text;
}
