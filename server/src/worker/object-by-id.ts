import { liveCatalog } from '../cluster/registry/custom/live-catalog.ts';
import type { Store } from '../cluster/store/store.ts';
import type { KubeObject } from '../kube/object.ts';
import { parseObjectId, resourceKey } from '../kube/resource.ts';

/** The object that an id names; undefined when it is gone or the kind is unknown. */
export function objectById(store: Store, id: string): KubeObject | undefined {
  const { group, kind, namespace, name } = parseObjectId(id);
  const info = liveCatalog(store).kinds.find((candidate) => candidate.group === group && candidate.kind === kind);
  return info && store.get(resourceKey(info), namespace, name);
}
