// Invariants of a running cluster, kept apart from the tests: a checker only watches commits and knows nothing about who plays.
import type { Commit } from '../../../server/src/cluster/store/commit.ts';
import type { Store } from '../../../server/src/cluster/store/store.ts';

export interface Checker {
  readonly name: string;
  /** What is wrong now, in words; undefined when nothing is. */
  onCommit?(commit: Commit, store: Store): string | undefined;
  /** What is wrong when nothing has moved for a while. */
  atRest?(store: Store): readonly string[];
}

/** The field manager of the simulation's own requests: what it does is done from outside. */
export const outside = 'simulation';
