// Makes room for an important pod by removing less important ones (plugins/defaultpreemption), where that helps.
//
// Worked example: the pod has priority 10 and asks for 3 of 4 CPU. Node a runs priorities 0 (1 CPU) and 5 (2 CPU): all less important
// pods leave, the pod fits; then they are asked back in, the most important first: 5 would be too much, 0 fits. Victim: the one with 5.
import { parseTime } from '../../kube/time.ts';
import type { Pod } from '../../schema/generated/types.ts';
import { preemptionMessage } from './misfit-message.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo, SchedulingView } from './plugin.ts';
import { prepareFilters, refuse, type Misfit } from './schedule.ts';

export type Preemption = { readonly node: NodeInfo; readonly victims: readonly Pod[] } | { readonly message: string };

const noVictims: readonly string[] = ['No preemption victims found for incoming pod'];

/** `podsOn`: the pods bound to a node. */
export function preempt(info: PodInfo, misfit: Misfit, view: SchedulingView, podsOn: (node: string) => Iterable<Pod>): Preemption {
  const refused = ineligible(info, misfit, podsOn);
  if (refused) return { message: refused };
  const candidates: Candidate[] = [];
  const reasons: (readonly string[])[] = [];
  const enough = Math.max(100, Math.trunc(view.nodes.length / 10));
  for (const [node, { preemptable }] of misfit.refusals) {
    if (!preemptable || candidates.length >= enough) continue;
    const found = victimsOn(node, info, view, podsOn);
    if ('victims' in found) candidates.push(found);
    else reasons.push(found.reasons);
  }
  return best(candidates) ?? { message: preemptionMessage(reasons, view.nodes.length) };
}

function ineligible({ pod }: PodInfo, misfit: Misfit, podsOn: (node: string) => Iterable<Pod>): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = pod.status.nominatedNodeName;
  if (!nominated) return undefined;
  for (const [node, { preemptable }] of misfit.refusals) if (node.name === nominated && !preemptable) return undefined;
  for (const other of podsOn(nominated)) {
    if (other.metadata.deletionTimestamp !== undefined && priorityOf(other) < priorityOf(pod))
      return 'not eligible due to a terminating pod on the nominated node.';
  }
  return undefined;
}

export const priorityOf = ({ spec }: Pod): number => spec.priority ?? 0;

interface Candidate {
  readonly node: NodeInfo;
  /** The most important first. */
  readonly victims: readonly Pod[];
}

function victimsOn(
  node: NodeInfo,
  info: PodInfo,
  view: SchedulingView,
  podsOn: (node: string) => Iterable<Pod>,
): Candidate | { readonly reasons: readonly string[] } {
  const priority = priorityOf(info.pod);
  if (node.lowestPriority >= priority) return { reasons: noVictims };
  const lesser = [...podsOn(node.name)]
    .filter((pod) => priorityOf(pod) < priority && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed')
    .sort(byImportance);
  const without = node.copy();
  const move = (pod: Pod, sign: 1 | -1) => {
    without.count(pod, sign);
    view.census.update(sign < 0 ? pod : undefined, sign < 0 ? undefined : pod);
  };
  for (const pod of lesser) move(pod, -1);
  const victims: Pod[] = [];
  const refusal = refuse(without, prepareFilters(info, view));
  for (const pod of lesser) {
    move(pod, 1);
    if (refusal || !refuse(without, prepareFilters(info, view))) continue;
    victims.push(pod);
    move(pod, -1);
  }
  // The dry run is over: everybody is back.
  for (const pod of victims) move(pod, 1);
  return refusal ? { reasons: refusal.reasons } : { node, victims };
}

const startOf = ({ status }: Pod): number => parseTime(status.startTime) ?? Number.POSITIVE_INFINITY;
const byImportance = (a: Pod, b: Pod): number => priorityOf(b) - priorityOf(a) || startOf(a) - startOf(b);

/** Where the least is lost: the lowest highest priority, the lowest sum of priorities, the fewest victims, the latest started. */
function best(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((chosen, next) => (chosen && compare(chosen, next) <= 0 ? chosen : next), undefined);
}

function compare(a: Candidate, b: Candidate): number {
  const highest = ({ victims }: Candidate) => (victims[0] ? priorityOf(victims[0]) : Number.NEGATIVE_INFINITY);
  // Counted from the lowest priority there is, so that every victim adds something.
  const sum = ({ victims }: Candidate) => victims.reduce((total, pod) => total + priorityOf(pod) + 2 ** 31, 0);
  const earliest = (candidate: Candidate) => Math.min(...candidate.victims.filter((pod) => priorityOf(pod) === highest(candidate)).map(startOf));
  return compareNumbers(highest(a), highest(b)) || sum(a) - sum(b) || a.victims.length - b.victims.length || compareNumbers(earliest(b), earliest(a));
}

const compareNumbers = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
