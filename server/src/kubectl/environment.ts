// What the built-in kubectl needs of whoever runs it. Nothing here is Node's: the same client runs in a worker and in a browser.
import type { User } from '../cluster/authentication/user.ts';
import type { Bytes } from '../cluster/containers/bytes.ts';
import type { PodPlace } from '../cluster/containers/choose-container.ts';
import type { Api } from '../cluster/registry/request.ts';
import type { KubeObject } from '../kube/object.ts';
import type { GroupResource } from '../kube/resource.ts';
import type { Forwarding, Input, PodAccess, PortPair } from './pods.ts';

/**
 * What a command yields when it can only go on later: resume it when something in the cluster may have changed, and at `until`
 * at the latest. A command looks again whenever it is resumed, so resuming too early does no harm.
 */
export interface Wait {
  /** Virtual milliseconds since 1970. */
  readonly until?: number;
}

/** One event of a watch. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** As it was after the change; a deleted object as it last was. */
  readonly object: KubeObject;
  /** The resourceVersion of the change: where to go on from. */
  readonly version: string;
}

/** The changes of a collection after a resourceVersion, oldest first: what a watch from there would have sent so far. */
export type Changes = (resource: GroupResource, after: string) => readonly Change[];

export interface KubectlEnvironment {
  readonly api: Api;
  readonly changes: Changes;
  /** Virtual milliseconds since 1970. */
  readonly now: () => number;
  /** What runs in the pods, for logs, exec, attach and cp; absent where it is out of reach. */
  readonly containers?: PodAccess;
  /** Makes ports of this machine lead to a pod. Absent where there is none. */
  readonly forward?: (place: PodPlace, ports: readonly PortPair[], addresses: readonly string[]) => Forwarding;
  /** What does not go through `api`, for somebody else: `--as`. Absent: it counts for whoever runs the client. */
  readonly as?: (user: User) => Pick<KubectlEnvironment, 'changes' | 'containers' | 'forward'>;
  readonly files: Files;
  /** The text of the kubeconfig; undefined when there is none. */
  readonly kubeconfig: { readonly read: () => string | undefined; readonly write: (text: string) => void };
  /** All of standard input. */
  readonly stdin: () => string;
  /** Standard input as it comes, where somebody may still be typing it. */
  readonly input?: () => Input;
  /** Lets somebody edit a text, for `kubectl edit`; undefined while they still do. Absent where there is no editor. */
  readonly edit?: (text: string, name: string) => { readonly text: string } | { readonly error: string } | undefined;
  /** Keeps a text that could not be saved, and says where. */
  readonly keep?: (text: string, name: string) => string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The same for bytes that are perhaps no text; absent where there is only text. */
  readonly write?: (stream: 'stdout' | 'stderr', bytes: Bytes) => void;
}

export interface Files {
  /** The text of a file, or why it cannot be read. */
  readonly read: (path: string) => { readonly text: string } | { readonly missing: true } | { readonly error: string };
  /** The bytes of a file, where it may be more than text. */
  readonly bytes?: (path: string) => Uint8Array | undefined;
  /** The names in a folder; undefined when it is none. */
  readonly list: (path: string) => readonly string[] | undefined;
  /** Writes a file with the folders around it, or makes a folder (no bytes); returns why not. Absent where nothing can be written. */
  readonly save?: (path: string, bytes: Bytes | undefined, mode: number) => string | undefined;
}
