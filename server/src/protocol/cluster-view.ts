// What the sidebar shows: a flat table of rows with parents, sent once whole and then as deltas.
// Invariant: rows carry facts, never words; whoever renders chooses the words and the language.

/** The whole table. */
export interface ClusterView {
  /** Grows by one with every delta. */
  readonly revision: number;
  readonly rows: readonly Row[];
  readonly time: TimeState;
  readonly totals: Totals;
}

/** What turns revision `from` into revision `to`. A client that is not at `from` asks for the whole. */
export interface ClusterViewDelta {
  readonly from: number;
  readonly to: number;
  /** New or changed rows, whole. */
  readonly upserts: readonly Row[];
  readonly removals: readonly string[];
  readonly time: TimeState;
  readonly totals: Totals;
}

export interface TimeState {
  /** Virtual milliseconds since 1970. */
  readonly now: number;
  /** Virtual milliseconds since the cluster was made. */
  readonly elapsedMs: number;
  /** Virtual seconds per second of wall clock; 'max' is as fast as it goes. */
  readonly speed: number | 'max';
  readonly paused: boolean;
}

export interface Totals {
  /** Without those that have done their work. */
  readonly pods: number;
  readonly podsReady: number;
  readonly podsFailing: number;
  /** Deployments whose rollout cannot go on by itself. */
  readonly stalled: number;
}

export type Row = NamespaceRow | DeploymentRow | ReplicaSetRow | WorkloadRow | PodRow | NodeRow | ObjectRow;

interface RowBase {
  /** 'apps/Deployment/default/web': group, kind, namespace, name; stable while the object lives. */
  readonly id: string;
  readonly uid: string;
  /** The row above: the controlling owner, else none. */
  readonly parent?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly createdAt: number;
  /** When deletion was asked for. */
  readonly deletingSince?: number;
}

export type Health = 'ready' | 'progressing' | 'failing' | 'stopping' | 'idle';

export interface NamespaceRow extends RowBase {
  readonly type: 'namespace';
  readonly phase: 'Active' | 'Terminating';
}

export interface DeploymentRow extends RowBase {
  readonly type: 'deployment';
  readonly health: Health;
  readonly desired: number;
  readonly ready: number;
  readonly updated: number;
  readonly paused: boolean;
  readonly revision: number;
  readonly images: readonly string[];
  /** Why the rollout does not go on: 'ProgressDeadlineExceeded', 'ImagePullBackOff', 'FailedCreate', 'Unschedulable', … */
  readonly stalled?: { readonly reason: string; readonly message: string };
}

export interface ReplicaSetRow extends RowBase {
  readonly type: 'replicaSet';
  readonly health: Health;
  readonly desired: number;
  readonly ready: number;
  /** Absent when no Deployment owns it. */
  readonly revision?: number;
  readonly current: boolean;
  readonly hash?: string;
  readonly images: readonly string[];
  readonly changeCause?: string;
}

/** A StatefulSet, DaemonSet, ReplicationController, Job or CronJob. */
export interface WorkloadRow extends RowBase {
  readonly type: 'workload';
  readonly kind: string;
  readonly health: Health;
  /** Pods: ready ones of a set, completions of a Job. Absent for a CronJob. */
  readonly wanted?: number;
  readonly there?: number;
  readonly state?: { readonly code: 'complete' | 'failed' | 'suspended'; readonly reason?: string };
  /** Of a CronJob, as written. */
  readonly schedule?: string;
  readonly images: readonly string[];
}

export interface PodRow extends RowBase {
  readonly type: 'pod';
  readonly health: Health;
  /** The STATUS column of kubectl: 'Running', 'ContainerCreating', 'CrashLoopBackOff'. */
  readonly status: string;
  readonly readyContainers: number;
  readonly containers: number;
  readonly restarts: number;
  /** Its place among the pods of its StatefulSet, which goes before its age. */
  readonly ordinal?: number;
  readonly node?: string;
  /** Since when `health` is what it is. */
  readonly since: number;
  /** In the cluster's own words, why it is not ready. */
  readonly message?: string;
}

export interface NodeRow extends RowBase {
  readonly type: 'node';
  readonly health: Health;
  readonly unschedulable: boolean;
  readonly pods: number;
  /** Share of the allocatable CPU that pods request, 0 to 1 and more. */
  readonly cpuRequested: number;
  readonly memoryRequested: number;
}

/** Any other object. */
export interface ObjectRow extends RowBase {
  readonly type: 'object';
  readonly kind: string;
}
