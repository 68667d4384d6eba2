// A watch as the built-in client sees it: the cluster's log, one collection at a time.
import type { Store } from '../cluster/store/store.ts';
import { resourceKey } from '../kube/resource.ts';
import type { Change, Changes } from './environment.ts';

export function changesOf({ log }: Pick<Store, 'log'>): Changes {
  return (resource, after) => {
    const key = resourceKey(resource);
    const changes: Change[] = [];
    for (const { resource: changed, before, after: object, resourceVersion } of log.after(Number(after) || 0)) {
      if (changed !== key) continue;
      const type = !object ? 'DELETED' : before ? 'MODIFIED' : 'ADDED';
      changes.push({ type, object: (object ?? before)!, version: String(resourceVersion) });
    }
    return changes;
  };
}
