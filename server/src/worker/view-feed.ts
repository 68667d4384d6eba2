// Numbers the changes of the sidebar's table, so that a client knows when it missed one.
import { ClusterProjection } from '../cluster/projections/cluster-projection.ts';
import type { Store } from '../cluster/store/store.ts';
import type { ClusterView, ClusterViewDelta, Row, TimeState } from '../protocol/cluster-view.ts';

/** Time is shown to the second; more often than this nobody needs to hear that it passed. */
const timeEveryMs = 1_000;
/** Rows in one delta. Whoever receives it does nothing else meanwhile, and people type there. */
const rowsAtOnce = 300;

export class ViewFeed {
  readonly #projection: ClusterProjection;
  #revision = 0;
  #told: TimeState | undefined;

  constructor(store: Store) {
    this.#projection = new ClusterProjection(store);
  }

  close(): void {
    this.#projection.close();
  }

  whole(time: TimeState): ClusterView {
    if (this.#projection.takeChanges()) this.#revision++;
    return { revision: this.#revision, rows: this.#projection.rows(), time, totals: this.#projection.totals() };
  }

  row(id: string): Row | undefined {
    return this.#projection.row(id);
  }

  /** undefined when there is nothing new to tell. */
  delta(time: TimeState): ClusterViewDelta | undefined {
    const changes = this.#projection.takeChanges(rowsAtOnce);
    if (!changes && !this.#isTimeNews(time)) return undefined;
    this.#told = time;
    const from = this.#revision++;
    return { from, to: this.#revision, upserts: changes?.upserts ?? [], removals: changes?.removals ?? [], time, totals: this.#projection.totals() };
  }

  /** The last delta was not everything. */
  get hasMore(): boolean {
    return this.#projection.hasMore;
  }

  #isTimeNews(time: TimeState): boolean {
    const told = this.#told;
    return !told || told.paused !== time.paused || told.speed !== time.speed || Math.abs(time.now - told.now) >= timeEveryMs;
  }
}
