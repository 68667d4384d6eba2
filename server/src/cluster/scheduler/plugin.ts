// The contract of a filter and of a score: one file each in plugins/, one line in plugins.ts.
//
// A filter's `prepare` runs once for a pod and says what the pod asks of nodes, or undefined when it asks for nothing of this sort
// (Kubernetes' Skip); what it returns runs once for a node, so it allocates nothing. A score is given all nodes that would do at once.
import type { Pod } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodCensus } from './pod-census.ts';
import type { Requests } from './pod-requests.ts';

/** A pod that wants a node, and what is computed of it once. */
export interface PodInfo {
  readonly pod: Pod;
  readonly requests: Requests;
}

/** What plugins may read besides the pod. */
export interface SchedulingView {
  readonly nodes: readonly NodeInfo[];
  nodeNamed(name: string): NodeInfo | undefined;
  /** Whether any node is cordoned, or has taints of the sort: mostly none, and then nobody needs to ask each of them. */
  readonly anyCordoned: boolean;
  readonly anyForbidding: boolean;
  readonly anyDiscouraging: boolean;
  readonly reader: Reader;
  readonly census: PodCensus;
  /** Nodes with the pods in place that were promised room there, by name; mostly none. */
  readonly reserved: ReadonlyMap<string, NodeInfo>;
}

/** Why a node will not do. Plugins make each of these once and return the same one every time. */
export interface Refusal {
  readonly plugin: string;
  /** Counted over all nodes: "3 Insufficient cpu". */
  readonly reasons: readonly string[];
  /** Whether it could help to remove pods from the node (Kubernetes: Unschedulable, not UnschedulableAndUnresolvable). */
  readonly preemptable: boolean;
}

export type NodeFilter = (node: NodeInfo) => Refusal | undefined;

export interface FilterPlugin {
  /** As Kubernetes calls it: 'NodeResourcesFit'. */
  readonly name: string;
  prepare(pod: PodInfo, view: SchedulingView): NodeFilter | undefined;
  /** Why the pod can go nowhere now, whatever the nodes are like (Kubernetes: PreFilter). */
  refusePod?(pod: PodInfo, view: SchedulingView): string | undefined;
  /** The only nodes that the pod can mean, by name, where it names them. */
  nodeNames?(pod: PodInfo): ReadonlySet<string> | undefined;
  /**
   * Whether a pod that came, went or changed its labels, anywhere, gives a pod that this filter refused a new chance. Filters that only
   * look at a node and its pods do without: they are asked about nodes that changed or lost a pod.
   */
  retry?(waiting: PodInfo, changed: Pod, view: SchedulingView): boolean;
}

/** One score for each node that would do. */
export type Scores = Float64Array;

export interface ScorePlugin {
  readonly name: string;
  readonly weight: number;
  /** Fills in the scores, 0 to 100, higher is better; false when there is nothing to tell the nodes apart by (Kubernetes' Skip). */
  score(pod: PodInfo, view: SchedulingView, feasible: readonly NodeInfo[], scores: Scores): boolean;
}

export const maxScore = 100;

/** Scales scores so that the largest becomes 100 (or, with `reverse`, so that the smallest is best). All zero: equally good. */
export function normalizeByMax(scores: Scores, reverse: boolean): void {
  let max = 0;
  for (let i = 0; i < scores.length; i++) if (scores[i]! > max) max = scores[i]!;
  if (max === 0) {
    if (reverse) scores.fill(maxScore);
    return;
  }
  for (let i = 0; i < scores.length; i++) {
    const scaled = Math.trunc((maxScore * scores[i]!) / max);
    scores[i] = reverse ? maxScore - scaled : scaled;
  }
}
