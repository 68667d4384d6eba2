/** A map that forgets what was not used for longest when it grows beyond its limit. Plain data, so that a fork can copy it. */
export class LeastRecentlyUsed<V> {
  readonly #limit: number;
  readonly #entries: Map<string, V>;

  constructor(limit: number, entries: Iterable<readonly [string, V]> = []) {
    this.#limit = limit;
    this.#entries = new Map(entries);
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /** `copyValue` for values that change in place. */
  copy(copyValue: (value: V) => V = (value) => value): LeastRecentlyUsed<V> {
    const entries: [string, V][] = [];
    for (const [key, value] of this.#entries) entries.push([key, copyValue(value)]);
    return new LeastRecentlyUsed(this.#limit, entries);
  }
}
