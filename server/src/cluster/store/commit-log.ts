// The newest commits, in order. Invariant: versions are consecutive, so a position is found by subtraction.
import type { Commit } from './commit.ts';

/** About an hour of a busy cluster of 10,000 pods; older commits are forgotten and watches from before them are "too old". */
const defaultLimit = 200_000;

export class CommitLog {
  readonly limit: number;
  #commits: Commit[];

  constructor(limit = defaultLimit, commits: readonly Commit[] = []) {
    this.limit = limit;
    this.#commits = commits.slice();
  }

  append(commit: Commit): void {
    this.#commits.push(commit);
    // Drops a quarter at a time, so that the cost of moving is paid once in a while and not at every commit.
    if (this.#commits.length > this.limit * 1.25) this.#commits = this.#commits.slice(-this.limit);
  }

  /** The oldest version still here; 0 when the log is empty. */
  get oldest(): number {
    return this.#commits[0]?.resourceVersion ?? 0;
  }

  /** The commit with this version, unless forgotten. */
  at(resourceVersion: number): Commit | undefined {
    return this.#commits[resourceVersion - this.oldest];
  }

  /** The commits after `resourceVersion`, oldest first. */
  after(resourceVersion: number): readonly Commit[] {
    return this.#commits.slice(Math.max(0, resourceVersion + 1 - this.oldest));
  }
}
