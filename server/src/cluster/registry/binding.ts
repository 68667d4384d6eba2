// pods/binding: a pod is given its node, once. The node's topology labels come with it (PodTopologyLabels).
import type { StringMap } from '../../kube/object.ts';
import { failure, type Status } from '../../kube/status.ts';
import type { Pod, PodCondition } from '../../schema/generated/types.ts';
import { topologyLabels } from './admission/pod-topology-labels.ts';
import { notFound } from './answers.ts';
import type { RegistryContext, Write } from './context.ts';

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
  const why = refusal(pod, binding);
  if (why) return failure(409, 'Conflict', `Operation cannot be fulfilled on pods/binding "${name}": ${why}`, { name, kind: 'pods/binding' });
  if (write.dryRun) return undefined;
  const { metadata, spec, status } = pod;
  const topology = topologyLabels(context, binding.node);
  const after: Pod = {
    ...pod,
    metadata: {
      ...metadata,
      ...merged('labels', metadata.labels, { ...binding.labels, ...topology }),
      ...merged('annotations', metadata.annotations, binding.annotations),
    },
    spec: { ...spec, nodeName: binding.node },
    status: { ...status, conditions: withScheduled(status.conditions ?? [], context.time, metadata.generation) },
  };
  context.store.commit({ resource: 'pods', namespace, name, after, cause: write.cause });
  return undefined;
}

function refusal({ metadata, spec }: Pod, { uid }: Binding): string | undefined {
  if (uid !== undefined && uid !== '' && uid !== metadata.uid) return `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`;
  if (metadata.deletionTimestamp !== undefined) return `pod ${metadata.name} is being deleted, cannot be assigned to a host`;
  if (spec.nodeName) return `pod ${metadata.name} is already assigned to node "${spec.nodeName}"`;
  if (spec.schedulingGates?.length) return `pod ${metadata.name} has non-empty .spec.schedulingGates`;
  return undefined;
}

function withScheduled(conditions: readonly PodCondition[], time: string, generation: number | undefined): readonly PodCondition[] {
  const scheduled: PodCondition = {
    type: 'PodScheduled',
    status: 'True',
    lastTransitionTime: time,
    ...(generation !== undefined && { observedGeneration: generation }),
  };
  return [...conditions.filter(({ type }) => type !== 'PodScheduled'), scheduled];
}

function merged<Key extends 'labels' | 'annotations'>(
  key: Key,
  before: StringMap | undefined,
  added: StringMap | undefined,
): { readonly [K in Key]?: StringMap } {
  if (!added) return {};
  for (const _ in added) return { [key]: { ...before, ...added } } as { readonly [K in Key]?: StringMap };
  return {};
}
