// Pods of one owner become ready one after another: as far apart as is declared (drydock.dev/ready-apart), and by a millisecond
// where nothing is. On real machines no two things happen at once, and controllers see pods become ready one by one, or a few at once
// where there are many: they write no more than twenty times a second. So after twenty the count begins anew: a hundred pods that start
// together become ready five at a time, and a thousand do not take a second longer.

export type Turns = ReadonlyMap<string, Turn>;

/** The last turn that was given to a pod of an owner. */
interface Turn {
  readonly at: number;
  readonly apartMs: number;
  /** How many in a row were put off by the smallest step. */
  readonly inRow: number;
}

const smallestStepMs = 1;
const longestRow = 20;
const firstCleaning = 1_000;

export class ReadyTurns {
  readonly #last: Map<string, Turn>;
  #cleanAt = firstCleaning;

  constructor(turns?: Turns) {
    this.#last = new Map(turns);
  }

  get turns(): Turns {
    return this.#last;
  }

  /** The earliest moment for the next pod of this owner. */
  next(owner: string, apartMs: number): number {
    const last = this.#last.get(owner);
    if (!last) return 0;
    if (apartMs > 0) return last.at + apartMs;
    return last.inRow < longestRow ? last.at + smallestStepMs : 0;
  }

  /** A pod of this owner becomes ready at this moment. */
  give(owner: string, apartMs: number, at: number, now: number): void {
    const last = this.#last.get(owner);
    const inRow = last && at === last.at + smallestStepMs ? last.inRow + 1 : 0;
    this.#last.set(owner, { at, apartMs, inRow });
    if (this.#last.size >= this.#cleanAt) this.#clean(now);
  }

  /** Forgets what does not hold up anybody any more. */
  #clean(now: number): void {
    for (const [owner, { at, apartMs }] of this.#last) if (at + Math.max(apartMs, smallestStepMs) < now) this.#last.delete(owner);
    this.#cleanAt = Math.max(firstCleaning, this.#last.size * 2);
  }
}
