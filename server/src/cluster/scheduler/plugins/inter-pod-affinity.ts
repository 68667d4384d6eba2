// Pods that want others near them, or do not, and pods on nodes that do not want this one.
import type { Pod, PodAffinityTerm } from '../../../schema/generated/types.ts';
import type { NodeInfo } from '../node-info.ts';
import { maxScore, type FilterPlugin, type NodeFilter, type PodInfo, type Refusal, type SchedulingView, type ScorePlugin, type Scores } from '../plugin.ts';
import type { Counts } from '../pod-census.ts';
import { podTerm, type PodTerm } from '../pod-term.ts';
import { byPlace, placeOf } from '../topology.ts';

const plugin = 'InterPodAffinity';
const notNear: Refusal = { plugin, reasons: ["node(s) didn't match pod affinity rules"], preemptable: false };
const tooNear: Refusal = { plugin, reasons: ["node(s) didn't match pod anti-affinity rules"], preemptable: true };
const unwanted: Refusal = { plugin, reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"], preemptable: true };

export const interPodAffinity: FilterPlugin = {
  name: plugin,
  prepare(info, view) {
    const { affinity } = info.pod.spec;
    if (!affinity?.podAffinity && !affinity?.podAntiAffinity && view.census.holdsNothing) return undefined;
    const checks = [nearOthers(info, view), awayFromOthers(info, view), wantedByOthers(info, view)].filter((check) => check !== undefined);
    if (checks.length === 0) return undefined;
    return (node) => {
      for (const check of checks) {
        const refusal = check(node);
        if (refusal) return refusal;
      }
      return undefined;
    };
  },
  retry: ({ pod }, changed, { reader }) =>
    ownTerms(pod, 'podAffinity', reader).some((term) => term.means(changed)) ||
    ownTerms(pod, 'podAntiAffinity', reader).some((term) => term.means(changed)) ||
    ownTerms(changed, 'podAntiAffinity', reader).some((term) => term.means(pod)),
};

const ownTerms = (pod: Pod, sort: 'podAffinity' | 'podAntiAffinity', reader: SchedulingView['reader']): readonly PodTerm[] =>
  (pod.spec.affinity?.[sort]?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => podTerm(term, pod.metadata.namespace ?? '', reader));

/** In the place of each term there must be a pod that all terms mean; the first of its kind may begin anywhere. */
function nearOthers({ pod }: PodInfo, view: SchedulingView): NodeFilter | undefined {
  const terms = ownTerms(pod, 'podAffinity', view.reader);
  if (terms.length === 0) return undefined;
  const means = (other: Pod) => terms.every((term) => term.means(other));
  const onNode = view.census.count(`all ${terms.map(({ key }) => key).join()}`, means);
  const places = terms.map(({ topologyKey }) => byPlace(onNode, topologyKey, view));
  const isFirst = places.every(({ size }) => size === 0) && means(pod);
  return (node) => {
    for (const [i, { topologyKey }] of terms.entries()) {
      const place = placeOf(node, topologyKey);
      if (place === undefined || !(isFirst || places[i]!.has(place))) return notNear;
    }
    return undefined;
  };
}

function awayFromOthers({ pod }: PodInfo, view: SchedulingView): NodeFilter | undefined {
  const terms = ownTerms(pod, 'podAntiAffinity', view.reader);
  if (terms.length === 0) return undefined;
  const taken = terms.map((term) => byPlace(view.census.count(term.key, term.means), term.topologyKey, view));
  return (node) => (terms.some(({ topologyKey }, i) => taken[i]!.has(placeOf(node, topologyKey) ?? nowhere)) ? tooNear : undefined);
}

const nowhere = '\0';

function wantedByOthers({ pod }: PodInfo, view: SchedulingView): NodeFilter | undefined {
  const closed: { readonly topologyKey: string; readonly places: ReadonlyMap<string, number> }[] = [];
  for (const { term, strength, onNode } of view.census.held) {
    if (strength === 'never' && term.means(pod)) closed.push({ topologyKey: term.topologyKey, places: byPlace(onNode, term.topologyKey, view) });
  }
  if (closed.length === 0) return undefined;
  return (node) => (closed.some(({ topologyKey, places }) => places.has(placeOf(node, topologyKey) ?? nowhere)) ? unwanted : undefined);
}

/** What the pod prefers, and what the pods on nodes prefer about it, summed up by place. */
export const interPodAffinityScore: ScorePlugin = {
  name: plugin,
  weight: 2,
  score({ pod }, view, feasible, scores) {
    const sums = new Map<string, Map<string, number>>();
    const addAll = (topologyKey: string, onNode: Counts, weight: number) => {
      const places = sums.get(topologyKey) ?? new Map<string, number>();
      sums.set(topologyKey, places);
      for (const [place, count] of byPlace(onNode, topologyKey, view)) places.set(place, (places.get(place) ?? 0) + weight * count);
    };
    for (const { term, weight } of preferences(pod)) {
      const made = podTerm(term, pod.metadata.namespace ?? '', view.reader);
      addAll(made.topologyKey, view.census.count(made.key, made.means), weight);
    }
    for (const { term, strength, onNode } of view.census.held) if (strength !== 'never' && term.means(pod)) addAll(term.topologyKey, onNode, strength);
    if (![...sums.values()].some(({ size }) => size > 0)) return false;
    for (const [i, node] of feasible.entries()) scores[i] = sumOf(node, sums);
    stretch(scores);
    return true;
  },
};

function preferences({ spec }: Pod): readonly { readonly term: PodAffinityTerm; readonly weight: number }[] {
  const near = spec.affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const far = spec.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...near.map(({ podAffinityTerm: term, weight }) => ({ term, weight })),
    ...far.map(({ podAffinityTerm: term, weight }) => ({ term, weight: -weight })),
  ];
}

function sumOf(node: NodeInfo, sums: ReadonlyMap<string, ReadonlyMap<string, number>>): number {
  let sum = 0;
  for (const [topologyKey, places] of sums) sum += places.get(placeOf(node, topologyKey) ?? nowhere) ?? 0;
  return sum;
}

/** The worst becomes 0 and the best 100; all alike become 0. */
function stretch(scores: Scores): void {
  const min = Math.min(...scores);
  const max = Math.max(...scores);
  for (let i = 0; i < scores.length; i++) scores[i] = max === min ? 0 : Math.trunc((maxScore * (scores[i]! - min)) / (max - min));
}
