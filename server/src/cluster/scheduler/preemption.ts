// Whether removing pods of lower priority would make room (plugins/defaultpreemption), and the words for it.
import type { NodeInfo } from './node-info.ts';
import { preemptionMessage } from './misfit-message.ts';
import type { PodInfo, SchedulingView } from './plugin.ts';
import type { Misfit } from './schedule.ts';

const noVictims: readonly string[] = ['No preemption victims found for incoming pod'];

/** What the event says about it. */
export function preemptionOutcome({ pod }: PodInfo, misfit: Misfit, view: SchedulingView): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const candidates: NodeInfo[] = [];
  for (const [node, { preemptable }] of misfit.refusals) if (preemptable) candidates.push(node);
  return preemptionMessage(
    candidates.map(() => noVictims),
    view.nodes.length,
  );
}
