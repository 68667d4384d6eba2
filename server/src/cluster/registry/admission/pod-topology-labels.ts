// PodTopologyLabels: a pod carries the zone and region of its node as labels, so that it can read them about itself.
import type { KubeObject, StringMap } from '../../../kube/object.ts';
import type { Node, Pod } from '../../../schema/generated/types.ts';
import type { RegistryContext } from '../context.ts';
import type { Strategy } from '../strategy.ts';

const topologyKeys = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];
const none: StringMap = {};

/** The topology labels of a node; the same object for the same node, so that pods share it. */
export function topologyLabels({ store }: RegistryContext, nodeName: string): StringMap {
  const labels = store.get<Node>('nodes', undefined, nodeName)?.metadata.labels ?? none;
  const present = topologyKeys.filter((key) => labels[key] !== undefined);
  return present.length === 0 ? none : Object.fromEntries(present.map((key) => [key, labels[key]!]));
}

/** For a pod that is created already bound. Pods that are bound later get theirs with the binding. */
export function admitPodTopologyLabels(context: RegistryContext, { resource }: Strategy, object: KubeObject): KubeObject {
  const pod = object as Pod;
  if (resource !== 'pods' || !pod.spec.nodeName) return object;
  const labels = topologyLabels(context, pod.spec.nodeName);
  return labels === none ? pod : { ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...labels } } };
}
