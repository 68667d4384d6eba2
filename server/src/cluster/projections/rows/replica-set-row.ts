// ReplicaSet → row: a revision of its Deployment, or a set of its own.
import { controllerOf } from '../../../kube/object.ts';
import type { Health, ReplicaSetRow } from '../../../protocol/cluster-view.ts';
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import { imagesOf, revisionAnnotation } from './deployment-row.ts';
import { ownerId, rowBase } from './row-base.ts';

/** `hasFailing`: a pod of it fails in a way that waiting does not mend. */
export function replicaSetRow(set: ReplicaSet, deployment: Deployment | undefined, hasFailing: boolean): ReplicaSetRow {
  const annotations = set.metadata.annotations ?? {};
  const revision = annotations[revisionAnnotation];
  const owner = controllerOf(set);
  const hash = set.metadata.labels?.['pod-template-hash'];
  const changeCause = annotations['kubernetes.io/change-cause'];
  return {
    ...rowBase(set),
    type: 'replicaSet',
    ...(owner && { parent: ownerId(owner, set.metadata.namespace) }),
    health: health(set, hasFailing),
    desired: set.spec.replicas ?? 1,
    ready: set.status.readyReplicas ?? 0,
    ...(owner && revision !== undefined && { revision: Number(revision) }),
    current: !deployment || revision === deployment.metadata.annotations?.[revisionAnnotation],
    ...(hash && { hash }),
    images: imagesOf(set.spec.template?.spec),
    ...(changeCause && { changeCause }),
  };
}

function health(set: ReplicaSet, hasFailing: boolean): Health {
  if (set.metadata.deletionTimestamp) return 'stopping';
  const desired = set.spec.replicas ?? 1;
  const { replicas = 0, readyReplicas = 0, conditions = [] } = set.status;
  if (hasFailing || conditions.some((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True')) return 'failing';
  if (desired === 0 && replicas === 0) return 'idle';
  return replicas === desired && readyReplicas === desired ? 'ready' : 'progressing';
}
