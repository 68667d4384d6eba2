// The status of a StatefulSet: how many pods there are of each sort, and between which revisions it is.
// Source: computeReplicaStatus (stateful_set_control.go), completeRollingUpdate, inconsistentStatus (stateful_set_utils.go).
import type { StatefulSet, StatefulSetStatus } from '../../../schema/generated/types.ts';
import { availableInMs, isDeleted, isReady } from './health.ts';
import { replicasOf, revisionOf } from './identity.ts';
import type { RevisionPlan } from './revisions.ts';
import type { StatefulSetView } from './view.ts';

export interface PodCounts {
  readonly all: number;
  readonly ready: number;
  readonly available: number;
  /** Of the revisions, and not stopping. */
  readonly current: number;
  readonly update: number;
}

export function countPods({ set, pods }: StatefulSetView, revisions: RevisionPlan, nowMs: number): PodCounts {
  const { minReadySeconds = 0 } = set.spec;
  let [ready, available, current, update] = [0, 0, 0, 0];
  for (const pod of pods) {
    if (isReady(pod)) {
      ready++;
      if (availableInMs(pod, minReadySeconds, nowMs) === 0) available++;
    }
    if (isDeleted(pod)) continue;
    const revision = revisionOf(pod);
    if (revision === revisions.current.name) current++;
    if (revision === revisions.update.name) update++;
  }
  return { all: pods.length, ready, available, current, update };
}

/** `updated`: a pod is removed for the update in this look, and is not counted among the current ones any more. */
export function statusOf(
  set: StatefulSet,
  { all, ready, available, current, update }: PodCounts,
  revisions: RevisionPlan,
  updated: boolean,
): StatefulSetStatus {
  const desired = replicasOf(set);
  const complete = set.spec.updateStrategy.type === 'RollingUpdate' && update === desired && ready === desired && all === desired;
  return {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: all,
    ...unlessZero('readyReplicas', ready),
    availableReplicas: available,
    ...unlessZero('currentReplicas', complete ? update : current - (updated ? 1 : 0)),
    ...unlessZero('updatedReplicas', update),
    currentRevision: complete ? revisions.update.name : revisions.current.name,
    updateRevision: revisions.update.name,
    collisionCount: revisions.collisionCount,
  };
}

const unlessZero = (name: string, count: number): Record<string, number> | undefined => (count === 0 ? undefined : { [name]: count });

const counts = ['replicas', 'readyReplicas', 'availableReplicas', 'currentReplicas', 'updatedReplicas'] as const;

/** The collision count alone is no reason to write. */
export function sameStatus(before: StatefulSetStatus, next: StatefulSetStatus): boolean {
  return (
    (next.observedGeneration ?? 0) <= (before.observedGeneration ?? 0) &&
    counts.every((name) => (before[name] ?? 0) === (next[name] ?? 0)) &&
    before.currentRevision === next.currentRevision &&
    before.updateRevision === next.updateRevision
  );
}
