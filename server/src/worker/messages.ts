// What the language server and the cluster's worker thread say to each other.
import type { KubeObject } from '../kube/object.ts';
import type { ClusterView, ClusterViewDelta } from '../protocol/cluster-view.ts';
import type { Act, ActResult, TimeCommand } from '../protocol/methods.ts';
import type { RolloutView } from '../protocol/rollout-view.ts';

/** The cluster as the settings describe it. */
export interface ClusterSettings {
  readonly nodes: number;
  readonly speed: number | 'max';
  /** Pods in the cluster at once; more replicas than this are refused. */
  readonly podLimit: number;
}

/** One document of a file, ready to be applied. */
export interface ApplyDocument {
  /** Position among the documents of the file, from 0. */
  readonly index: number;
  readonly object: KubeObject;
}

export interface DocumentOutcome {
  readonly index: number;
  readonly result: 'created' | 'configured' | 'unchanged' | 'refused';
  /** Of a refusal: the server's message, and the fields it names. */
  readonly message?: string;
  readonly causes?: readonly { readonly field: string; readonly message: string }[];
  readonly warnings: readonly string[];
}

export interface ApplyOutcome {
  readonly documents: readonly DocumentOutcome[];
  readonly pruned: number;
}

/** What a hover says about a live object. */
export interface LiveState {
  readonly id: string;
  readonly summary: string;
}

/** method → parameters and result. */
export interface WorkerRequests {
  configure: { params: ClusterSettings; result: null };
  apply: { params: { uri: string; documents: readonly ApplyDocument[] }; result: ApplyOutcome };
  clusterView: { params: null; result: ClusterView };
  followRollout: { params: { key: string | null }; result: RolloutView | null };
  act: { params: Act; result: ActResult };
  time: { params: TimeCommand; result: null };
  manifest: { params: { id: string }; result: string | null };
  kubectl: { params: { args: readonly string[]; stdin?: string }; result: { stdout: string; stderr: string; code: number } };
  /** The object behind a row id, for hovers; null when there is none. */
  object: { params: { id: string }; result: KubeObject | null };
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
