// Finds the node for one pod: filter, score, choose. Pure but for the random draw between equally good nodes.
//
// In a large cluster it stops looking when it has found enough nodes that would do, and begins the next time where it stopped,
// so the cost of a pod grows slowly with the number of nodes and not at all with the number of pods.
import type { NodeInfo } from './node-info.ts';
import type { NodeFilter, PodInfo, Refusal, SchedulingView, Scores } from './plugin.ts';
import { filters, scores } from './plugins.ts';

export interface Placement {
  readonly node: NodeInfo;
  /** Where the next search begins. */
  readonly nextStart: number;
}

/** No node will do. */
export interface Misfit {
  readonly node?: undefined;
  readonly nextStart: number;
  /** Refused as a whole, before any node was looked at. */
  readonly podRefusal?: PodRefusal;
  /** By node; nodes that are missing here were not looked at, see `unnamed`. */
  readonly refusals: ReadonlyMap<NodeInfo, Refusal>;
  /** The refusal of nodes that the pod does not name, where it names some. */
  readonly unnamed?: Refusal;
}

export interface PodRefusal {
  readonly plugin: string;
  readonly reason: string;
}

/** `draw` gives a random whole number from 0 up to, not including, its argument. */
export function schedule(pod: PodInfo, view: SchedulingView, start: number, draw: (below: number) => number): Placement | Misfit {
  const { nodes } = view;
  const names = namesOf(pod);
  const podRefusal = names?.size === 0 ? conflictingTerms : refusePod(pod, view);
  if (podRefusal) return { nextStart: start, podRefusal, refusals: new Map() };
  const promised = promisedNode(pod, view);
  if (promised) return { node: promised, nextStart: start };
  const candidates = names ? [...names].flatMap((name) => view.nodeNamed(name) ?? []) : nodes;
  const prepared = prepareFilters(pod, view);
  const { feasible, looked } = findFeasible(candidates, names ? 0 : start, feasibleNodesToFind(candidates.length), prepared, view);
  const nextStart = nodes.length === 0 ? 0 : (start + looked) % nodes.length;
  if (feasible.length === 0) return { nextStart, refusals: explain(candidates, prepared, view), ...(names && { unnamed: notNamed }) };
  return { node: feasible.length === 1 ? feasible[0]! : best(pod, view, feasible, draw), nextStart };
}

const conflictingTerms: PodRefusal = { plugin: 'NodeAffinity', reason: 'pod affinity terms conflict' };

function refusePod(pod: PodInfo, view: SchedulingView): PodRefusal | undefined {
  for (const filter of filters) {
    const reason = filter.refusePod?.(pod, view);
    if (reason !== undefined) return { plugin: filter.name, reason };
  }
  return undefined;
}

const notNamed: Refusal = { plugin: 'NodeAffinity', reasons: ["node(s) didn't satisfy plugin(s) [NodeAffinity]"], preemptable: false };

/** The nodes that a pod names; undefined when any will do. */
function namesOf(pod: PodInfo): ReadonlySet<string> | undefined {
  for (const filter of filters) {
    const names = filter.nodeNames?.(pod);
    if (names) return names;
  }
  return undefined;
}

export function prepareFilters(pod: PodInfo, view: SchedulingView): readonly NodeFilter[] {
  const prepared: NodeFilter[] = [];
  for (const filter of filters) {
    const check = filter.prepare(pod, view);
    if (check) prepared.push(check);
  }
  return prepared;
}

/** The first refusal, in the order of the filters. */
export function refuse(node: NodeInfo, prepared: readonly NodeFilter[]): Refusal | undefined {
  for (let i = 0; i < prepared.length; i++) {
    const refusal = prepared[i]!(node);
    if (refusal) return refusal;
  }
  return undefined;
}

function refuseReserved({ name }: NodeInfo, prepared: readonly NodeFilter[], reserved: ReadonlyMap<string, NodeInfo>): Refusal | undefined {
  const node = reserved.get(name);
  return node && refuse(node, prepared);
}

/** The node that was promised to the pod, when it would do now. */
function promisedNode(pod: PodInfo, view: SchedulingView): NodeInfo | undefined {
  const { nominatedNodeName } = pod.pod.status;
  const node = nominatedNodeName ? view.nodeNamed(nominatedNodeName) : undefined;
  const prepared = node && prepareFilters(pod, view);
  return node && !refuse(node, prepared!) && !refuseReserved(node, prepared!, view.reserved) ? node : undefined;
}

/**
 * How many nodes that would do are enough: all up to 100, then a share that falls from 50 % to 5 %, never fewer than 100.
 * 500 nodes: 50 − 500/125 = 46 % → 230; 5,000 nodes: 50 − 40 = 10 % → 500; 6,000: 2 → 5 % → 300.
 */
export function feasibleNodesToFind(nodes: number): number {
  if (nodes < 100) return nodes;
  const percentage = Math.max(5, 50 - Math.trunc(nodes / 125));
  return Math.max(100, Math.trunc((nodes * percentage) / 100));
}

function findFeasible(nodes: readonly NodeInfo[], start: number, enough: number, prepared: readonly NodeFilter[], { reserved }: SchedulingView) {
  const feasible: NodeInfo[] = [];
  let looked = 0;
  for (let i = start % Math.max(1, nodes.length); looked < nodes.length && feasible.length < enough; looked++) {
    const node = nodes[i]!;
    if (!refuse(node, prepared) && (reserved.size === 0 || !refuseReserved(node, prepared, reserved))) feasible.push(node);
    if (++i === nodes.length) i = 0;
  }
  return { feasible, looked };
}

/** Asked again of every node, since only pods that fit nowhere need to know. */
function explain(nodes: readonly NodeInfo[], prepared: readonly NodeFilter[], { reserved }: SchedulingView): ReadonlyMap<NodeInfo, Refusal> {
  const refusals = new Map<NodeInfo, Refusal>();
  for (const node of nodes) refusals.set(node, (refuse(node, prepared) ?? refuseReserved(node, prepared, reserved))!);
  return refusals;
}

/** The node with the highest sum of weighted scores; one of them at random when there are several. */
function best(pod: PodInfo, view: SchedulingView, feasible: readonly NodeInfo[], draw: (below: number) => number): NodeInfo {
  const totals = totalScores(pod, view, feasible);
  let highest = totals[0]!;
  let ties = 1;
  for (let i = 1; i < totals.length; i++) {
    const total = totals[i]!;
    if (total > highest) {
      highest = total;
      ties = 1;
    } else if (total === highest) ties++;
  }
  let skip = ties > 1 ? draw(ties) : 0;
  for (let i = 0; i < totals.length; i++) if (totals[i] === highest && skip-- === 0) return feasible[i]!;
  throw new Error('one of the nodes has the highest score');
}

// Used again and again, since a search finds the same number of nodes as the one before: two new arrays of doubles for every pod
// cost as much as filling them.
let sums: Scores = new Float64Array(0);
let own: Scores = new Float64Array(0);

/** Valid until it is called again. */
export function totalScores(pod: PodInfo, view: SchedulingView, feasible: readonly NodeInfo[]): Scores {
  if (sums.length === feasible.length) sums.fill(0);
  else [sums, own] = [new Float64Array(feasible.length), new Float64Array(feasible.length)];
  for (const plugin of scores) {
    if (!plugin.score(pod, view, feasible, own)) continue;
    const { weight } = plugin;
    for (let i = 0; i < feasible.length; i++) sums[i] = sums[i]! + weight * own[i]!;
  }
  return sums;
}
