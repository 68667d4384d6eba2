// The language server's own methods, beside those of LSP. Client and server both import this file and nothing else of each other.
import type { ClusterView, ClusterViewDelta } from './cluster-view.ts';
import type { RolloutView } from './rollout-view.ts';

/** Requests from the client: method → parameters and result. */
export interface Requests {
  'drydock/clusterView': { params: null; result: ClusterView };
  /** Answers with the view as it is and sends `drydock/rolloutChanged` from then on; one Deployment at a time, null for none. */
  'drydock/followRollout': { params: { key: string | null }; result: RolloutView | null };
  'drydock/act': { params: Act; result: ActResult };
  'drydock/time': { params: TimeCommand; result: null };
  /** The object behind a row as YAML, without managedFields; null when it is gone. */
  'drydock/manifest': { params: { id: string }; result: string | null };
  /** Runs the built-in kubectl on the cluster: arguments without 'kubectl' in front. */
  'drydock/kubectl': { params: { args: readonly string[]; stdin?: string }; result: { stdout: string; stderr: string; code: number } };
  /** Opens the Kubernetes API of the cluster on loopback, once; the answer is the text of a kubeconfig that lets clients in. */
  'drydock/serve': { params: null; result: { kubeconfig: string } };
  /** Where the objects of an open file are: for each document that has a name, its row id and the line (from 0) of its `kind`. */
  'drydock/documents': { params: { uri: string }; result: readonly { id: string; line: number }[] };
  /** Applies a file's text now, as saving it does. */
  'drydock/apply': { params: { uri: string }; result: ActResult };
}

/** Notifications from the server. */
export interface Notifications {
  'drydock/clusterChanged': ClusterViewDelta;
  'drydock/rolloutChanged': RolloutView;
  /** After a save: what became of each document. */
  'drydock/applied': { uri: string; applied: number; unchanged: number; pruned: number; refused: number };
}

export type Act =
  | { readonly do: 'scale'; readonly id: string; readonly replicas: number }
  | { readonly do: 'restart' | 'pause' | 'resume' | 'delete'; readonly id: string }
  /** revision 0: the one before the current. */
  | { readonly do: 'undo'; readonly id: string; readonly revision: number };

/** `message` is what kubectl prints: "deployment.apps/web scaled", or the server's error. */
export interface ActResult {
  readonly ok: boolean;
  readonly message: string;
}

export type TimeCommand =
  | { readonly do: 'pause' | 'resume' | 'step' }
  /** Until nothing has changed for 3 s of virtual time. */
  | { readonly do: 'settle' }
  | { readonly do: 'speed'; readonly speed: number | 'max' };
