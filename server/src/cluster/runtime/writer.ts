// What components write with. Every write goes through the registry's strategy of its kind (metadata, generation,
// admission, no-op detection), and carries who wrote it and why. Answers are values: the object as stored, or a Status.
import type { KubeObject, ObjectMeta, StringMap } from '../../kube/object.ts';
import type { Status } from '../../kube/status.ts';
import type { Namespace, NodeAffinity, Pod, Volume } from '../../schema/generated/types.ts';
import type { Reason } from '../store/commit.ts';

/** An object before the registry has completed its metadata. */
export type Draft<T extends KubeObject> = Omit<T, 'metadata' | 'status'> & { readonly metadata: Partial<ObjectMeta>; readonly status?: unknown };

/** What a pod has of its own, where all others of its template have theirs. */
export interface OwnParts {
  /** Beside those of the draft. */
  readonly labels?: StringMap;
  readonly hostname?: string;
  /** Before those of the draft. */
  readonly volumes?: readonly Volume[];
  /** In the place of that of the draft. */
  readonly nodeAffinity?: NodeAffinity;
}

export interface DeleteOptions {
  readonly uid?: string;
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

export interface Writer {
  create<T extends KubeObject>(resource: string, draft: Draft<T>, reason?: Reason): T | Status;
  /** Creates a pod of the draft with parts of its own. The draft's spec and labels are the same objects for all pods of the template. */
  createMember(draft: Draft<Pod>, own: OwnParts, reason?: Reason): Pod | Status;
  /** Writes everything but the status. A stale resourceVersion is a Conflict; an unchanged object is not a commit. */
  update<T extends KubeObject>(resource: string, object: T, reason?: Reason): T | Status;
  /** Writes the status subresource, and nothing else. */
  updateStatus<T extends KubeObject>(resource: string, object: T, reason?: Reason): T | Status;
  /** The object as it is after the call when it still exists (grace, finalizers), undefined when it is gone. */
  delete(resource: string, namespace: string | undefined, name: string, options?: DeleteOptions, reason?: Reason): KubeObject | undefined | Status;
  /** Binds a pod to a node (pods/binding). */
  bind(namespace: string, name: string, node: string, reason?: Reason): Status | undefined;
  /** Writes spec.finalizers of a namespace, which no other write can change (the finalize subresource). */
  finalize(namespace: Namespace): Status | undefined;
  /** Records an event about an object, with the real recorder's counting and aggregation. */
  event(about: EventTarget, event: EventDraft): void;
  /** Wakes a component later: `agenda.wakeAt` with the cause filled in. */
  wakeAt(at: number, key: string): void;
}

export interface EventTarget {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Pick<ObjectMeta, 'name' | 'uid' | 'resourceVersion' | 'namespace'>;
}

export interface EventDraft {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** 'spec.containers{nginx}' */
  readonly fieldPath?: string;
  readonly annotations?: StringMap;
  /** The node that reports: kubelet events. */
  readonly host?: string;
  /** True for components that use events.k8s.io (the scheduler): no source, eventTime and action instead of count. */
  readonly newApi?: { readonly action: string };
}
