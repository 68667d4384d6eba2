// The pods of an old revision: the highest ordinal goes first, one at a time, and none below one that is not available.
//   5 replicas, partition 2: 4, then 3, then 2; 0 and 1 stay as they are.
// With OrderedReady a broken update therefore stops at its first pod, and stays there even when the template is mended: the broken
// pod is not available, so nothing gets this far. Somebody has to delete it (kubernetes issue 67250).
// Source: updateStatefulSet (stateful_set_control.go).
import { startOf } from './identity.ts';
import type { Phase } from './plan.ts';
import type { RevisionPlan } from './revisions.ts';
import type { StatefulSetView } from './view.ts';

const nothing: Phase = { steps: [], blocks: true };

export function planUpdate({ set, roster }: StatefulSetView, { update }: RevisionPlan): Phase {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type === 'OnDelete') return nothing;
  const outdated = roster.highestOutdated(update.name);
  // The partition is counted in pods, not in ordinals: with ordinals from 10 on and partition 2, 10 and 11 stay.
  if (outdated === undefined || outdated < startOf(set) + (rollingUpdate?.partition ?? 0)) return nothing;
  const { highest: unavailable = outdated } = roster.wanted.unavailable;
  if (unavailable > outdated) return nothing;
  return { steps: [{ do: 'delete', name: roster.nameAt(outdated), why: 'update-pod' }], blocks: true };
}
