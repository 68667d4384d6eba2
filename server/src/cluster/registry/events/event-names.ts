// Names of events: `web-5d9c.187f3a…`, the object's name and the time in nanoseconds in hex.
// Invariant: names of one object grow, also within one virtual millisecond, so that sorting by name is sorting by age.

export class EventNames {
  #last: bigint;

  /** `last`: the time in the name before. */
  constructor(last = 0n) {
    this.#last = last;
  }

  get last(): bigint {
    return this.#last;
  }

  /** `nowMs`: virtual time. */
  next(objectName: string, nowMs: number): string {
    const now = BigInt(nowMs) * 1_000_000n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return `${objectName}.${this.#last.toString(16)}`;
  }
}
