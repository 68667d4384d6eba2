// How many pods of a sort are on each node, and which terms the pods on nodes hold against others.
//
// A count is made once by walking all pods, when somebody asks for it for the first time, and is then kept up to date by commits;
// so a pod that says "not beside another of my kind" costs as little as any other. Pods count while they hold their place:
// bound and not finished. Invariant: counts and terms equal those of a rebuild (test/cluster/scheduler/pod-census.test.ts).
import type { KubeObject } from '../../kube/object.ts';
import type { Pod } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';
import { isFinished } from '../store/pod-facts.ts';
import { podTerm, type PodTerm } from './pod-term.ts';

/** By node. */
export type Counts = ReadonlyMap<string, number>;

/** A term that pods on nodes have in common. */
export interface HeldTerm {
  readonly term: PodTerm;
  /** 'never': required anti-affinity. A number: how much its pods would like, or dislike, the other one near. */
  readonly strength: 'never' | number;
  /** How many pods that hold it are on each node. */
  readonly onNode: Counts;
}

interface Counter {
  readonly means: (pod: Pod) => boolean;
  readonly onNode: Map<string, number>;
}

/** Which counts are kept: those asked for last. */
const mostCounters = 256;

export class PodCensus {
  readonly #reader: Reader;
  readonly #counters = new Map<string, Counter>();
  readonly #held = new Map<string, HeldTerm & { readonly onNode: Map<string, number> }>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** How many pods `means` on each node. The key stands for `means`: the same key, the same pods. */
  count(key: string, means: (pod: Pod) => boolean): Counts {
    let counter = this.#counters.get(key);
    if (!counter) {
      counter = { means, onNode: new Map() };
      for (const pod of this.#reader.collection('pods').values()) tally(counter, pod as Pod, 1);
      const [oldest] = this.#counters.keys();
      if (this.#counters.size >= mostCounters) this.#counters.delete(oldest!);
      this.#counters.set(key, counter);
    }
    return counter.onNode;
  }

  get held(): Iterable<HeldTerm> {
    return this.#held.values();
  }

  get holdsNothing(): boolean {
    return this.#held.size === 0;
  }

  /** Takes the change of one pod into account. */
  update(before: Pod | undefined, after: Pod | undefined): void {
    if (before && after && samePlaceAndKind(before, after)) return;
    for (const counter of this.#counters.values()) {
      if (before) tally(counter, before, -1);
      if (after) tally(counter, after, 1);
    }
    if (before?.spec.affinity) this.#hold(before, -1);
    if (after?.spec.affinity) this.#hold(after, 1);
  }

  /** From scratch. Counts are made anew when they are asked for. */
  rebuild(pods: Iterable<KubeObject>): void {
    this.#counters.clear();
    this.#held.clear();
    for (const pod of pods) if ((pod as Pod).spec.affinity) this.#hold(pod as Pod, 1);
  }

  #hold(pod: Pod, sign: 1 | -1): void {
    if (!holdsPlace(pod)) return;
    for (const { term, strength } of termsOf(pod, this.#reader)) {
      const key = `${strength} ${term.key}`;
      let held = this.#held.get(key);
      if (!held) this.#held.set(key, (held = { term, strength, onNode: new Map() }));
      add(held.onNode, pod.spec.nodeName!, sign);
      if (held.onNode.size === 0) this.#held.delete(key);
    }
  }
}

/** What a pod on a node holds against others: its required affinity counts a little, its preferences as they say. */
function termsOf({ metadata, spec }: Pod, reader: Reader): readonly Pick<HeldTerm, 'term' | 'strength'>[] {
  const { podAffinity, podAntiAffinity } = spec.affinity!;
  const make = (term: Parameters<typeof podTerm>[0]) => podTerm(term, metadata.namespace ?? '', reader);
  return [
    ...(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => ({ term: make(term), strength: 'never' as const })),
    ...(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => ({ term: make(term), strength: 1 })),
    ...(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((one) => ({ term: make(one.podAffinityTerm), strength: one.weight })),
    ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((one) => ({ term: make(one.podAffinityTerm), strength: -one.weight })),
  ];
}

const holdsPlace = (pod: Pod): boolean => pod.spec.nodeName !== undefined && pod.spec.nodeName !== '' && !isFinished(pod);

const samePlaceAndKind = (before: Pod, after: Pod): boolean =>
  before.spec === after.spec &&
  before.metadata.labels === after.metadata.labels &&
  before.metadata.deletionTimestamp === after.metadata.deletionTimestamp &&
  holdsPlace(before) === holdsPlace(after);

function tally(counter: Counter, pod: Pod, sign: 1 | -1): void {
  if (holdsPlace(pod) && counter.means(pod)) add(counter.onNode, pod.spec.nodeName!, sign);
}

function add(counts: Map<string, number>, key: string, sign: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + sign;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
