import { groupOf } from '../kube/object.ts';
import { formatObjectId } from '../kube/resource.ts';
import type { FileObject } from '../language/objects.ts';

/** The id that the object has in the cluster's views: what names no namespace is in `default`. */
export function idOf({ apiVersion, kind, namespace, name, info }: FileObject): string {
  const where = info?.namespaced === false ? undefined : (namespace ?? 'default');
  return formatObjectId({ group: groupOf(apiVersion ?? ''), kind: kind ?? '', namespace: where, name: name ?? '' });
}
