// Events live for an hour after they were last written, as the API server's --event-ttl has it.
// Invariant: the queue is in the order of time, because every write comes now and lives equally long.

const eventTtlMs = 3_600_000;

export interface Lifetime {
  readonly endsAt: number;
  readonly key: string;
  /** A later write gives the event a new lifetime; then this one says nothing any more. */
  readonly resourceVersion: number;
}

export class EventExpiry {
  #queue: Lifetime[];
  #head = 0;

  constructor(queue: readonly Lifetime[] = []) {
    this.#queue = queue.slice();
  }

  snapshot(): readonly Lifetime[] {
    return this.#queue.slice(this.#head);
  }

  /** When the next lifetime ends, in virtual ms. */
  get nextAt(): number | undefined {
    return this.#queue[this.#head]?.endsAt;
  }

  written(key: string, resourceVersion: number, now: number): void {
    this.#queue.push({ endsAt: now + eventTtlMs, key, resourceVersion });
  }

  /** The events whose time is up by now. */
  *takeDue(now: number): Iterable<Lifetime> {
    for (let next = this.#queue[this.#head]; next && next.endsAt <= now; next = this.#queue[this.#head]) {
      this.#head++;
      yield next;
    }
    if (this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }
}
