/**
 * A map that remembers what was used recently: the last `size` keys for sure, and never more than twice as many.
 * It holds two generations. What is used moves to the young one; when that is full, the old one is forgotten.
 * That is cheaper than an exact order of use, which would move an entry at every look.
 *
 * Values change in place. A copy shares them until they are used: then each side makes its own.
 */
export class RecentlyUsed<V> {
  readonly #size: number;
  readonly #copyValue: (value: V) => V;
  #young = new Map<string, V>();
  /** Does not change while a copy shares it. */
  #old: ReadonlyMap<string, V> = new Map<string, V>();
  #isOldShared = false;

  /** `shared`: what another one remembers, which does not change. */
  constructor(size: number, copyValue: (value: V) => V, shared?: ReadonlyMap<string, V>) {
    this.#size = size;
    this.#copyValue = copyValue;
    this.#old = shared ?? this.#old;
    this.#isOldShared = shared !== undefined;
  }

  getOrAdd(key: string, make: () => V): V {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#aged(key) ?? make();
    this.#young.set(key, value);
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#isOldShared = false;
      this.#young = new Map();
    }
    return value;
  }

  /** What is remembered under a key, without counting as a use. Not to be changed. */
  peek(key: string): V | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  #aged(key: string): V | undefined {
    const value = this.#old.get(key);
    return value !== undefined && this.#isOldShared ? this.#copyValue(value) : value;
  }

  forget(key: string): void {
    this.#young.delete(key);
    if (!this.#isOldShared) (this.#old as Map<string, V>).delete(key);
  }

  /** All that is remembered; from now on its values are copied before they are used. */
  share(): ReadonlyMap<string, V> {
    if (this.#young.size > 0) {
      const all = new Map(this.#young);
      for (const [key, value] of this.#old) if (!all.has(key)) all.set(key, value);
      this.#old = all;
      this.#young = new Map();
    }
    this.#isOldShared = true;
    return this.#old;
  }
}
