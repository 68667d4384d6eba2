// Pod → row. Colour comes from readiness, never from the phase: a running pod that is not ready is not fine.
import { controllerOf } from '../../../kube/object.ts';
import type { Health, PodRow } from '../../../protocol/cluster-view.ts';
import type { ContainerStatus, Pod } from '../../../schema/generated/types.ts';
import { podOrdinal } from '../../controllers/stateful-set/identity.ts';
import { summarizePod } from '../pod-status.ts';
import { momentOf, ownerId, rowBase } from './row-base.ts';

export function podRow(pod: Pod): PodRow {
  const base = rowBase(pod);
  const { status, ready, total, restarts } = summarizePod(pod);
  const owner = controllerOf(pod);
  const health = podHealth(pod);
  const message = health === 'ready' || health === 'stopping' ? undefined : podMessage(pod);
  return {
    ...base,
    type: 'pod',
    ...(owner && { parent: ownerId(owner, pod.metadata.namespace) }),
    health,
    status,
    readyContainers: ready,
    containers: total,
    restarts,
    ...(owner?.kind === 'StatefulSet' && { ordinal: podOrdinal(pod) }),
    ...(pod.spec.nodeName && { node: pod.spec.nodeName }),
    since: base.deletingSince ?? readySince(pod, health) ?? base.createdAt,
    ...(message && { message }),
  };
}

export function podHealth(pod: Pod): Health {
  if (pod.metadata.deletionTimestamp) return 'stopping';
  if (pod.status.phase === 'Succeeded') return 'idle';
  if (pod.status.phase === 'Failed') return 'failing';
  if (isReady(pod)) return 'ready';
  return failureOf(pod) || isUnschedulable(pod) ? 'failing' : 'progressing';
}

export const isReady = (pod: Pod): boolean => conditionOf(pod, 'Ready')?.status === 'True';

/** Waiting reasons that will not pass by waiting. */
const failures = new Set([
  'ImagePullBackOff',
  'ErrImagePull',
  'CrashLoopBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** What keeps a container from running, in the kubelet's words; undefined when nothing does. */
export function failureOf(pod: Pod): { readonly reason: string; readonly message: string } | undefined {
  for (const container of containersOf(pod)) {
    const waiting = container.state?.waiting;
    if (waiting?.reason && failures.has(waiting.reason)) return { reason: waiting.reason, message: waiting.message ?? '' };
    const ended = container.state?.terminated;
    if (ended && ended.exitCode !== 0) return { reason: ended.reason ?? 'Error', message: ended.message ?? '' };
  }
  return undefined;
}

function podMessage(pod: Pod): string | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False') return scheduled.message;
  return failureOf(pod)?.message || pod.status.message || conditionOf(pod, 'Ready')?.message;
}

const readySince = (pod: Pod, health: Health) => (health === 'ready' ? momentOf(conditionOf(pod, 'Ready')?.lastTransitionTime) : undefined);

const isUnschedulable = (pod: Pod) => conditionOf(pod, 'PodScheduled')?.reason === 'Unschedulable';

const conditionOf = (pod: Pod, type: string) => pod.status.conditions?.find((condition) => condition.type === type);

const containersOf = (pod: Pod): readonly ContainerStatus[] => [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
