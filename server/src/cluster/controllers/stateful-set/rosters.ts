// The rosters of all StatefulSets. A commit marks the pod that it is about; the next look at the set sees the marked pods again.
import { controllerOf } from '../../../kube/object.ts';
import { objectKey } from '../../../kube/resource.ts';
import type { PersistentVolumeClaim, Pod, StatefulSet } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { podsByOwner } from '../../store/indexes.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { claimName } from './claims.ts';
import { ordinalOf, parentOf, podNameOf, replicasOf, startOf } from './identity.ts';
import { Roster } from './roster.ts';

interface Entry {
  /** What the roster was taken for: another set or spec needs another one. */
  readonly uid: string;
  readonly spec: StatefulSet['spec'];
  readonly roster: Roster;
  /** Pods that the set controls and no longer selects, by name. */
  readonly unselected: Map<string, Pod>;
  /** Names of pods. */
  readonly marked: Set<string>;
}

export interface Roll {
  /** Live: it changes with the next look. */
  readonly roster: Roster;
  readonly unselected: readonly Pod[];
}

export class Rosters {
  readonly #entries = new Map<string, Entry>();

  /** In the rosters of the sets that control it before or after. */
  markPod({ before, after }: Commit): void {
    const { name } = (after ?? before)!.metadata;
    for (const key of ownersOf('StatefulSet', before, after)) this.#entries.get(key)?.marked.add(name);
  }

  /** Marks the pods that the claim might be for: 'data-my-db-0' is that of pod my-db-0, of db-0 or of none. */
  markClaim({ before, after }: Commit): void {
    const { namespace, name } = (after ?? before)!.metadata;
    for (let dash = name.indexOf('-'); dash >= 0; dash = name.indexOf('-', dash + 1)) {
      const podName = name.slice(dash + 1);
      const entry = this.#entries.get(objectKey(namespace, parentOf(podName)));
      if (entry?.spec.volumeClaimTemplates?.some((template) => claimName(template, podName) === name)) entry.marked.add(podName);
    }
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  of(key: string, set: StatefulSet, reader: Reader, nowMs: number): Roll {
    const { spec, metadata } = set;
    let entry = this.#entries.get(key);
    if (entry?.spec !== spec || entry.uid !== metadata.uid) {
      entry = { uid: metadata.uid, spec, roster: new Roster(), unselected: new Map(), marked: new Set(allNames(set, reader)) };
      this.#entries.set(key, entry);
    }
    const { roster, marked } = entry;
    for (const ordinal of roster.due(nowMs)) marked.add(roster.nameAt(ordinal));
    for (const name of marked) lookAt(name, entry, set, reader, nowMs);
    marked.clear();
    return { roster, unselected: entry.unselected.size > 0 ? [...entry.unselected.values()] : none };
  }

  copy(): Rosters {
    const copy = new Rosters();
    for (const [key, entry] of this.#entries) {
      copy.#entries.set(key, { ...entry, roster: entry.roster.copy(), unselected: new Map(entry.unselected), marked: new Set(entry.marked) });
    }
    return copy;
  }
}

const none: readonly Pod[] = [];

/** Every place that is wanted, and the pods that are there. */
function* allNames(set: StatefulSet, reader: Reader): Iterable<string> {
  const start = startOf(set);
  for (let ordinal = start; ordinal < start + replicasOf(set); ordinal++) yield podNameOf(set, ordinal);
  for (const { metadata } of reader.indexed(podsByOwner, set.metadata.uid).objects.values()) yield metadata.name;
}

/** A pod belongs to a set by its owner, its labels and its name. */
function lookAt(name: string, { roster, unselected }: Entry, set: StatefulSet, reader: Reader, nowMs: number): void {
  const { namespace, uid } = set.metadata;
  const found = reader.get<Pod>('pods', namespace, name);
  const mine = found && controllerOf(found)?.uid === uid ? found : undefined;
  const isSelected = mine !== undefined && parentOf(name) === set.metadata.name && selects(set.spec.selector, mine.metadata.labels);
  if (mine && !isSelected) unselected.set(name, mine);
  else unselected.delete(name);
  const ordinal = ordinalOf(name);
  if (ordinal < 0 || podNameOf(set, ordinal) !== name) return;
  const claimNamed = (claim: string) => reader.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, claim);
  roster.see(ordinal, isSelected ? mine : undefined, { set, claimNamed }, nowMs);
}
