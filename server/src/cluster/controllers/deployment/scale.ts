// The Deployment was scaled, or is paused: sizes change, templates do not. During a rollout the change is shared out in
// proportion, so that scaling neither speeds the rollout up nor holds it back.
// Source: scale, isScalingEvent (sync.go); GetReplicaSetProportion, getReplicaSetFraction (deployment_util.go).
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import { desiredReplicasAnnotation, maxReplicasAnnotation, withSizes, writtenSize } from './annotations.ts';
import { boundsOf, isRolling, type Bounds } from './bounds.ts';
import { activeOrLatest, bySizeThenNewer, bySizeThenOlder, isActive, isSaturated, sizeOf, wanted, type ReplicaSets } from './replica-sets.ts';
import type { Step } from './steps.ts';

/** A ReplicaSet with pods was last scaled for another number of replicas than is desired now. */
export function wasScaled(deployment: Deployment, { all }: ReplicaSets): boolean {
  const { desired } = boundsOf(deployment);
  return all.some((set) => isActive(set) && (writtenSize(set, desiredReplicasAnnotation) ?? desired) !== desired);
}

export function scale(deployment: Deployment, sets: ReplicaSets): readonly Step[] {
  const bounds = boundsOf(deployment);
  const only = activeOrLatest(sets);
  if (only) return resize(only, bounds.desired, bounds, 'scale-to-desired');
  // An old ReplicaSet with pods was adopted while the new one already has everything.
  if (isSaturated(deployment, sets.newSet))
    return sets.oldSets
      .filter(isActive)
      .toReversed()
      .flatMap((set) => resize(set, 0, bounds, 'scale-down-adopted'));
  return isRolling(deployment) ? scaleProportionally(deployment, newestFirst(sets).filter(isActive), bounds) : [];
}

/** The old ones, newest first, and the new one. */
const newestFirst = ({ oldSets, newSet }: ReplicaSets): readonly ReplicaSet[] => [...oldSets.toReversed(), ...(newSet ? [newSet] : [])];

function resize(set: ReplicaSet, to: number, bounds: Bounds, code: string): readonly Step[] {
  const from = sizeOf(set);
  return from === to ? [] : [{ step: 'scale', set, to, bounds, reason: { code, args: { from, to, desired: bounds.desired } } }];
}

/** All active ReplicaSets get the new bounds written down, also those whose size stays. */
function scaleProportionally(deployment: Deployment, active: readonly ReplicaSet[], bounds: Bounds): readonly Step[] {
  const sizes = proportionalSizes(deployment, active);
  return sizes.flatMap(({ set, to }) => {
    const from = sizeOf(set);
    if (from === to && withSizes(set.metadata.annotations, bounds) === set.metadata.annotations) return [];
    const reason = { code: 'scale-proportional', args: { from, to, atMostBefore: maxBefore(deployment, set), atMost: bounds.atMost } };
    return [{ step: 'scale' as const, set, to, bounds, reason }];
  });
}

/**
 * The size of each active ReplicaSet after the Deployment was scaled, in the order in which they are written.
 *
 * 10 → 15 desired with a surge of 3, in the middle of a rollout (old 8, new 5, written down: at most 13):
 *   at most 18 now, so 18 − 13 = 5 to add.
 *   old: 8 × 18 ∕ 13 = 11.08 → 11, so + 3.   new: 5 × 18 ∕ 13 = 6.92 → 7, so + 2.   8 + 5 becomes 11 + 7.
 * 4 → 2 desired with a surge of 25 % (old 3, new 2, written down: at most 5):
 *   at most 3 now, so 3 − 5 = −2.
 *   old: 3 × 3 ∕ 5 = 1.8 → 2, so − 1.   new: 2 × 3 ∕ 5 = 1.2 → 1, so − 1.
 * Parts that do not add up because of rounding: what is left over goes to the largest.
 * The largest comes first; of equal ones the newer when adding and the older when removing, so that either way new pods are favoured.
 */
export function proportionalSizes(deployment: Deployment, active: readonly ReplicaSet[]): readonly { readonly set: ReplicaSet; readonly to: number }[] {
  const { desired, atMost } = boundsOf(deployment);
  const toAdd = (desired > 0 ? atMost : 0) - wanted(active);
  if (toAdd === 0) return active.map((set) => ({ set, to: sizeOf(set) }));
  let added = 0;
  const sizes = active.toSorted(toAdd > 0 ? bySizeThenNewer : bySizeThenOlder).map((set) => {
    const part = partOf(deployment, set, toAdd - added);
    added += part;
    return { set, to: sizeOf(set) + part };
  });
  return sizes.map(({ set, to }, i) => ({ set, to: i === 0 ? Math.max(0, to + toAdd - added) : to }));
}

/** What one ReplicaSet gains (or loses, when `left` is negative), never more than is left to share out. */
function partOf(deployment: Deployment, set: ReplicaSet, left: number): number {
  if (left === 0) return 0;
  const fraction = fractionOf(deployment, set);
  return left > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
}

/** What the ReplicaSet would gain if everything were shared out exactly and then rounded. */
export function fractionOf(deployment: Deployment, set: ReplicaSet): number {
  const size = sizeOf(set);
  const { desired, atMost } = boundsOf(deployment);
  if (desired === 0) return -size;
  const before = maxBefore(deployment, set);
  // Its annotation is gone and it has no pods: there is no telling which part of the whole it was.
  if (before === 0) return 0;
  return roundAwayFromZero((size * atMost) / before) - size;
}

/** desired + surge when the ReplicaSet was last scaled; somebody removed the annotation or set it to 0: the pods there are. */
const maxBefore = (deployment: Deployment, set: ReplicaSet): number => writtenSize(set, maxReplicasAnnotation) || (deployment.status.replicas ?? 0);

const roundAwayFromZero = (value: number) => (value < 0 ? -Math.round(-value) : Math.round(value));
