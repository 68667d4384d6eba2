// pods/binding: a pod is given its node, once. The node's topology labels come with it (PodTopologyLabels).
import type { ObjectMeta, StringMap } from '../../kube/object.ts';
import { failure, type Status } from '../../kube/status.ts';
import type { Pod, PodCondition } from '../../schema/generated/types.ts';
import { withTopologyLabels } from './admission/pod-topology-labels.ts';
import { unprobed } from '../unprobed.ts';
import { notFound } from './answers.ts';
import type { RegistryContext, Write } from './context.ts';
import { strategyOfResource } from './resources.ts';
import { checkIdentity } from './update.ts';

const pods = { group: '', resource: 'pods' };

export interface Binding {
  readonly node: string;
  readonly annotations?: StringMap;
  readonly labels?: StringMap;
  readonly uid?: string;
}

export function bindPod(context: RegistryContext, namespace: string, name: string, binding: Binding, write: Write): Status | undefined {
  const pod = context.store.get<Pod>('pods', namespace, name);
  if (!pod) return notFound(pods, name);
  const other = binding.uid ? checkIdentity(strategyOfResource('pods'), { ...pod.metadata, uid: binding.uid }, pod.metadata) : undefined;
  if (other) return other;
  const why = refusal(pod);
  if (why) return failure(409, 'Conflict', `Operation cannot be fulfilled on pods/binding "${name}": ${why}`, { name, kind: 'pods/binding' });
  if (write.dryRun) return undefined;
  const { spec, status } = pod;
  const after: Pod = {
    ...pod,
    metadata: boundMetadata(context, pod.metadata, binding),
    spec: { ...spec, nodeName: binding.node },
    status: { ...status, conditions: withScheduled(status.conditions, context.time, pod.metadata.generation) },
  };
  context.store.commit({ resource: 'pods', namespace, name, after, cause: write.cause });
  return undefined;
}

function refusal({ metadata, spec }: Pod): string | undefined {
  if (metadata.deletionTimestamp !== undefined) return `pod ${metadata.name} is being deleted, cannot be assigned to a host`;
  if (spec.nodeName) return `pod ${metadata.name} is already assigned to node "${spec.nodeName}"`;
  if (spec.schedulingGates?.length) return `pod ${metadata.name} has non-empty .spec.schedulingGates`;
  return undefined;
}

function boundMetadata(context: RegistryContext, metadata: ObjectMeta, binding: Binding): ObjectMeta {
  const given = binding.labels ? { ...metadata.labels, ...binding.labels } : metadata.labels;
  const labels = withTopologyLabels(context, given, binding.node);
  const annotations = binding.annotations ? { ...metadata.annotations, ...binding.annotations } : metadata.annotations;
  const resourceVersion = context.store.nextResourceVersion;
  return { ...metadata, resourceVersion, ...(labels && { labels }), ...(annotations && { annotations }) };
}

function withScheduled(conditions: readonly PodCondition[] | undefined, time: string, generation: number | undefined): readonly PodCondition[] {
  const scheduled: PodCondition = {
    type: 'PodScheduled',
    status: 'True',
    ...unprobed,
    lastTransitionTime: time,
    ...(generation !== undefined && { observedGeneration: generation }),
  };
  const place = conditions?.findIndex(({ type }) => type === scheduled.type) ?? -1;
  if (!conditions || place < 0) return [...(conditions ?? []), scheduled];
  const next = [...conditions];
  next[place] = scheduled;
  return next;
}
