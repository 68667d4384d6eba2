// What every row has, and how rows are named.
import { groupOf, type KubeObject, type OwnerReference } from '../../../kube/object.ts';
import { formatObjectId } from '../../../kube/resource.ts';
import { parseTime } from '../../../kube/time.ts';

function rowId({ apiVersion, kind, metadata: { namespace, name } }: KubeObject): string {
  return formatObjectId({ group: groupOf(apiVersion), kind, namespace, name });
}

export function ownerId({ apiVersion, kind, name }: OwnerReference, namespace: string | undefined): string {
  return formatObjectId({ group: groupOf(apiVersion), kind, namespace, name });
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
