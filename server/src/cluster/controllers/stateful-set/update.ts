// The pods of an old revision: the highest ordinal goes first, one at a time, and none below one that is not available.
//   5 replicas, partition 2: 4, then 3, then 2; 0 and 1 stay as they are.
// With OrderedReady a broken update therefore stops at its first pod, and stays there even when the template is mended: the broken
// pod is not available, so nothing gets this far. Somebody has to delete it (kubernetes issue 67250).
// Source: updateStatefulSet (stateful_set_control.go).
import { isDeleted } from './health.ts';
import type { Members } from './members.ts';
import type { Phase } from './plan.ts';
import type { RevisionPlan } from './revisions.ts';
import type { StatefulSetView } from './view.ts';

const nothing: Phase = { steps: [], blocks: true };

export function planUpdate({ set }: StatefulSetView, { wanted }: Members, { update }: RevisionPlan): Phase {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type === 'OnDelete') return nothing;
  // Counted in pods, not in ordinals: with ordinals from 10 on and partition 2, 10 and 11 stay.
  const lowest = rollingUpdate?.partition ?? 0;
  for (let i = wanted.length - 1; i >= lowest; i--) {
    const member = wanted[i]!;
    const stopping = member.pod !== undefined && isDeleted(member.pod);
    if (member.revision !== update.name && !stopping) return { steps: [{ do: 'delete', name: member.name, why: 'update-pod' }], blocks: true };
    if (!member.available) return nothing;
  }
  return nothing;
}
