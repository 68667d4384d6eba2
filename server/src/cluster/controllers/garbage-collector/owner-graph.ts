// Who names whom as an owner, over all collections.
// Invariant: equals what a walk over all objects would find; an object's place in it changes only with its ownerReferences.
import type { KubeObject, OwnerReference } from '../../../kube/object.ts';
import { resourceKey } from '../../../kube/resource.ts';
import { kinds } from '../../../schema/kinds.ts';
import type { Catalog } from '../../../schema/custom/catalog.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';

/** An object by its place in the store. */
export interface Place {
  readonly resource: string;
  readonly key: string;
}

/** Every collection whose objects can own or be owned. Events come and go by themselves. */
export const collected: readonly string[] = [
  ...new Set(kinds.filter(({ resource, verbs }) => verbs.includes('delete') && resource !== 'events').map(resourceKey)),
];

interface Dependents {
  readonly keysOf: Map<string, Set<string>>;
  /** How many of them have blockOwnerDeletion. */
  blocking: number;
}

export class OwnerGraph {
  /** By the owner's uid. */
  readonly #dependents = new Map<string, Dependents>();

  constructor(reader: Reader, catalog: Catalog) {
    const custom = catalog.kinds.filter((kind) => kind.custom).map(resourceKey);
    for (const resource of new Set([...collected, ...custom])) {
      for (const [key, object] of reader.collection(resource)) this.#move({ resource, key }, undefined, object);
    }
  }

  update({ resource, key, before, after }: Commit): void {
    if (ownersOf(before) !== ownersOf(after)) this.#move({ resource, key }, before, after);
  }

  *dependentsOf(uid: string): Iterable<Place> {
    for (const [resource, keys] of this.#dependents.get(uid)?.keysOf ?? none) for (const key of keys) yield { resource, key };
  }

  /** Whether something keeps this owner from going, when it is deleted in the foreground. */
  isBlocked(uid: string): boolean {
    return (this.#dependents.get(uid)?.blocking ?? 0) > 0;
  }

  #move(place: Place, before: KubeObject | undefined, after: KubeObject | undefined): void {
    for (const owner of ownersOf(before)) this.#remove(owner, place);
    for (const owner of ownersOf(after)) this.#add(owner, place);
  }

  #add({ uid, blockOwnerDeletion }: OwnerReference, { resource, key }: Place): void {
    let dependents = this.#dependents.get(uid);
    if (!dependents) this.#dependents.set(uid, (dependents = { keysOf: new Map(), blocking: 0 }));
    const keys = dependents.keysOf.get(resource);
    if (keys) keys.add(key);
    else dependents.keysOf.set(resource, new Set([key]));
    if (blockOwnerDeletion) dependents.blocking++;
  }

  #remove({ uid, blockOwnerDeletion }: OwnerReference, { resource, key }: Place): void {
    const dependents = this.#dependents.get(uid);
    const keys = dependents?.keysOf.get(resource);
    if (!dependents || !keys?.delete(key)) return;
    if (blockOwnerDeletion) dependents.blocking--;
    if (keys.size === 0) dependents.keysOf.delete(resource);
    if (dependents.keysOf.size === 0) this.#dependents.delete(uid);
  }
}

const none: ReadonlyMap<string, ReadonlySet<string>> = new Map();
const nobody: readonly OwnerReference[] = [];

export const ownersOf = (object: KubeObject | undefined): readonly OwnerReference[] => object?.metadata.ownerReferences ?? nobody;
