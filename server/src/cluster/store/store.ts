// All objects of the cluster, and the log of every change.
//
// Invariants: an object in here is never changed, only replaced; every replacement is one commit with its cause;
// indexes and watchers see commits in order. Absent on purpose: rules. What may be written is the registry's business.
import { objectKey } from '../../kube/resource.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Cause, Commit } from './commit.ts';
import { CommitLog } from './commit-log.ts';
import { deepFreeze } from './deep-freeze.ts';
import { IndexOf, type Bucket, type Buckets, type IndexDefinition } from './index-of.ts';
import { storedForm } from './stored-form.ts';

export interface StoreOptions {
  /** Deep-freezes what is stored: development and tests. */
  readonly freeze?: boolean;
  /** How many commits the log keeps. */
  readonly logLimit?: number;
}

/** A change before it has a version. `after` absent: removal. */
export interface Change {
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly after: KubeObject | undefined;
  readonly cause: Cause;
}

/** An object that was there before the first commit. */
export interface Loaded {
  readonly resource: string;
  /** Complete; never changed from here on. */
  readonly object: KubeObject;
}

/** All that a store holds, as data. The store that begins with it takes its maps over. */
export interface StoreState {
  readonly freeze: boolean;
  readonly logLimit: number;
  readonly resourceVersion: number;
  readonly loadedVersion: number;
  readonly collections: ReadonlyMap<string, Map<string, KubeObject>>;
  /** By name. */
  readonly indexes: ReadonlyMap<string, Buckets>;
  /** Oldest first. */
  readonly commits: readonly Commit[];
}

export type CommitListener = (commit: Commit) => void;

export class Store {
  readonly log: CommitLog;
  #resourceVersion = 0;
  #loadedVersion = 0;
  readonly #collections = new Map<string, Map<string, KubeObject>>();
  readonly #indexes = new Map<string, IndexOf>();
  readonly #indexesOf = new Map<string, IndexOf[]>();
  readonly #listeners = new Set<CommitListener>();
  readonly #freeze: boolean;
  readonly #now: () => number;

  constructor(now: () => number, options: StoreOptions & { readonly commits?: readonly Commit[] } = {}) {
    this.#now = now;
    this.#freeze = options.freeze ?? false;
    this.log = new CommitLog(options.logLimit, options.commits);
  }

  /** A store in the state of another one, with these indexes. They share the objects, which never change. */
  static from(now: () => number, state: StoreState, indexes: Iterable<IndexDefinition<string, string>>): Store {
    const { resourceVersion, loadedVersion, collections, ...options } = state;
    const store = new Store(now, options);
    store.#resourceVersion = resourceVersion;
    store.#loadedVersion = loadedVersion;
    for (const [resource, objects] of collections) store.#collections.set(resource, objects);
    for (const definition of indexes) store.addIndex(definition, state.indexes.get(definition.name));
    return store;
  }

  snapshot(): StoreState {
    return {
      freeze: this.#freeze,
      logLimit: this.log.limit,
      resourceVersion: this.#resourceVersion,
      loadedVersion: this.#loadedVersion,
      collections: new Map(Array.from(this.#collections, ([resource, objects]) => [resource, new Map(objects)])),
      indexes: new Map(Array.from(this.#indexes, ([name, index]) => [name, index.snapshot()])),
      commits: this.log.after(0),
    };
  }

  /** The version of the newest commit. */
  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  /** What the next commit will write into its object: who builds an object for it puts this in, and saves a copy. */
  get nextResourceVersion(): string {
    return String(this.#resourceVersion + 1);
  }

  /** The caller names the type that the collection holds: `get<Pod>('pods', 'default', 'web')`. */
  get<T extends KubeObject = KubeObject>(resource: string, namespace: string | undefined, name: string): T | undefined {
    return this.#collections.get(resource)?.get(objectKey(namespace, name)) as T | undefined;
  }

  /** The objects of a collection by key, in no promised order. */
  collection(resource: string): ReadonlyMap<string, KubeObject> {
    return this.#collections.get(resource) ?? nothing;
  }

  /** `buckets`: what the index holds; counted anew unless given. */
  addIndex<Count extends string, Tally extends string>(definition: IndexDefinition<Count, Tally>, buckets?: Buckets): void {
    const index = new IndexOf(definition as IndexDefinition<string, string>, buckets);
    if (!buckets) for (const [key, object] of this.collection(definition.resource)) index.update(key, undefined, object);
    this.#indexes.set(definition.name, index);
    this.#indexesOf.set(definition.resource, [...(this.#indexesOf.get(definition.resource) ?? []), index]);
  }

  /** What an index holds under a key; an empty bucket when nothing. The index must have been added. */
  indexed<Count extends string, Tally extends string>(index: IndexDefinition<Count, Tally>, key: string): Bucket<Count, Tally> {
    return this.#indexes.get(index.name)!.bucket(key) as Bucket<Count, Tally>;
  }

  /** The indexes that were added. */
  indexes(): Iterable<IndexOf> {
    return this.#indexes.values();
  }

  /** Writes, gives the object its resourceVersion, and tells everyone. Returns the object as stored (undefined when removed). */
  commit(change: Change): KubeObject | undefined {
    const { resource, namespace, name, cause } = change;
    const key = objectKey(namespace, name);
    const resourceVersion = ++this.#resourceVersion;
    let collection = this.#collections.get(resource);
    if (!collection) this.#collections.set(resource, (collection = new Map()));
    const before = collection.get(key);
    const after = change.after && storedForm(change.after, resourceVersion);
    if (after) collection.set(key, this.#freeze ? deepFreeze(after) : after);
    else collection.delete(key);
    for (const index of this.#indexesOf.get(resource) ?? none) index.update(key, before, after);
    const commit = commitOf(resourceVersion, this.#now(), resource, key, before, after, cause);
    this.log.append(commit);
    for (const listener of this.#listeners) listener(commit);
    return after;
  }

  /** Takes over what was there before the first commit; the log has nothing of it. Their versions are 1, 2, 3, … */
  load(objects: readonly Loaded[]): void {
    for (const { resource, object } of objects) {
      const { namespace, name } = object.metadata;
      const key = objectKey(namespace, name);
      let collection = this.#collections.get(resource);
      if (!collection) this.#collections.set(resource, (collection = new Map()));
      collection.set(key, object);
      for (const index of this.#indexesOf.get(resource) ?? none) index.update(key, undefined, object);
    }
    this.#resourceVersion += objects.length;
    this.#loadedVersion = this.#resourceVersion;
  }

  /** Objects up to this version were loaded, and nobody has changed them. */
  get loadedVersion(): number {
    return this.#loadedVersion;
  }

  /** Calls `listener` after every commit until the returned function is called. A listener must not write. */
  onCommit(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const nothing: ReadonlyMap<string, KubeObject> = new Map();
const none: readonly IndexOf[] = [];

/** One literal for each sort of commit: the cheapest form, and there are millions. */
function commitOf(
  resourceVersion: number,
  at: number,
  resource: string,
  key: string,
  before: KubeObject | undefined,
  after: KubeObject | undefined,
  cause: Cause,
): Commit {
  if (!before) return after ? { resourceVersion, at, resource, key, after, cause } : { resourceVersion, at, resource, key, cause };
  return after ? { resourceVersion, at, resource, key, before, after, cause } : { resourceVersion, at, resource, key, before, cause };
}
