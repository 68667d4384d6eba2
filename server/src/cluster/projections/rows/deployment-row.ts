// Deployment → row, with the one reason why its rollout does not go on.
import type { DeploymentRow, Health } from '../../../protocol/cluster-view.ts';
import type { Deployment, Pod, PodSpec } from '../../../schema/generated/types.ts';
import { failureOf } from './pod-row.ts';
import { rowBase } from './row-base.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** `newPods`: the pods of its current revision. */
export function deploymentRow(deployment: Deployment, newPods: Iterable<Pod>): DeploymentRow {
  const { spec, status } = deployment;
  const stalled = stallOf(deployment, newPods);
  const desired = spec.replicas ?? 1;
  const ready = status.readyReplicas ?? 0;
  return {
    ...rowBase(deployment),
    type: 'deployment',
    health: health(deployment, stalled !== undefined),
    desired,
    ready,
    updated: status.updatedReplicas ?? 0,
    paused: spec.paused ?? false,
    revision: Number(deployment.metadata.annotations?.[revisionAnnotation] ?? 0),
    images: imagesOf(spec.template.spec),
    ...(stalled && { stalled }),
  };
}

export const imagesOf = (spec: PodSpec | undefined): readonly string[] => (spec?.containers ?? []).map((container) => container.image ?? '');

function health(deployment: Deployment, stalled: boolean): Health {
  if (deployment.metadata.deletionTimestamp) return 'stopping';
  if (stalled) return 'failing';
  const { spec, status } = deployment;
  const desired = spec.replicas ?? 1;
  if (!isSettled(deployment)) return 'progressing';
  return desired === 0 ? 'idle' : (status.readyReplicas ?? 0) >= desired ? 'ready' : 'progressing';
}

/** Every pod is of the current revision and available, and the controller has seen the newest spec. */
export function isSettled({ spec, status, metadata }: Deployment): boolean {
  const desired = spec.replicas ?? 1;
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    (status.updatedReplicas ?? 0) === desired &&
    (status.replicas ?? 0) === desired &&
    (status.availableReplicas ?? 0) === desired
  );
}

/**
 * Why the rollout cannot go on by itself: first what a pod of the new revision suffers from (it names the cause),
 * then what the controller says (a quota, the progress deadline).
 */
export function stallOf(deployment: Deployment, newPods: Iterable<Pod>): { reason: string; message: string } | undefined {
  if (isSettled(deployment)) return undefined;
  for (const pod of newPods) {
    if (pod.metadata.deletionTimestamp) continue;
    const failure = failureOf(pod);
    if (failure) return failure;
    const scheduled = pod.status.conditions?.find((condition) => condition.type === 'PodScheduled');
    if (scheduled?.reason === 'Unschedulable') return { reason: 'Unschedulable', message: scheduled.message ?? '' };
  }
  const conditions = deployment.status.conditions ?? [];
  const failed =
    conditions.find((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True') ??
    conditions.find((condition) => condition.reason === 'ProgressDeadlineExceeded');
  return failed && { reason: failed.reason ?? failed.type, message: failed.message ?? '' };
}
