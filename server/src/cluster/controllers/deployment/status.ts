// The numbers and the Available condition of a Deployment's status.
// Source: calculateStatus (sync.go).
import type { Writable } from '../../../kube/writable.ts';
import type { Deployment, DeploymentStatus, ReplicaSet } from '../../../schema/generated/types.ts';
import { boundsOf } from './bounds.ts';
import { condition, noConditions, setCondition, type Conditions } from './conditions.ts';
import { counted, wanted, type ReplicaSets } from './replica-sets.ts';
import type { Step } from './steps.ts';

/**
 * Sums over the ReplicaSets' statuses as they were observed. unavailable is what they want less what is available: in a
 * rollout of 3 with a surge of 1 that is 4 − 3 = 1, and never below 0 while surplus pods are still being deleted.
 */
export function statusOf(deployment: Deployment, { newSet, all }: ReplicaSets, nowMs: number): DeploymentStatus {
  const available = counted(all, 'availableReplicas');
  const terminating = terminatingOf(all);
  const { collisionCount, conditions = noConditions } = deployment.status;
  const status: Writable<DeploymentStatus> = { observedGeneration: deployment.metadata.generation ?? 0 };
  // The API leaves out a count that is 0 (omitempty); terminatingReplicas is a pointer and stays.
  const count = (name: Count, pods: number) => pods > 0 && (status[name] = pods);
  count('replicas', counted(all, 'replicas'));
  count('updatedReplicas', newSet?.status.replicas ?? 0);
  count('readyReplicas', counted(all, 'readyReplicas'));
  count('availableReplicas', available);
  count('unavailableReplicas', wanted(all) - available);
  if (terminating !== undefined) status.terminatingReplicas = terminating;
  if (collisionCount !== undefined) status.collisionCount = collisionCount;
  status.conditions = withAvailability(conditions, available >= boundsOf(deployment).atLeast, nowMs);
  return status;
}

type Count = 'replicas' | 'updatedReplicas' | 'readyReplicas' | 'availableReplicas' | 'unavailableReplicas';

function withAvailability(conditions: Conditions, enough: boolean, nowMs: number): Conditions {
  const next = enough
    ? condition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', nowMs)
    : condition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.', nowMs);
  return setCondition(conditions, next);
}

/** A ReplicaSet that no controller has seen yet has none; one that was seen and does not say makes the sum unknown. */
function terminatingOf(sets: readonly ReplicaSet[]): number | undefined {
  let sum = 0;
  for (const { status } of sets) {
    if (status.terminatingReplicas !== undefined) sum += status.terminatingReplicas;
    else if ((status.observedGeneration ?? 0) !== 0) return undefined;
  }
  return sum;
}

const numbers = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
  'collisionCount',
] as const;

/** Conditions are compared one by one for identity: setCondition keeps what it does not change. */
export function sameStatus(a: DeploymentStatus, b: DeploymentStatus): boolean {
  if (numbers.some((name) => a[name] !== b[name])) return false;
  const [before, after] = [a.conditions ?? noConditions, b.conditions ?? noConditions];
  return before.length === after.length && before.every((one, i) => one === after[i]);
}

/** The write of a status; none when it says what is already there. */
export function statusSteps(deployment: Deployment, status: DeploymentStatus): readonly Step[] {
  return sameStatus(deployment.status, status) ? [] : [{ step: 'status', deployment: { ...deployment, status } }];
}
