// RollingUpdate: up with the new, down with the old, never outside the bounds. At most one direction a look.
// Source: rolling.go.
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import { boundsOf, newSetSize, type Bounds } from './bounds.ts';
import { cleanUp } from './history.ts';
import { finishRollout, isComplete } from './progress.ts';
import { counted, isActive, sizeOf, wanted, type ReplicaSets } from './replica-sets.ts';
import type { DeploymentPlan, Step } from './steps.ts';

type WithNew = ReplicaSets & { readonly newSet: ReplicaSet };

export function planRolling(deployment: Deployment, sets: WithNew, nowMs: number): DeploymentPlan {
  const scaled = scaleNew(deployment, sets) ?? scaleOld(deployment, sets);
  if (scaled) return finishRollout(deployment, sets, scaled, nowMs);
  return finishRollout(deployment, sets, isComplete(deployment, deployment.status) ? cleanUp(deployment, sets.oldSets) : [], nowMs);
}

/** The new ReplicaSet up as far as the surge allows, or down to what is desired; undefined when its size is right. */
export function scaleNew(deployment: Deployment, { newSet, all }: WithNew): readonly Step[] | undefined {
  const bounds = boundsOf(deployment);
  const from = sizeOf(newSet);
  const total = wanted(all);
  const to = from > bounds.desired ? bounds.desired : newSetSize(deployment, from, total);
  if (to === from) return undefined;
  const reason =
    to > from
      ? { code: 'scale-up-new', args: { from, to, atMost: bounds.atMost, total: total - from + to } }
      : { code: 'scale-down-new', args: { from, to, desired: bounds.desired } };
  return [{ step: 'scale', set: newSet, to, bounds, reason }];
}

/**
 * The old ReplicaSets down as far as availability allows; undefined when nothing may go.
 *
 * 10 desired, surge 3, unavailable 2, so at most 13 and at least 8:
 *  1. old 10, new 3 (not available): 13 − 8 − 3 = 2 may go, so old 10 → 8. Then new 3 → 5: old 8, new 5 (not available).
 *  2. The new pods crash, and so does one old pod: 13 − 8 − 5 = 0. Nothing goes, whatever the old pods do.
 *  3. Undo: the old one is now the new one with 7 of 8 available, and the crashing one is old: 13 − 8 − 1 = 4 crashing pods go.
 *  4. Instead of undo, a third template: its ReplicaSet starts with 0 (13 is already the most), so none of its pods are missing
 *     and 13 − 8 − 0 = 5 may go.
 */
export function scaleOld(deployment: Deployment, { newSet, oldSets, all }: WithNew): readonly Step[] | undefined {
  const active = oldSets.filter(isActive);
  const bounds = boundsOf(deployment);
  const notAvailable = sizeOf(newSet) - (newSet.status.availableReplicas ?? 0);
  const most = wanted(all) - bounds.atLeast - notAvailable;
  if (active.length === 0 || most <= 0) return undefined;
  const unhealthy = removeUnhealthy(active, bounds, most);
  const steps = unhealthy.isSeen ? [...unhealthy.steps, ...removeHealthy(unhealthy.sets, newSet, bounds)] : unhealthy.steps;
  return steps.length > 0 ? steps : undefined;
}

interface Reduced {
  readonly steps: readonly Step[];
  /** The ReplicaSets with the sizes that they will have after the steps. */
  readonly sets: readonly ReplicaSet[];
  /** False when a ReplicaSet counts more available pods than it wants: it has not seen yet that it was scaled down. */
  readonly isSeen: boolean;
}

/**
 * Pods that are not available go first, oldest ReplicaSet first: they are no loss, and would hold up the rollout.
 *   old a: 8 wanted, 5 available; old b: 3 wanted, 2 available; at most 3 may go: a 8 → 5, and b stays.
 *
 * A ReplicaSet that was scaled 6 → 5 a moment ago still counts 6 available pods, one of which is about to go. Counting on all six
 * would take one pod too many, so nothing more goes until it has seen (the real controller calls this an invalid request).
 */
export function removeUnhealthy(oldSets: readonly ReplicaSet[], bounds: Bounds, most: number): Reduced {
  const steps: Step[] = [];
  const sets: ReplicaSet[] = [];
  let left = most;
  for (const set of oldSets) {
    const from = sizeOf(set);
    const available = set.status.availableReplicas ?? 0;
    if (left > 0 && available > from) return { steps, sets: oldSets, isSeen: false };
    const to = from - Math.min(left, Math.max(0, from - available));
    left -= from - to;
    sets.push(withSize(set, to));
    if (to !== from) steps.push({ step: 'scale', set, to, bounds, reason: { code: 'scale-down-unhealthy', args: { from, to, available, most } } });
  }
  return { steps, sets, isSeen: true };
}

/**
 * Then available pods, as many as there are above the least, oldest ReplicaSet first.
 *   10 desired, unavailable 2, so at least 8; old a 4, old b 4, new 4, all 12 available: 12 − 8 = 4 may go: a 4 → 0.
 */
export function removeHealthy(oldSets: readonly ReplicaSet[], newSet: ReplicaSet, bounds: Bounds): readonly Step[] {
  const available = counted(oldSets, 'availableReplicas') + (newSet.status.availableReplicas ?? 0);
  const steps: Step[] = [];
  let left = available - bounds.atLeast;
  for (const set of oldSets) {
    if (left <= 0) break;
    const from = sizeOf(set);
    const to = from - Math.min(from, left);
    if (to === from) continue;
    left -= from - to;
    steps.push({ step: 'scale', set, to, bounds, reason: { code: 'scale-down-old', args: { from, to, available, atLeast: bounds.atLeast } } });
  }
  return steps;
}

const withSize = (set: ReplicaSet, replicas: number): ReplicaSet => (sizeOf(set) === replicas ? set : { ...set, spec: { ...set.spec, replicas } });
