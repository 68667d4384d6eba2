// The pods that are not wanted any more, from the highest ordinal down.
// OrderedReady removes one at a time, and one that is not available only when no lower pod is in the same state:
//   scaled 3 → 0 while 2 is broken: 2 goes, then 1, then 0. While 2 and 0 are broken: 2 has to wait until 0 is mended.
// Source: processCondemned, fixPodClaim (stateful_set_control.go).
import { isOrdered } from './identity.ts';
import type { Phase } from './plan.ts';
import type { Roster } from './roster.ts';
import type { Step } from './step.ts';
import type { StatefulSetView } from './view.ts';

export function planCondemned({ set, roster }: StatefulSetView): Phase {
  const { all, todo, staying } = roster.condemned;
  const own = todo.descending().map((ordinal) => roster.stepAt(ordinal)!);
  if (!isOrdered(set)) return { steps: [...own, ...staying.descending().map((ordinal) => removal(roster, ordinal))], blocks: false };
  const { highest } = all;
  if (highest === undefined) return { steps: own, blocks: false };
  const goes = staying.has(highest) && (!roster.condemned.unavailable.has(highest) || highest === roster.firstUnavailable);
  return { steps: goes ? [...own, removal(roster, highest)] : own, blocks: true };
}

const removal = (roster: Roster, ordinal: number): Step => ({ do: 'delete', name: roster.nameAt(ordinal), why: 'scale-down-pod' });
