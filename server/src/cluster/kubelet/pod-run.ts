// What a node's container runtime knows of a pod: which containers run, since when, and what happens to them next.
// Plain values that are replaced, never changed. Times are virtual milliseconds since 1970.

export interface Exit {
  readonly code: number;
  /** 'Completed', 'Error', 'OOMKilled' */
  readonly reason: string;
  readonly startedAt: number;
  readonly finishedAt: number;
}

/**
 * Why a container does not run yet. new: nothing was done. starting: being pulled and created. pull-failed, pull-back-off: its image
 * cannot be pulled. bad-image: it has no valid name. crash-back-off: it ended, and waits to be started again.
 */
export type Stage = 'new' | 'starting' | 'pull-failed' | 'pull-back-off' | 'bad-image' | 'crash-back-off';

/** What will happen to a running container, if nobody interferes. */
export interface Ahead {
  /** When its startup probe succeeds. */
  readonly startedUpAt?: number;
  readonly readyAt?: number;
  readonly end?: { readonly at: number; readonly code: number; readonly reason: string };
  /** A probe fails so often that the container is killed. */
  readonly kill?: { readonly at: number; readonly probe: Probed };
  /** The first time that a probe fails. */
  readonly unhealthy?: { readonly at: number; readonly probe: Probed };
}

export type Probed = 'Readiness' | 'Liveness' | 'Startup';

export interface ContainerRun {
  readonly state: 'waiting' | 'running' | 'exited';
  /** Waiting: why. */
  readonly stage: Stage;
  /** Waiting: when it is tried again. */
  readonly dueAt?: number;
  /** Running or exited: the image that it was started with. */
  readonly image?: string;
  readonly startedAt?: number;
  /** Running: its startup probe has succeeded, or it has none. */
  readonly started: boolean;
  readonly ready: boolean;
  readonly ahead?: Ahead;
  readonly exit?: Exit;
  /** How the container that ran before this one ended. */
  readonly last?: Exit;
  readonly restarts: number;
  /** How often it ended since it last ran well: the back-off doubles with each. */
  readonly ends: number;
  readonly failedPulls: number;
}

export const newContainer: ContainerRun = { state: 'waiting', stage: 'new', started: false, ready: false, restarts: 0, ends: 0, failedPulls: 0 };

export interface PodRun {
  /** A pod that comes again under the same name is another one. */
  readonly uid: string;
  readonly node: string;
  readonly acceptedAt: number;
  /** Set when its sandbox, and with it its network, is there. */
  readonly ip?: string;
  readonly init: readonly ContainerRun[];
  readonly containers: readonly ContainerRun[];
  /** Being deleted: its containers would stop at `stopsAt`, and are killed at `killAt` if that comes first. */
  readonly stopping?: { readonly stopsAt: number; readonly killAt: number };
  /** It will never run anything again. */
  readonly ended: boolean;
  /** Why it failed, where its containers do not tell. */
  readonly failed?: { readonly reason: string; readonly message: string };
  /** Its last status is posted and its object may go. */
  readonly gone: boolean;
}
