// What is in a namespace, collection by collection.
import type { KubeObject } from '../../../kube/object.ts';
import { resourceKey } from '../../../kube/resource.ts';
import { kinds } from '../../../schema/kinds.ts';
import type { Catalog } from '../../../schema/custom/catalog.ts';
import type { Reader } from '../../runtime/reader.ts';

/** Collections of namespaced objects that can be deleted, each once however many versions it has. */
const namespaced: readonly string[] = [...new Set(kinds.filter((kind) => kind.namespaced && kind.verbs.includes('delete')).map(resourceKey))];

/** By collection: `{ pods: [...], 'deployments.apps': [...] }`; empty collections are absent. */
export function contentOf(namespace: string, reader: Reader, catalog: Catalog): ReadonlyMap<string, readonly KubeObject[]> {
  const content = new Map<string, readonly KubeObject[]>();
  const custom = catalog.kinds.filter((kind) => kind.custom && kind.namespaced).map(resourceKey);
  for (const resource of new Set([...namespaced, ...custom])) {
    const objects: KubeObject[] = [];
    for (const object of reader.collection(resource).values()) if (object.metadata.namespace === namespace) objects.push(object);
    if (objects.length > 0) content.set(resource, objects);
  }
  return content;
}
