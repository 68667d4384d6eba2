// The censuses of all DaemonSets. A commit marks the node that it is about; the next look at the set sees the marked nodes again.
import type { ControllerRevision, DaemonSet, Node, Pod } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { daemonOn, podsByOwner, podsOfDaemons } from '../../store/indexes.ts';
import { targetNode } from '../../store/pod-facts.ts';
import { selects } from '../selectors.ts';
import { Census, type CensusMemory, type Summary } from './census.ts';
import { keptForMs, type Backoff } from './failed-pods.ts';
import { inOrder, type DaemonNode, type Rules } from './node.ts';
import { placementOf } from './placement.ts';
import { updateOf } from './bounds.ts';
import { hashOf } from './history.ts';

interface Entry {
  readonly uid: string;
  /** What the census was taken for: another spec or revision needs another census. */
  readonly spec: DaemonSet['spec'];
  readonly hash: string;
  readonly census: Census;
  readonly marked: Set<string>;
}

/** The censuses as plain data, by the key of the set. */
export type CensusesMemory = ReadonlyMap<string, Omit<Entry, 'census'> & { readonly census: CensusMemory }>;

export class Censuses {
  readonly #entries: Map<string, Entry>;

  constructor(memory: CensusesMemory = new Map()) {
    this.#entries = new Map(Array.from(memory, ([key, entry]) => [key, { ...entry, census: new Census(entry.census), marked: new Set(entry.marked) }]));
  }

  /** `key`: of the set, 'default/agent'. */
  mark(key: string, node: string): void {
    this.#entries.get(key)?.marked.add(node);
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  of(key: string, set: DaemonSet, current: ControllerRevision, looking: Looking): Summary {
    const { spec, metadata } = set;
    const rules: Rules = { hash: hashOf(current)!, minReadySeconds: spec.minReadySeconds ?? 0, update: updateOf(set), nowMs: looking.nowMs };
    let entry = this.#entries.get(key);
    if (entry?.spec !== spec || entry.uid !== metadata.uid || entry.hash !== rules.hash) {
      entry = { uid: metadata.uid, spec, hash: rules.hash, census: new Census(), marked: new Set(allNodes(set, looking.reader)) };
      this.#entries.set(key, entry);
    }
    const { census, marked } = entry;
    for (const name of [...marked, ...census.waiting]) {
      const { node, unselected } = lookAt(set, name, looking);
      census.see(node, unselected, rules);
    }
    marked.clear();
    return census.summary;
  }

  snapshot(): CensusesMemory {
    return new Map(
      Array.from(this.#entries, ([key, entry]) => [key, { ...entry, census: new Census(entry.census.memory).memory, marked: new Set(entry.marked) }]),
    );
  }
}

export interface Looking {
  readonly reader: Reader;
  readonly nowMs: number;
  backoffOf(set: DaemonSet, node: string): Backoff | undefined;
}

/** Every node, and those that only pods still name. */
function* allNodes({ metadata }: DaemonSet, reader: Reader): Iterable<string> {
  yield* reader.collection('nodes').keys();
  for (const pod of reader.indexed(podsByOwner, metadata.uid).objects.values()) yield targetNode(pod as Pod) ?? '';
}

function lookAt(set: DaemonSet, name: string, { reader, nowMs, backoffOf }: Looking): { readonly node: DaemonNode; readonly unselected: readonly Pod[] } {
  const there = [...reader.indexed(podsOfDaemons, daemonOn(set.metadata.uid, name)).objects.values()] as Pod[];
  const isSelected = ({ metadata }: Pod) => selects(set.spec.selector, metadata.labels);
  const object = reader.get<Node>('nodes', undefined, name);
  const node: DaemonNode = {
    name,
    placement: object ? placementOf(set, object) : 'gone',
    // A pod that does not tell its node is nobody's on any.
    pods: name === '' ? [] : inOrder(there.filter(isSelected)),
    keptForMs: keptForMs(backoffOf(set, name), nowMs),
  };
  return { node, unselected: there.filter((pod) => !isSelected(pod)) };
}
