// What differs between the kinds whose pods are all alike: ReplicaSet, and ReplicationController (replication/) before it.
// Everything else in this folder is the same code for both, as it is in Kubernetes.
import type { StringMap } from '../../../kube/object.ts';
import type { ReplicaSet } from '../../../schema/generated/types.ts';
import type { IndexDefinition } from '../../store/index-of.ts';

export interface ReplicaKind {
  /** Name of the controller, and the source of its events. */
  readonly controller: string;
  readonly kind: string;
  /** 'replicasets.apps' */
  readonly resource: string;
  /** The sets of a namespace, which an orphan might belong to. */
  readonly byNamespace: IndexDefinition;
  /** The sets by the uid of their own controller. */
  readonly byOwner: IndexDefinition;
  /** status.terminatingReplicas exists. */
  readonly countsTerminating: boolean;
  /** The object that holds the selector: what was found out about it is remembered under it. */
  selectorOf(set: ReplicaSet): object;
  selects(set: ReplicaSet, labels: StringMap | undefined): boolean;
}

export const desiredOf = (set: ReplicaSet): number => set.spec.replicas ?? 1;
