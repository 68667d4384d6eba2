// Everything in the cluster that acts by itself: controllers, the scheduler, kubelets, garbage collection.
//
// Contract: `onCommit` only asks to be woken (it must not write); `wake` reads the state as it is now, acts, and may
// ask to be woken again. What a component remembers between wakes is plain data, so that a fork can copy it.
import type { Agenda } from '../clock/agenda.ts';
import type { Catalog } from '../../schema/custom/catalog.ts';
import type { Random } from '../clock/random.ts';
import type { Commit } from '../store/commit.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Stands for the collections of all custom kinds in what a component watches. */
export const customCollections = '*';

export interface Component {
  /** Unique; also the source of its events and the `by` of its commits: 'replicaset-controller'. */
  readonly name: string;
  /** Collections whose commits it wants to see: 'pods', 'replicasets.apps'; `customCollections` for those of all custom kinds. */
  readonly watches: readonly string[];
  onCommit(commit: Commit): void;
  wake(key: string, because: number): void;
  /**
   * A copy of what it remembers, as plain data; undefined when it remembers nothing. An instance of a class may be a field of it where
   * it follows from the store: a fork takes it along, and `restore` after a saved state does without (saved-state.ts).
   */
  snapshot?(): unknown;
  restore?(memory: unknown): void;
}

/** What a component is given when the cluster is built. */
export interface Surroundings {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly reader: Reader;
  /** The kinds of the cluster, custom ones included. */
  readonly catalog: Catalog;
  /** What the tokens of service accounts are signed with. */
  readonly tokenKey: Uint8Array;
  /** With which code a container's main program has ended by itself, when somebody took part in it; undefined: it has not. */
  exitOf(containerId: string): number | undefined;
  /** A writer that acts for the named component. */
  writer(by: string): Writer;
}

export type ComponentFactory = (surroundings: Surroundings) => Component;
