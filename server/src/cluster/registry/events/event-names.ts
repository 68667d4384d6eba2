// Names of events: `web-5d9c.187f3a…`, the object's name and the time in nanoseconds in hex.
// Invariant: names of one object grow, also within one virtual millisecond, so that sorting by name is sorting by age.

export class EventNames {
  #last = 0n;

  constructor(source?: EventNames) {
    if (source) this.#last = source.#last;
  }

  /** `nowMs`: virtual time. */
  next(objectName: string, nowMs: number): string {
    const now = BigInt(nowMs) * 1_000_000n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return `${objectName}.${this.#last.toString(16)}`;
  }
}
