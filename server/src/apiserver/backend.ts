// What the front needs of the cluster behind it. A Cluster with a LiveClock fits; so does a bare Cluster in a test.
import type { Api } from '../cluster/registry/request.ts';
import type { User } from '../cluster/authentication/user.ts';
import type { Containers } from '../cluster/containers/containers.ts';
import type { KubeObject } from '../kube/object.ts';
import type { Store } from '../cluster/store/store.ts';

export interface Backend {
  readonly api: Api;
  readonly store: Store;
  readonly containers: Containers;
  /** An object with the fields of components in its metadata.managedFields. */
  readonly withComponentFields: <T extends KubeObject>(object: T) => T;
  /** Whose token it is; undefined when it is none, or does not count any more. */
  readonly userOfToken: (token: string) => User | undefined;
  /** Virtual milliseconds since 1970. */
  readonly now: () => number;
  /** Called after every request: something may have become due. */
  readonly poke: () => void;
  readonly clock: Clock;
}

/** The cluster's time in the hands of whoever drives tests. */
export interface Clock {
  /** Runs until no object has changed for `quietMs`; false when that did not happen within `limitMs` of virtual time. */
  settle(quietMs: number, limitMs: number): boolean;
  advance(ms: number): void;
  pause(): void;
  resume(): void;
  setSpeed(speed: number | 'max'): void;
  state(): { readonly now: number; readonly speed: number | 'max'; readonly paused: boolean };
}
