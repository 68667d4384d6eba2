// The pods that are not wanted any more, from the highest ordinal down.
// OrderedReady removes one at a time, and one that is not available only when no lower pod is in the same state:
//   scaled 3 → 0 while 2 is broken: 2 goes, then 1, then 0. While 2 and 0 are broken: 2 has to wait until 0 is mended.
// Source: processCondemned, fixPodClaim (stateful_set_control.go).
import { planOwners } from './claims.ts';
import { isDeleted } from './health.ts';
import { isOrdered } from './identity.ts';
import type { Members } from './members.ts';
import type { Phase } from './plan.ts';
import type { Step } from './step.ts';
import type { StatefulSetView } from './view.ts';

export function planCondemned(view: StatefulSetView, { condemned, firstUnavailable }: Members): Phase {
  const ordered = isOrdered(view.set);
  const steps: Step[] = [];
  for (const { pod } of condemned) {
    const claims = planOwners(view, pod.metadata);
    if (claims.length > 0) steps.push({ do: 'own', claims, why: 'own-claims' });
  }
  for (const member of condemned) {
    const waits = isDeleted(member.pod) || (ordered && !member.available && member !== firstUnavailable);
    if (!waits) steps.push({ do: 'delete', name: member.name, why: 'scale-down-pod' });
    if (ordered) return { steps, blocks: true };
  }
  return { steps, blocks: false };
}
