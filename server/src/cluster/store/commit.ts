// One entry of the cluster's log. Everything that shows what happened is derived from these.
import type { KubeObject } from '../../kube/object.ts';

export interface Commit {
  /** Grows by one with every commit, over all collections. */
  readonly resourceVersion: number;
  /** Virtual milliseconds since 1970. */
  readonly at: number;
  /** 'pods', 'deployments.apps' */
  readonly resource: string;
  /** 'namespace/name', or 'name' for cluster-scoped objects. */
  readonly key: string;
  /** Absent when the object was created. */
  readonly before?: KubeObject;
  /** Absent when the object was removed. */
  readonly after?: KubeObject;
  readonly cause: Cause;
}

/** Who made a commit and why. */
export interface Cause {
  /** 'deployment-controller', 'default-scheduler', 'kubelet', or the field manager of a request: 'kubectl-client-side-apply'. */
  readonly by: string;
  /** resourceVersion of the commit that made the component look; 0 when it was a request or only time passed. */
  readonly because: number;
  readonly reason?: Reason;
}

/** A decision in a form that can be said in any language: `{ code: 'scale-down-old', args: { from: 3, to: 2, available: 4, atLeast: 3 } }`. */
export interface Reason {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
}
