// What the language server and the cluster's worker thread say to each other.
import type { KubeObject } from '../kube/object.ts';
import type { ObjectOutcome } from '../cluster/apply.ts';
import type { ClusterView, ClusterViewDelta, Row } from '../protocol/cluster-view.ts';
import type { Act, ActResult, TimeCommand } from '../protocol/methods.ts';
import type { RolloutView } from '../protocol/rollout-view.ts';

/** The cluster as the settings describe it. */
export interface ClusterSettings {
  readonly nodes: number;
  readonly speed: number | 'max';
  /** Pods in the cluster at once; more replicas than this are refused. */
  readonly podLimit: number;
}

/** A file as it goes to the cluster. */
export interface ApplyFile {
  readonly uri: string;
  /** The objects that can be applied, as kubectl would send them. */
  readonly objects: readonly KubeObject[];
  /** Objects that stand in the file and cannot be applied as they are: what they were before stays. Row ids. */
  readonly kept: readonly string[];
  /** False when a part of the file cannot be read: then nothing is removed, because nobody knows what stood there. */
  readonly complete: boolean;
}

export interface ApplyOutcome {
  /** One for each object, in the same order. */
  readonly objects: readonly ObjectOutcome[];
  /** 'deployment.apps/web' of what was removed from the file and so from the cluster. */
  readonly pruned: readonly string[];
}

/** method → parameters and result. */
export interface WorkerRequests {
  configure: { params: ClusterSettings; result: null };
  apply: { params: ApplyFile; result: ApplyOutcome };
  clusterView: { params: null; result: ClusterView };
  followRollout: { params: { key: string | null }; result: RolloutView | null };
  act: { params: Act; result: ActResult };
  time: { params: TimeCommand; result: null };
  manifest: { params: { id: string }; result: string | null };
  kubectl: { params: { args: readonly string[]; stdin?: string }; result: { stdout: string; stderr: string; code: number } };
  /** One row of the sidebar, for hovers; null when there is none. */
  row: { params: { id: string }; result: Row | null };
  /** Opens the Kubernetes API on loopback, once; the kubeconfig lets clients in. */
  serve: { params: null; result: { kubeconfig: string } };
}

export interface WorkerNotifications {
  clusterChanged: ClusterViewDelta;
  rolloutChanged: RolloutView;
}

export type WorkerMethod = keyof WorkerRequests;

export interface RequestMessage {
  readonly id: number;
  readonly method: WorkerMethod;
  readonly params: unknown;
}

export type FromWorker =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly notify: keyof WorkerNotifications; readonly params: unknown };
