// The status of a StatefulSet: how many pods there are of each sort, and between which revisions it is.
// Source: computeReplicaStatus (stateful_set_control.go), completeRollingUpdate, inconsistentStatus (stateful_set_utils.go).
import type { StatefulSetStatus } from '../../../schema/generated/types.ts';
import { replicasOf } from './identity.ts';
import type { RevisionPlan } from './revisions.ts';
import type { StatefulSetView } from './view.ts';

/** `updated`: a pod is removed for the update in this look, and is not counted among the current ones any more. */
export function statusOf({ set, roster }: StatefulSetView, revisions: RevisionPlan, updated: boolean): StatefulSetStatus {
  const { all, ready, available } = roster.counts;
  const [current, update] = [roster.liveOf(revisions.current.name), roster.liveOf(revisions.update.name)];
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

const numbers = ['replicas', 'readyReplicas', 'availableReplicas', 'currentReplicas', 'updatedReplicas'] as const;

/** The collision count alone is no reason to write. */
export function sameStatus(before: StatefulSetStatus, next: StatefulSetStatus): boolean {
  return (
    (next.observedGeneration ?? 0) <= (before.observedGeneration ?? 0) &&
    numbers.every((name) => (before[name] ?? 0) === (next[name] ?? 0)) &&
    before.currentRevision === next.currentRevision &&
    before.updateRevision === next.updateRevision
  );
}
