// The set's pods in their order: one place for every ordinal that it wants, and those that it does not want any more.
// Source: updateStatefulSet, newVersionedStatefulSetPod (stateful_set_control.go, stateful_set_utils.go).
import type { Pod, StatefulSet } from '../../../schema/generated/types.ts';
import { availableInMs, isDeleted } from './health.ts';
import { isInRange, podNameOf, podOrdinal, replicasOf, revisionOf, startOf } from './identity.ts';
import type { Revision, RevisionPlan } from './revisions.ts';
import type { StatefulSetView } from './view.ts';

/** A place in the order, with its pod when there is one. */
export interface Member {
  readonly ordinal: number;
  readonly name: string;
  readonly pod?: Pod;
  /** Name of the pod's revision: what it was made of, or will be made of. */
  readonly revision: string;
  /** Neither missing, nor stopping, nor waiting to become available. */
  readonly available: boolean;
}

export interface Members {
  /** By ordinal, ascending; as many as the set wants. */
  readonly wanted: readonly Member[];
  /** Descending: the highest ordinal goes first. */
  readonly condemned: readonly (Member & { readonly pod: Pod })[];
  /** The lowest ordinal that is not available; when all that are wanted are, the lowest condemned one that is not. */
  readonly firstUnavailable: Member | undefined;
}

export function lineUp({ set, pods }: StatefulSetView, revisions: RevisionPlan, nowMs: number): Members {
  const { minReadySeconds = 0 } = set.spec;
  const start = startOf(set);
  const wanted: Member[] = Array.from({ length: replicasOf(set) });
  const condemned: (Member & { pod: Pod })[] = [];
  for (const pod of pods) {
    const ordinal = podOrdinal(pod);
    if (ordinal < 0) continue;
    const available = !isDeleted(pod) && availableInMs(pod, minReadySeconds, nowMs) === 0;
    const member = { ordinal, name: pod.metadata.name, pod, revision: revisionOf(pod), available };
    if (isInRange(set, ordinal)) wanted[ordinal - start] = member;
    else condemned.push(member);
  }
  for (let i = 0; i < wanted.length; i++) wanted[i] ??= missing(set, start + i, revisions);
  condemned.sort((a, b) => b.ordinal - a.ordinal);
  const isUnavailable = ({ available }: Member) => !available;
  return { wanted, condemned, firstUnavailable: wanted.find(isUnavailable) ?? condemned.findLast(isUnavailable) };
}

function missing(set: StatefulSet, ordinal: number, revisions: RevisionPlan): Member {
  return { ordinal, name: podNameOf(set, ordinal), revision: revisionFor(set, ordinal, revisions).name, available: false };
}

/**
 * What a new pod is made of. Below the partition the old revision comes back, whoever deleted the pod:
 *   5 replicas, partition 3: ordinals 0, 1 and 2 stay at the current revision, 3 and 4 are at the update.
 * Without a partition as many as the status counts at the current revision, from the start on.
 */
function revisionFor(set: StatefulSet, ordinal: number, { current, update }: RevisionPlan): Revision {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  const { currentReplicas = 0 } = set.status;
  const first = startOf(set);
  const old = rollingUpdate ? ordinal < first + (rollingUpdate.partition ?? 0) : type === 'RollingUpdate' && ordinal < first + currentReplicas;
  return old ? current : update;
}
