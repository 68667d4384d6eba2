// The rows that the server sent, indexed by their parent. Invariant: exactly the server's table at `revision`; nothing is made up here.
import type { ClusterView, ClusterViewDelta, Row, TimeState, Totals } from '../../server/src/protocol/cluster-view.ts';

/** What a delta touched: rows that are new or different, and rows (or '' for the top) whose children came or went. */
export interface MirrorChange {
  readonly rows: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

export class ClusterMirror {
  readonly #rows = new Map<string, Row>();
  readonly #children = new Map<string, Set<string>>();
  #revision = -1;
  #time: TimeState = { now: 0, elapsedMs: 0, speed: 1, paused: true };
  #timeAt = 0;
  #totals: Totals = { pods: 0, podsReady: 0, podsFailing: 0, stalled: 0 };

  get time(): TimeState {
    return this.#time;
  }

  /** Milliseconds of the wall clock at which `time` arrived. */
  get timeAt(): number {
    return this.#timeAt;
  }

  get totals(): Totals {
    return this.#totals;
  }

  get rows(): ReadonlyMap<string, Row> {
    return this.#rows;
  }

  /** Ids of the rows under `parent`. */
  childrenOf(parent: string): ReadonlySet<string> {
    return this.#children.get(parent) ?? nothing;
  }

  /** Ids of the rows that stand under no other: without a parent, or with one that is not in the table. */
  *roots(): Iterable<string> {
    for (const [parent, ids] of this.#children) if (!this.#rows.has(parent)) yield* ids;
  }

  reset(view: ClusterView, wallNow: number): void {
    this.#rows.clear();
    this.#children.clear();
    for (const row of view.rows) this.#put(row);
    this.#keepTime(view, wallNow);
    this.#revision = view.revision;
  }

  /** undefined: a delta before this one was missed, and the whole table has to be asked for. A delta that is already contained changes nothing. */
  apply(delta: ClusterViewDelta, wallNow: number): MirrorChange | undefined {
    if (delta.to <= this.#revision) return { rows: nothing, parents: nothing };
    if (delta.from !== this.#revision) return undefined;
    const rows = new Set<string>();
    const parents = new Set<string>();
    for (const id of delta.removals) {
      const row = this.#rows.get(id);
      if (row === undefined) continue;
      this.#take(row);
      parents.add(row.parent ?? '');
    }
    for (const row of delta.upserts) {
      const before = this.#rows.get(row.id);
      if (before !== undefined && before.parent !== row.parent) {
        this.#take(before);
        parents.add(before.parent ?? '');
      }
      if (before === undefined || before.parent !== row.parent) parents.add(row.parent ?? '');
      this.#put(row);
      rows.add(row.id);
    }
    this.#keepTime(delta, wallNow);
    this.#revision = delta.to;
    return { rows, parents };
  }

  #put(row: Row): void {
    this.#rows.set(row.id, row);
    const parent = row.parent ?? '';
    let siblings = this.#children.get(parent);
    if (siblings === undefined) this.#children.set(parent, (siblings = new Set()));
    siblings.add(row.id);
  }

  #take(row: Row): void {
    const parent = row.parent ?? '';
    this.#rows.delete(row.id);
    const siblings = this.#children.get(parent);
    siblings?.delete(row.id);
    if (siblings?.size === 0) this.#children.delete(parent);
  }

  #keepTime({ time, totals }: Pick<ClusterView, 'time' | 'totals'>, wallNow: number): void {
    this.#time = time;
    this.#timeAt = wallNow;
    this.#totals = totals;
  }
}
