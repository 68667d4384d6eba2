// From a commit of the log to the event that a watcher sees, or to none.
import type { Commit } from '../../cluster/store/commit.ts';
import type { KubeObject } from '../../kube/object.ts';

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

/**
 * `passes`: whether an object belongs to what is watched. An object that starts to belong is ADDED for this watcher, one that
 * ceases to is DELETED: shown as it last belonged, under the version of the change.
 */
export function eventOf({ before, after, resourceVersion }: Commit, passes: (object: KubeObject) => boolean): WatchEvent | undefined {
  const belonged = before !== undefined && passes(before);
  if (after !== undefined && passes(after)) return { type: belonged ? 'MODIFIED' : 'ADDED', object: after };
  if (!belonged) return undefined;
  return { type: 'DELETED', object: { ...before, metadata: { ...before.metadata, resourceVersion: String(resourceVersion) } } };
}
