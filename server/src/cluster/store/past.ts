// A collection as it was: the log played backwards from now.
import type { KubeObject } from '../../kube/object.ts';
import type { Store } from './store.ts';

type History = Pick<Store, 'log' | 'collection' | 'resourceVersion'>;

/** The objects of a collection by key, as they were after the commit `version`; as they are now where the log has forgotten that. */
export function collectionAt(store: History, resource: string, version: number): ReadonlyMap<string, KubeObject> {
  const now = store.collection(resource);
  if (version >= store.resourceVersion || version < oldestKnown(store)) return now;
  const objects = new Map(now);
  for (let at = store.resourceVersion; at > version; at--) {
    const commit = store.log.at(at);
    if (commit?.resource !== resource) continue;
    if (commit.before) objects.set(commit.key, commit.before);
    else objects.delete(commit.key);
  }
  return objects;
}

/** The oldest version that can still be played back to: the one before the oldest commit of the log. */
export const oldestKnown = ({ log }: Pick<Store, 'log'>): number => log.oldest - 1;
