// Ordinals in their order: the lowest and the highest at hand, and each found by halving.
// A change moves what comes after it, which is one copy of memory: at 10,000 ordinals a few microseconds, at the ends nothing.
export class OrdinalSet {
  readonly #sorted: number[];

  constructor(sorted: readonly number[] = []) {
    this.#sorted = [...sorted];
  }

  get size(): number {
    return this.#sorted.length;
  }

  get lowest(): number | undefined {
    return this.#sorted[0];
  }

  get highest(): number | undefined {
    return this.#sorted.at(-1);
  }

  has(ordinal: number): boolean {
    return this.#sorted[this.#placeOf(ordinal)] === ordinal;
  }

  /** Makes it a member, or none. */
  keep(ordinal: number, isMember: boolean): void {
    const place = this.#placeOf(ordinal);
    if ((this.#sorted[place] === ordinal) === isMember) return;
    if (!isMember && place === 0) this.#sorted.shift();
    else if (!isMember) this.#sorted.splice(place, 1);
    else if (place === this.#sorted.length) this.#sorted.push(ordinal);
    else this.#sorted.splice(place, 0, ordinal);
  }

  /** From the lowest up, as far as `limit`, which is among them. */
  upTo(limit: number): readonly number[] {
    const place = this.#placeOf(limit);
    return this.#sorted.slice(0, this.#sorted[place] === limit ? place + 1 : place);
  }

  descending(): readonly number[] {
    return this.#sorted.toReversed();
  }

  copy(): OrdinalSet {
    return new OrdinalSet(this.#sorted);
  }

  /** How many are lower. */
  #placeOf(ordinal: number): number {
    let [from, to] = [0, this.#sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#sorted[middle]! < ordinal) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
