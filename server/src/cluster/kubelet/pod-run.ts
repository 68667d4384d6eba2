// What a node's container runtime knows of a pod: which containers run, since when, and what happens to them next.
// Plain values that are replaced, never changed; all of a kind have all fields, which keeps copying them cheap.
// Times are virtual milliseconds since 1970.

export interface Exit {
  readonly code: number;
  /** 'Completed', 'Error', 'OOMKilled' */
  readonly reason: string;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly containerId: string;
}

/**
 * Why a container does not run yet. new: nothing was done. starting: being pulled and created. pull-failed, pull-back-off: its image
 * cannot be pulled. bad-image: it has no valid name. crash-back-off: it ended, and waits to be started again.
 */
type Stage = 'new' | 'starting' | 'pull-failed' | 'pull-back-off' | 'bad-image' | 'crash-back-off';

/** What will happen to a running container, if nobody interferes. */
export interface Ahead {
  /** When its startup probe succeeds. */
  readonly startedUpAt: number | undefined;
  readonly readyAt: number | undefined;
  readonly end: { readonly at: number; readonly code: number; readonly reason: string } | undefined;
  /** A probe fails so often that the container is killed. */
  readonly kill: { readonly at: number; readonly probe: Probed } | undefined;
  /** The first time that a probe fails. */
  readonly unhealthy: { readonly at: number; readonly probe: Probed } | undefined;
}

export type Probed = 'Readiness' | 'Liveness' | 'Startup';

export interface ContainerRun {
  readonly state: 'waiting' | 'running' | 'exited';
  /** Waiting: why. */
  readonly stage: Stage;
  /** Waiting: when it is tried again. */
  readonly dueAt: number | undefined;
  /** Of the container that runs, or ran last: 'containerd://…' */
  readonly id: string | undefined;
  /** The image that it was started with. */
  readonly image: string | undefined;
  readonly startedAt: number | undefined;
  /** Running: its startup probe has succeeded, or it has none. */
  readonly started: boolean;
  readonly ready: boolean;
  readonly ahead: Ahead | undefined;
  /** Exited: how. */
  readonly exit: Exit | undefined;
  /** How the container that ran before this one ended. */
  readonly last: Exit | undefined;
  readonly restarts: number;
  /** How often it ended since it last ran well: the back-off doubles with each. */
  readonly ends: number;
  readonly failedPulls: number;
}

export const newContainer: ContainerRun = {
  state: 'waiting',
  stage: 'new',
  dueAt: undefined,
  id: undefined,
  image: undefined,
  startedAt: undefined,
  started: false,
  ready: false,
  ahead: undefined,
  exit: undefined,
  last: undefined,
  restarts: 0,
  ends: 0,
  failedPulls: 0,
};

export interface PodRun {
  /** A pod that comes again under the same name is another one. */
  readonly uid: string;
  readonly node: string;
  readonly acceptedAt: number;
  /** Set when its sandbox, and with it its network, is there. */
  readonly ip: string | undefined;
  readonly init: readonly ContainerRun[];
  readonly containers: readonly ContainerRun[];
  /** Being deleted: its containers would stop at `stopsAt`, and are killed at `killAt` if that comes first. */
  readonly stopping: { readonly stopsAt: number; readonly killAt: number } | undefined;
  /** It will never run anything again. */
  readonly ended: boolean;
  /** Why it failed, where its containers do not tell. */
  readonly failed: { readonly reason: string; readonly message: string } | undefined;
  /** Its last status is posted and its object may go. */
  readonly gone: boolean;
}
