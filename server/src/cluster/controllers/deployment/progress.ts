// Whether a rollout makes progress, is complete, or has stalled, and when to look again.
// Source: progress.go; DeploymentComplete, DeploymentProgressing, DeploymentTimedOut (deployment_util.go).
import { parseTime } from '../../../kube/time.ts';
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../../schema/generated/types.ts';
import { desiredOf } from './bounds.ts';
import { condition, findCondition, noConditions, progressingOf, removeCondition, setCondition, type Conditions } from './conditions.ts';
import type { ReplicaSets } from './replica-sets.ts';
import { sameStatus, statusOf, statusSteps } from './status.ts';
import type { DeploymentPlan, Step } from './steps.ts';

/** The largest int32 means: for ever. */
const never = 0x7fff_ffff;

export const hasDeadline = ({ spec }: Deployment): boolean => spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== never;

/** Ends a look during a rollout: the given steps, then the status if it changed, else a look when the deadline has passed. */
export function finishRollout(deployment: Deployment, sets: ReplicaSets, steps: readonly Step[], nowMs: number): DeploymentPlan {
  const status = rolloutStatus(deployment, sets, nowMs);
  if (!sameStatus(deployment.status, status)) return { steps: [...steps, ...statusSteps(deployment, status)] };
  return { steps, requeueAfterMs: deadlineCheckMs(deployment, status, nowMs) };
}

/** The status with the Progressing and ReplicaFailure conditions of a rollout. */
export function rolloutStatus(deployment: Deployment, sets: ReplicaSets, nowMs: number): DeploymentStatus {
  const status = statusOf(deployment, sets, nowMs);
  const conditions = withFailures(withProgress(deployment, status, sets.newSet, nowMs), sets);
  return { ...status, conditions };
}

/** All pods are of the new template and available, and there are no others. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const desired = desiredOf(deployment);
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, observedGeneration = 0 } = status;
  return updatedReplicas === desired && replicas === desired && availableReplicas === desired && observedGeneration >= (deployment.metadata.generation ?? 0);
}

/** More updated, fewer old, more ready or more available pods than at the last look. */
export function hasProgressed({ status: before }: Deployment, after: DeploymentStatus): boolean {
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    oldPods(after) < oldPods(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

const oldPods = ({ replicas = 0, updatedReplicas = 0 }: DeploymentStatus) => replicas - updatedReplicas;

/**
 * No progress for longer than the deadline, counted from the last time that progress was written down.
 * A rollout that was once complete does not stall later, however many of its pods fail.
 */
export function hasStalled(deployment: Deployment, conditions: Conditions | undefined, nowMs: number): boolean {
  const progressing = findCondition(conditions, 'Progressing');
  if (!hasDeadline(deployment) || !progressing || progressing.reason === 'NewReplicaSetAvailable') return false;
  return progressing.reason === 'ProgressDeadlineExceeded' || deadlineOf(deployment, progressing) < nowMs;
}

/** When the deadline passes, in milliseconds since 1970. */
const deadlineOf = ({ spec }: Deployment, { lastUpdateTime }: DeploymentCondition) =>
  (parseTime(lastUpdateTime) ?? 0) + (spec.progressDeadlineSeconds ?? 0) * 1000;

function withProgress(deployment: Deployment, status: DeploymentStatus, newSet: ReplicaSet | undefined, nowMs: number): Conditions {
  const conditions = status.conditions ?? noConditions;
  if (!hasDeadline(deployment)) return removeCondition(conditions, 'Progressing');
  const current = progressingOf(deployment);
  // A Deployment that is complete is looked at again and again (its pods come and go): that is no rollout to judge.
  if ((status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === 'NewReplicaSetAvailable') return conditions;
  const subject = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const progressing = (value: 'True' | 'False', reason: string, text: string) => condition('Progressing', value, reason, `${subject} ${text}`, nowMs);
  if (isComplete(deployment, status)) return setCondition(conditions, progressing('True', 'NewReplicaSetAvailable', 'has successfully progressed.'));
  if (hasProgressed(deployment, status)) {
    // Unlike any other condition this one is written again with the same reason, so that lastUpdateTime tells when the last
    // progress was; the transition to True stays where it was.
    const next = progressing('True', 'ReplicaSetUpdated', 'is progressing.');
    const kept = current?.status === 'True' && current.lastTransitionTime ? { ...next, lastTransitionTime: current.lastTransitionTime } : next;
    return [...removeCondition(conditions, 'Progressing'), kept];
  }
  if (hasStalled(deployment, conditions, nowMs))
    return setCondition(conditions, progressing('False', 'ProgressDeadlineExceeded', 'has timed out progressing.'));
  return conditions;
}

/** The first failure of the ReplicaSets, the new one's before the old ones', becomes the Deployment's. */
function withFailures(conditions: Conditions, { newSet, all }: ReplicaSets): Conditions {
  const failure = (newSet && failureOf(newSet)) ?? all.map(failureOf).find((found) => found !== undefined);
  return failure ? setCondition(conditions, failure) : removeCondition(conditions, 'ReplicaFailure');
}

function failureOf({ status }: ReplicaSet): DeploymentCondition | undefined {
  const failure = status.conditions?.find(({ type }) => type === 'ReplicaFailure');
  return failure && { ...failure, ...(failure.lastTransitionTime && { lastUpdateTime: failure.lastTransitionTime }) };
}

const isDecided = ({ reason }: DeploymentCondition) => reason === 'NewReplicaSetAvailable' || reason === 'ProgressDeadlineExceeded';

/**
 * Nothing moved: look again when the deadline has passed. Progress was written down at 00:00:00, the deadline is 600 s and it is
 * 00:03:00: 0 + 600 − 180 = 420 s are left, and one more against timers that fire a little early, so in 421 s.
 * With less than a second left the real controller asks again and again; we know when the answer changes, and ask then. Nor is there
 * anything to wait for when the rollout was complete once, or has stalled.
 */
export function deadlineCheckMs(deployment: Deployment, status: DeploymentStatus, nowMs: number): number | undefined {
  const current = progressingOf(deployment);
  if (!hasDeadline(deployment) || !current || isComplete(deployment, status) || isDecided(current)) return undefined;
  const left = deadlineOf(deployment, current) - nowMs;
  return left < 1000 ? Math.max(0, left) + 1 : left + 1000;
}
