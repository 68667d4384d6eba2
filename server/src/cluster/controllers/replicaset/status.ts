// The status of a ReplicaSet from the counts of its pods, and the condition that tells of a failure.
// Source: calculateStatus, updateReplicaSetStatus (replica_set_utils.go).
import type { Writable } from '../../../kube/writable.ts';
import { formatTime } from '../../../kube/time.ts';
import type { ReplicaSet, ReplicaSetCondition, ReplicaSetStatus } from '../../../schema/generated/types.ts';
import type { PodCounts } from './counts.ts';
import { desiredOf, type ReplicaKind } from './replica-kind.ts';

/** `failure`: why creating or deleting a pod failed in this look. */
export function statusOf(kind: ReplicaKind, set: ReplicaSet, counts: PodCounts, failure: string | undefined, nowMs: number): ReplicaSetStatus {
  const conditions = withFailure(set, counts, failure, nowMs);
  const status: Writable<ReplicaSetStatus> = { replicas: counts.active };
  if (counts.fullyLabeled > 0) status.fullyLabeledReplicas = counts.fullyLabeled;
  if (counts.ready > 0) status.readyReplicas = counts.ready;
  if (counts.available > 0) status.availableReplicas = counts.available;
  if (kind.countsTerminating) status.terminatingReplicas = counts.terminating;
  status.observedGeneration = set.metadata.generation ?? 0;
  if (conditions.length > 0) status.conditions = conditions;
  return status;
}

const noConditions: readonly ReplicaSetCondition[] = [];

/** The first failure stays, with its message and time, until a look has none: later ones differ only in the pod's name. */
function withFailure(set: ReplicaSet, { active }: PodCounts, failure: string | undefined, nowMs: number): readonly ReplicaSetCondition[] {
  const conditions = set.status.conditions ?? noConditions;
  const reported = conditions.some(({ type }) => type === 'ReplicaFailure');
  if (failure === undefined) return reported ? conditions.filter(({ type }) => type !== 'ReplicaFailure') : conditions;
  if (reported) return conditions;
  const reason = active < desiredOf(set) ? 'FailedCreate' : 'FailedDelete';
  return [...conditions, { type: 'ReplicaFailure', status: 'True', lastTransitionTime: formatTime(nowMs), reason, message: failure }];
}

const numbers = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'terminatingReplicas', 'observedGeneration'] as const;

export function sameStatus(a: ReplicaSetStatus, b: ReplicaSetStatus): boolean {
  return numbers.every((name) => a[name] === b[name]) && (a.conditions ?? noConditions) === (b.conditions ?? noConditions);
}
