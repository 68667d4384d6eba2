// Incremental indexes over one collection: which objects share a key, and sums over them.
// Invariant: an index always equals what a rebuild from the collection would give (test/cluster/store checks it with random writes).
import type { KubeObject } from '../../kube/object.ts';

export interface IndexDefinition<Count extends string = never> {
  readonly name: string;
  /** 'pods', 'replicasets.apps' */
  readonly resource: string;
  /** The keys under which an object is found: an owner's uid, a node's name, `label=value`. */
  keysOf(object: KubeObject): readonly string[];
  /** What an object adds to the sums of its key. `{ ready: 1, active: 1 }` */
  countsOf?(object: KubeObject): Readonly<Record<Count, number>>;
}

export interface Bucket<Count extends string = never> {
  readonly objects: ReadonlyMap<string, KubeObject>;
  readonly counts: Readonly<Partial<Record<Count, number>>>;
}

interface MutableBucket {
  readonly objects: Map<string, KubeObject>;
  readonly counts: Record<string, number>;
}

const empty: Bucket<never> = { objects: new Map(), counts: {} };

export class IndexOf {
  readonly #buckets = new Map<string, MutableBucket>();
  readonly definition: IndexDefinition<string>;

  constructor(definition: IndexDefinition<string>) {
    this.definition = definition;
  }

  bucket(key: string): Bucket<string> {
    return this.#buckets.get(key) ?? empty;
  }

  /** Takes the change of one object into account. */
  update(objectKey: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
    if (before) for (const key of this.definition.keysOf(before)) this.#remove(key, objectKey, before, after);
    if (after) for (const key of this.definition.keysOf(after)) this.#add(key, objectKey, after);
  }

  copy(): IndexOf {
    const copy = new IndexOf(this.definition);
    for (const [key, { objects, counts }] of this.#buckets) copy.#buckets.set(key, { objects: new Map(objects), counts: { ...counts } });
    return copy;
  }

  #add(key: string, objectKey: string, object: KubeObject): void {
    let bucket = this.#buckets.get(key);
    if (!bucket) this.#buckets.set(key, (bucket = { objects: new Map(), counts: {} }));
    bucket.objects.set(objectKey, object);
    this.#count(bucket, object, 1);
  }

  // An object that stays under its key keeps its place in the map: set() on an existing key does not move it.
  #remove(key: string, objectKey: string, object: KubeObject, after: KubeObject | undefined): void {
    const bucket = this.#buckets.get(key)!;
    this.#count(bucket, object, -1);
    if (after && this.definition.keysOf(after).includes(key)) return;
    bucket.objects.delete(objectKey);
    if (bucket.objects.size === 0) this.#buckets.delete(key);
  }

  #count(bucket: MutableBucket, object: KubeObject, sign: 1 | -1): void {
    const counts = this.definition.countsOf?.(object);
    for (const name in counts) bucket.counts[name] = (bucket.counts[name] ?? 0) + sign * counts[name]!;
  }
}
