// Old ReplicaSets are kept so that one can go back to them, and no more of them than revisionHistoryLimit.
// Source: cleanupDeployment (sync.go).
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import { revisionOf } from './annotations.ts';
import { byAge, isObserved, sizeOf } from './replica-sets.ts';
import type { Step } from './steps.ts';

/** The largest int32 means: keep them all. */
const unlimited = 0x7fff_ffff;

/**
 * Deletes the oldest revisions beyond the limit.
 *   limit 2, old revisions 1, 2, 3, 4: 4 − 2 = 2 too many, so 1 and 2 go.
 * One of these that still has or wants pods stays, and none is taken in its place.
 */
export function cleanUp(deployment: Deployment, oldSets: readonly ReplicaSet[]): readonly Step[] {
  const limit = deployment.spec.revisionHistoryLimit ?? unlimited;
  if (limit === unlimited) return [];
  const kept = oldSets.filter((set) => set.metadata.deletionTimestamp === undefined);
  const surplus = kept.toSorted(byRevision).slice(0, Math.max(0, kept.length - limit));
  return surplus
    .filter(isUnused)
    .map((set) => ({ step: 'delete', set, reason: { code: 'history-cleanup', args: { revision: revisionOf(set), limit, kept: kept.length } } }));
}

const isUnused = (set: ReplicaSet): boolean => (set.status.replicas ?? 0) === 0 && sizeOf(set) === 0 && isObserved(set);

function byRevision(a: ReplicaSet, b: ReplicaSet): number {
  const [first, second] = [revisionOf(a), revisionOf(b)];
  return Number.isNaN(first) || Number.isNaN(second) || first === second ? byAge(a, b) : first - second;
}
