// Events of the events.k8s.io API, which the scheduler uses: a repeated event becomes a series that is written when it begins, every
// half hour while it goes on, and once more when it has been quiet for six minutes (k8s.io/client-go/tools/events).

/** How often finished series are looked for. */
export const tickMs = 360_000;
const finishMs = 360_000;
const refreshMs = 1_800_000;

/** An event and how often it happened. */
export interface Series {
  /** The component that says it. */
  readonly by: string;
  readonly namespace: string;
  readonly name: string;
  readonly count: number;
  /** When last, in virtual ms. */
  readonly lastAt: number;
}

export interface SeriesMemory {
  readonly known: ReadonlyMap<string, Series>;
  readonly refreshedAt: number;
}

export class EventSeries {
  readonly #known: Map<string, Series>;
  #refreshedAt: number;

  constructor({ known, refreshedAt }: SeriesMemory) {
    this.#known = new Map(known);
    this.#refreshedAt = refreshedAt;
  }

  snapshot(): SeriesMemory {
    return { known: new Map(this.#known), refreshedAt: this.#refreshedAt };
  }

  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  /** Counts an event that was there before: 'counted' silently, or with what has to be written now. undefined: it is a new one. */
  repeat(key: string, now: number): 'counted' | Series | undefined {
    const known = this.#known.get(key);
    if (!known) return undefined;
    const next = { ...known, count: known.count + 1, lastAt: now };
    this.#known.set(key, next);
    return next.count === 2 ? next : 'counted';
  }

  begin(key: string, event: Pick<Series, 'by' | 'namespace' | 'name'>, now: number): void {
    this.#known.set(key, { ...event, count: 1, lastAt: now });
  }

  /** Forgets what is over. Gives back the series to write. */
  tick(now: number): readonly Series[] {
    const refreshes = now - this.#refreshedAt >= refreshMs;
    if (refreshes) this.#refreshedAt = now;
    const updates: Series[] = [];
    for (const [key, known] of this.#known) {
      const isOver = known.lastAt < now - finishMs;
      if (isOver) this.#known.delete(key);
      if (known.count > 1 && (isOver || refreshes)) updates.push(known);
    }
    return updates;
  }
}
