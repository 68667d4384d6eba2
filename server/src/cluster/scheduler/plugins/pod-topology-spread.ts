// Pods that say how evenly they are to be spread over places.
//
// Worked example: maxSkew 1 over zones a, b, c with 2, 1, 1 pods of the sort: the fewest is 1, so a place may have 2.
// a: 2 + 1 (this one) − 1 = 2 > 1, refused; b and c: 1 + 1 − 1 = 1, allowed.
import { matches, validSelectorOf, type Selector } from '../../../kube/label-selector.ts';
import type { Pod, TopologySpreadConstraint } from '../../../schema/generated/types.ts';
import { toleratesTaint } from '../tolerations.ts';
import type { NodeInfo } from '../node-info.ts';
import type { FilterPlugin, PodInfo, Refusal, SchedulingView, ScorePlugin } from '../plugin.ts';
import type { Counts } from '../pod-census.ts';
import { fewerIsBetter, placeWeight } from '../spreading.ts';
import { placeOf } from '../topology.ts';
import { requiredNodes } from './node-affinity.ts';

const plugin = 'PodTopologySpread';
const uneven: Refusal = { plugin, reasons: ["node(s) didn't match pod topology spread constraints"], preemptable: true };
const unlabelled: Refusal = { plugin, reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"], preemptable: false };

export const podTopologySpread: FilterPlugin = {
  name: plugin,
  prepare(info, view) {
    const constraints = constraintsOf(info, 'DoNotSchedule');
    if (constraints.length === 0) return undefined;
    const counted = constraints.map((constraint) => ({ ...constraint, ...countPlaces(constraint, constraints, info, view) }));
    return (node) => {
      for (const { topologyKey, maxSkew, places, fewest, self } of counted) {
        const place = placeOf(node, topologyKey);
        if (place === undefined) return unlabelled;
        if ((places.get(place) ?? 0) + self - fewest > maxSkew) return uneven;
      }
      return undefined;
    };
  },
  retry: (info, changed) =>
    changed.metadata.namespace === info.pod.metadata.namespace &&
    constraintsOf(info, 'DoNotSchedule').some(({ selector }) => matches(selector, changed.metadata.labels)),
};

/** As few pods of the sort in the place as possible. */
export const podTopologySpreadScore: ScorePlugin = {
  name: plugin,
  weight: 2,
  score(info, view, feasible, scores) {
    const constraints = constraintsOf(info, 'ScheduleAnyway');
    if (constraints.length === 0) return false;
    const counted = constraints.map((constraint) => {
      const distinct = new Set(feasible.map((node) => placeOf(node, constraint.topologyKey)));
      return { ...constraint, ...countPlaces(constraint, constraints, info, view), weight: placeWeight(distinct.size) };
    });
    scores.fill(-1);
    for (const [i, node] of feasible.entries()) {
      if (!hasAll(node, constraints)) continue;
      const sum = counted.reduce(
        (total, { topologyKey, maxSkew, places, weight }) => total + (places.get(placeOf(node, topologyKey)!) ?? 0) * weight + maxSkew - 1,
        0,
      );
      scores[i] = Math.round(sum);
    }
    fewerIsBetter(scores);
    return true;
  },
};

interface Constraint extends Pick<TopologySpreadConstraint, 'topologyKey' | 'maxSkew' | 'minDomains' | 'nodeAffinityPolicy' | 'nodeTaintsPolicy'> {
  readonly selector: Selector;
  readonly key: string;
}

function constraintsOf({ pod }: PodInfo, whenUnsatisfiable: string): readonly Constraint[] {
  const { labels = {}, namespace = '' } = pod.metadata;
  return (pod.spec.topologySpreadConstraints ?? [])
    .filter((constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable)
    .map((constraint) => {
      const own = (constraint.matchLabelKeys ?? []).filter((key) => labels[key] !== undefined).map((key) => ({ key, operator: 'In', values: [labels[key]!] }));
      const { labelSelector } = constraint;
      const merged = labelSelector && { ...labelSelector, matchExpressions: [...(labelSelector.matchExpressions ?? []), ...own] };
      return { ...constraint, selector: validSelectorOf(merged), key: JSON.stringify(['spread', namespace, merged]) };
    });
}

const hasAll = (node: NodeInfo, constraints: readonly Constraint[]): boolean =>
  constraints.every(({ topologyKey }) => placeOf(node, topologyKey) !== undefined);

/** Pods of the sort in every place that counts, the fewest of them, and whether this pod would be one more. */
function countPlaces(
  { topologyKey, selector, key, minDomains, nodeAffinityPolicy, nodeTaintsPolicy }: Constraint,
  all: readonly Constraint[],
  info: PodInfo,
  view: SchedulingView,
) {
  const { namespace } = info.pod.metadata;
  const means = ({ metadata }: Pod) => metadata.namespace === namespace && metadata.deletionTimestamp === undefined && matches(selector, metadata.labels);
  const onNode: Counts = view.census.count(key, means);
  const required = nodeAffinityPolicy === 'Ignore' ? undefined : requiredNodes(info);
  const places = new Map<string, number>();
  for (const node of view.nodes) {
    if (!hasAll(node, all) || (required && !required(node)) || (nodeTaintsPolicy === 'Honor' && isTainted(node, info))) continue;
    const place = placeOf(node, topologyKey)!;
    places.set(place, (places.get(place) ?? 0) + (onNode.get(node.name) ?? 0));
  }
  let fewest = Number.POSITIVE_INFINITY;
  for (const count of places.values()) fewest = Math.min(fewest, count);
  // With fewer places than the pod asks for, places that are not there yet count as empty.
  if (places.size < (minDomains ?? 1)) fewest = 0;
  return { places, fewest, self: matches(selector, info.pod.metadata.labels) ? 1 : 0 };
}

const isTainted = ({ forbidding }: NodeInfo, { pod }: PodInfo): boolean => forbidding.some((taint) => !toleratesTaint(pod.spec.tolerations, taint));
