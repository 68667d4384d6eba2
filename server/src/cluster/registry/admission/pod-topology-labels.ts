// PodTopologyLabels: a pod carries the zone and region of its node as labels, so that it can read them about itself.
import type { StringMap } from '../../../kube/object.ts';
import type { Node, Pod } from '../../../schema/generated/types.ts';
import type { RegistryContext } from '../context.ts';
import type { Admit } from './request.ts';

const zoneKey = 'topology.kubernetes.io/zone';
const regionKey = 'topology.kubernetes.io/region';
const none: StringMap = {};

/** For a pod that is created already bound, and one that is changed later. Pods that are bound get theirs with the binding. */
export const admitPodTopologyLabels: Admit = (context, { operation, strategy: { resource }, object, write }) => {
  const pod = object as Pod;
  if (resource !== 'pods' || operation === 'DELETE' || write.subresource !== undefined || !pod.spec.nodeName) return object;
  const labels = withTopologyLabels(context, pod.metadata.labels, pod.spec.nodeName);
  return labels && labels !== pod.metadata.labels ? { ...pod, metadata: { ...pod.metadata, labels } } : pod;
};

/** By the labels of the template: its pods in one zone share one labels object, of which there would be one a pod otherwise. */
const merged = new WeakMap<StringMap, Map<string, StringMap>>();

/** The labels of a pod on this node. */
export function withTopologyLabels({ store }: RegistryContext, labels: StringMap | undefined, nodeName: string): StringMap | undefined {
  const { [zoneKey]: zone, [regionKey]: region } = store.get<Node>('nodes', undefined, nodeName)?.metadata.labels ?? none;
  if (zone === undefined && region === undefined) return labels;
  const base = labels ?? none;
  let places = merged.get(base);
  if (!places) merged.set(base, (places = new Map()));
  const place = `${zone} ${region}`;
  let result = places.get(place);
  if (!result) places.set(place, (result = { ...base, ...(zone !== undefined && { [zoneKey]: zone }), ...(region !== undefined && { [regionKey]: region }) }));
  return result;
}
