// What every row has, and how rows are named.
import { groupOf, type KubeObject, type OwnerReference } from '../../../kube/object.ts';
import { parseTime } from '../../../kube/time.ts';

/** 'apps/Deployment/default/web'; a cluster-scoped object has an empty namespace: '/Node//node-1'. */
export function rowId(object: KubeObject): string {
  return `${groupOf(object.apiVersion)}/${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

export function ownerId(owner: OwnerReference, namespace: string | undefined): string {
  return `${groupOf(owner.apiVersion)}/${owner.kind}/${namespace ?? ''}/${owner.name}`;
}

/** The inverse of rowId. */
export function splitRowId(id: string): { readonly group: string; readonly kind: string; readonly namespace: string | undefined; readonly name: string } {
  const [group = '', kind = '', namespace = '', name = ''] = id.split('/');
  return { group, kind, namespace: namespace || undefined, name };
}

/** A timestamp of the API in milliseconds since 1970; 0 when there is none. */
export const momentOf = (text: string | undefined): number => parseTime(text) ?? 0;

/** The deletionTimestamp is the moment at which the grace period ends. */
const deletionAskedAt = ({ metadata }: KubeObject): number => momentOf(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;

export function rowBase(object: KubeObject) {
  const { uid, name, namespace, creationTimestamp, deletionTimestamp } = object.metadata;
  return {
    id: rowId(object),
    uid,
    name,
    ...(namespace && { namespace }),
    createdAt: momentOf(creationTimestamp),
    ...(deletionTimestamp && { deletingSince: deletionAskedAt(object) }),
  };
}
