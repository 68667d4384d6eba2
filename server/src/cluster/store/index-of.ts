// Incremental indexes over one collection: which objects share a key, sums over them, and how many there are of each sort.
// Invariant: an index always equals what a rebuild from the collection would give (test/cluster/store checks it with random writes).
import type { KubeObject } from '../../kube/object.ts';

export interface IndexDefinition<Count extends string = never, Tally extends string = never> {
  readonly name: string;
  /** 'pods', 'replicasets.apps' */
  readonly resource: string;
  /** The keys under which an object is found: an owner's uid, a node's name, `label=value`. */
  keysOf(object: KubeObject): readonly string[];
  /** What an object adds to the sums of its key. `{ ready: 1, active: 1 }`. Best one of a few constants: the same one twice is no work. */
  countsOf?(object: KubeObject): Readonly<Record<Count, number>>;
  /** Under which value each tally of its key counts an object; undefined: under none. `{ node: (pod) => pod.spec.nodeName }` */
  readonly tallies?: Readonly<Record<Tally, (object: KubeObject) => string | undefined>>;
}

export interface Bucket<Count extends string = never, Tally extends string = never> {
  /** By object key. Live: it changes with the next commit. */
  readonly objects: ReadonlyMap<string, KubeObject>;
  /** Absent: zero. */
  readonly counts: Readonly<Partial<Record<Count, number>>>;
  /** How many objects have each value: `tallies.node.get('node-1')`. Live, like `objects`. */
  readonly tallies: Readonly<Partial<Record<Tally, ReadonlyMap<string, number>>>>;
}

/** What an index holds by key, with the objects of each key in the order in which they came under it. */
export type Buckets = Map<string, MutableBucket>;

interface MutableBucket {
  readonly objects: Map<string, KubeObject>;
  readonly counts: Record<string, number>;
  readonly tallies: Record<string, Map<string, number>>;
}

const empty: Bucket<never, never> = { objects: new Map(), counts: {}, tallies: {} };

export class IndexOf {
  readonly #buckets: Map<string, MutableBucket>;
  readonly definition: IndexDefinition<string, string>;

  /** `buckets`: what it holds; they become its own. */
  constructor(definition: IndexDefinition<string, string>, buckets: Buckets = new Map()) {
    this.definition = definition;
    this.#buckets = buckets;
  }

  bucket(key: string): Bucket<string, string> {
    return this.#buckets.get(key) ?? empty;
  }

  /** Everything that is found in it, for comparing it with a rebuild. */
  buckets(): ReadonlyMap<string, Bucket<string, string>> {
    return this.#buckets;
  }

  /** Takes the change of one object into account. */
  update(objectKey: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
    const keysBefore = before ? this.definition.keysOf(before) : none;
    const keysAfter = after ? this.definition.keysOf(after) : none;
    for (const key of keysBefore) if (!keysAfter.includes(key)) this.#remove(key, objectKey, before!);
    for (const key of keysAfter) this.#put(key, objectKey, keysBefore.includes(key) ? before : undefined, after!);
  }

  snapshot(): Buckets {
    return new Map(
      Array.from(this.#buckets, ([key, { objects, counts, tallies }]) => [
        key,
        {
          objects: new Map(objects),
          counts: { ...counts },
          tallies: Object.fromEntries(Object.entries(tallies).map(([name, tally]) => [name, new Map(tally)])),
        },
      ]),
    );
  }

  // An object that stays under its key keeps its place in the map: set() on an existing key does not move it.
  #put(key: string, objectKey: string, before: KubeObject | undefined, after: KubeObject): void {
    let bucket = this.#buckets.get(key);
    if (!bucket) this.#buckets.set(key, (bucket = { objects: new Map(), counts: {}, tallies: {} }));
    bucket.objects.set(objectKey, after);
    this.#count(bucket, before, after);
  }

  #remove(key: string, objectKey: string, object: KubeObject): void {
    const bucket = this.#buckets.get(key)!;
    this.#count(bucket, object, undefined);
    bucket.objects.delete(objectKey);
    if (bucket.objects.size === 0) this.#buckets.delete(key);
  }

  #count(bucket: MutableBucket, before: KubeObject | undefined, after: KubeObject | undefined): void {
    const { countsOf, tallies } = this.definition;
    if (countsOf) {
      const [less, more] = [before && countsOf(before), after && countsOf(after)];
      if (less !== more) {
        for (const name in less) bucket.counts[name] = (bucket.counts[name] ?? 0) - less[name]!;
        for (const name in more) bucket.counts[name] = (bucket.counts[name] ?? 0) + more[name]!;
      }
    }
    for (const name in tallies) {
      const [was, is] = [before && tallies[name]!(before), after && tallies[name]!(after)];
      if (was === is) continue;
      const tally = (bucket.tallies[name] ??= new Map());
      if (was !== undefined) add(tally, was, -1);
      if (is !== undefined) add(tally, is, 1);
    }
  }
}

const none: readonly string[] = [];

function add(counts: Map<string, number>, value: string, sign: 1 | -1): void {
  const count = (counts.get(value) ?? 0) + sign;
  if (count === 0) counts.delete(value);
  else counts.set(value, count);
}
