// The ReplicationController controller: that of ReplicaSets, over objects whose selector is a plain map and whose status does
// not count pods that are stopping.
// Source: pkg/controller/replication (replication_controller.go, conversion.go).
import type { ReplicaSet, ReplicationController } from '../../../schema/generated/types.ts';
import { replicationControllersByNamespace, replicationControllersByOwner } from '../../store/indexes.ts';
import { controllerFor } from '../replicaset/controller.ts';

/** Validation sees to it that there is a selector, and that it is not empty. */
const selectorOf = (set: ReplicaSet) => (set as unknown as ReplicationController).spec.selector ?? {};

export const replicationController = controllerFor({
  controller: 'replication-controller',
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  byNamespace: replicationControllersByNamespace,
  byOwner: replicationControllersByOwner,
  countsTerminating: false,
  selectorOf,
  selects: (set, labels) => Object.entries(selectorOf(set)).every(([key, value]) => labels?.[key] === value),
});
