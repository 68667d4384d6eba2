/**
 * A map that remembers what was used recently: the last `size` keys for sure, and never more than twice as many.
 * It holds two generations. What is used moves to the young one; when that is full, the old one is forgotten.
 * That is cheaper than an exact order of use, which would move an entry at every look.
 */
export class RecentlyUsed<V> {
  readonly #size: number;
  #young = new Map<string, V>();
  #old = new Map<string, V>();

  constructor(size: number) {
    this.#size = size;
  }

  getOrAdd(key: string, make: () => V): V {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(key) ?? make();
    this.#young.set(key, value);
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    return value;
  }

  copy(copyValue: (value: V) => V): RecentlyUsed<V> {
    const copy = new RecentlyUsed<V>(this.#size);
    for (const [key, value] of this.#old) if (!this.#young.has(key)) copy.#old.set(key, copyValue(value));
    for (const [key, value] of this.#young) copy.#young.set(key, copyValue(value));
    return copy;
  }
}
