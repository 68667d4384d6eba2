// How many pods to create, or which to delete.
// Invariant: only pods that this set controls and selects are ever deleted.
// Source: syncReplicaSet, manageReplicas (pkg/controller/replicaset/replica_set.go).
import type { Pod } from '../../../schema/generated/types.ts';
import type { Plan } from '../../runtime/controller.ts';
import { desiredOf } from './replica-kind.ts';
import { choosePods } from './scale-down.ts';
import type { ReplicaSetView } from './view.ts';

export interface ReplicaSetPlan extends Plan {
  /** Pods to write before anything is counted: the writes wake the controller again, and then their numbers are right. */
  readonly claims: boolean;
  readonly create: number;
  readonly remove: readonly Pod[];
}

/** The most pods that are created or deleted in one look; the next goes on where this one stopped. */
const burst = 500;

const none: readonly Pod[] = [];

export function planReplicaSet(view: ReplicaSetView, nowMs: number): ReplicaSetPlan {
  if (view.adopt.length + view.release.length > 0) return { claims: true, create: 0, remove: none };
  const { set, counts } = view;
  const missing = set.metadata.deletionTimestamp === undefined ? desiredOf(set) - counts.active : 0;
  return {
    claims: false,
    create: Math.max(0, Math.min(burst, missing)),
    remove: missing < 0 ? choosePods(view.pods(), counts.active, Math.min(burst, -missing), view.relatedOn, nowMs) : none,
    requeueAfterMs: nextLookMs(view),
  };
}

/** Time alone makes a ready pod available: look again when the next one does. */
function nextLookMs({ set, counts }: ReplicaSetView): number | undefined {
  const { minReadySeconds = 0 } = set.spec;
  if (minReadySeconds === 0 || counts.ready === counts.available) return undefined;
  return counts.nextAvailableMs ?? minReadySeconds * 1000;
}
