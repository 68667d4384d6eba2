// How the API names a collection of objects.

/** Group and plural: what a path and the store use. `{ group: 'apps', resource: 'deployments' }`. */
export interface GroupResource {
  readonly group: string;
  readonly resource: string;
}

/** 'deployments.apps', 'pods': the key of a collection in the store and in messages. */
export function resourceKey({ group, resource }: GroupResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** 'default/web', or 'node-1' for a cluster-scoped object: the key of an object within its collection. */
export function objectKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** The inverse of objectKey. */
export function splitKey(key: string): { namespace: string | undefined; name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { namespace: undefined, name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** 'apps/Deployment/default/web', '/Node//node-1': names an object across all kinds; the same id for all versions of a group. */
export interface ObjectId {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

export function formatObjectId({ group, kind, namespace, name }: ObjectId): string {
  return `${group}/${kind}/${namespace ?? ''}/${name}`;
}

/** The inverse of formatObjectId. */
export function parseObjectId(id: string): ObjectId {
  const [group = '', kind = '', namespace = '', name = ''] = id.split('/');
  return { group, kind, namespace: namespace || undefined, name };
}
