// What the rollout view draws for one Deployment: revisions, the newest rollout as lanes and counts, and every decision.
// Invariant: facts only. Times are virtual milliseconds since 1970.

export interface RolloutView {
  /** 'default/web' */
  readonly key: string;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly strategy: 'RollingUpdate' | 'Recreate';
  /** As written: 1, '25%'. Absent for Recreate. */
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
  readonly desired: number;
  /** The most pods that the ReplicaSets may want together, and the fewest that must be available. */
  readonly atMost: number;
  readonly atLeast: number;
  readonly ready: number;
  readonly state: 'complete' | 'progressing' | 'paused' | 'stalled';
  readonly stalled?: { readonly reason: string; readonly message: string };
  readonly currentRevision: number;
  /** Newest first. */
  readonly revisions: readonly RevisionView[];
  readonly timeline: Timeline;
}

export interface RevisionView {
  readonly revision: number;
  readonly replicaSet: string;
  readonly hash: string;
  readonly images: readonly string[];
  readonly changeCause?: string;
  /** When this revision last became the current one. */
  readonly since: number;
  readonly desired: number;
  readonly ready: number;
  readonly current: boolean;
  /** The pod template without pod-template-hash, for comparing two revisions. */
  readonly template: unknown;
}

/** The newest rollout: from the change of the template (or the creation) until it was complete, or until now. */
export interface Timeline {
  readonly from: number;
  /** Absent while the rollout goes on. */
  readonly to?: number;
  readonly now: number;
  /** Of the time so far, how long nothing could be done but wait for new pods to become ready. */
  readonly waitingForReadyMs: number;
  readonly fewestReady: number;
  readonly mostPods: number;
  /** In order of creation; beyond the limit of 200, spread evenly over the pods of each revision. */
  readonly lanes: readonly PodLane[];
  /** How many pods took part and are not among the lanes. */
  readonly lanesLeftOut: number;
  /** First how it was when the rollout began, then a point wherever one of the numbers changed; the first two may be at one moment. */
  readonly counts: readonly CountPoint[];
  readonly decisions: readonly Decision[];
}

export interface PodLane {
  readonly name: string;
  readonly uid: string;
  readonly revision: number;
  /** True for a pod of the revision that the rollout is about. */
  readonly isNew: boolean;
  /** Absent until it is bound. */
  readonly node?: string;
  readonly spans: readonly LaneSpan[];
}

export interface LaneSpan {
  readonly state: 'starting' | 'ready' | 'failing' | 'stopping';
  readonly from: number;
  /** Absent: still so. */
  readonly to?: number;
  /** Of a failing span: 'ImagePullBackOff', 'CrashLoopBackOff'. */
  readonly reason?: string;
}

export interface CountPoint {
  readonly at: number;
  /** What the ReplicaSets want together. */
  readonly pods: number;
  readonly ready: number;
  /** Of the ready ones, the pods of the revision that the rollout is about. */
  readonly readyNew: number;
}

export interface Decision {
  readonly at: number;
  readonly resourceVersion: number;
  readonly revision: number;
  readonly replicaSet: string;
  readonly from: number;
  readonly to: number;
  readonly reason?: { readonly code: string; readonly args: Readonly<Record<string, string | number>> };
  /** What made the controller look: 'pod-ready', 'pod-deleted', 'template-changed', 'replicas-changed', … */
  readonly trigger?: { readonly code: string; readonly args: Readonly<Record<string, string | number>> };
}
