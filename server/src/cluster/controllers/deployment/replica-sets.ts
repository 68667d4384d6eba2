// The ReplicaSets of a Deployment: which one is new, which are old, in which order, and their sums.
// Source: FindNewReplicaSet, FindOldReplicaSets, FindActiveOrLatest, IsSaturated (deployment_util.go), ReplicaSetsBy… (controller_utils.go).
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import { desiredReplicasAnnotation } from './annotations.ts';
import { desiredOf } from './bounds.ts';
import { sameTemplate } from './template.ts';

export interface ReplicaSets {
  /** The one with the Deployment's template; absent until it is created. */
  readonly newSet: ReplicaSet | undefined;
  /** All others, also those that want no pods, oldest first. */
  readonly oldSets: readonly ReplicaSet[];
  /** All of them, the new one last. */
  readonly all: readonly ReplicaSet[];
}

/**
 * Templates decide, not hashes: a hash changes with the Kubernetes version and with collisionCount, a template does not.
 * Of several with the same template the oldest is the new one.
 */
export function sortOut(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSets {
  const oldestFirst = sets.toSorted(byAge);
  const newSet = oldestFirst.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
  const oldSets = oldestFirst.filter((set) => set !== newSet);
  return { newSet, oldSets, all: newSet ? [...oldSets, newSet] : oldSets };
}

export const sizeOf = (set: ReplicaSet): number => set.spec.replicas ?? 1;
export const isActive = (set: ReplicaSet): boolean => sizeOf(set) > 0;

/** Its controller has seen what it wants now: its status is about that, and the pods were asked for. */
export const isObserved = ({ metadata, status }: ReplicaSet): boolean => (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);

/** Timestamps have whole seconds, so names decide between ReplicaSets of the same second. */
export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  return compare(a.metadata.creationTimestamp, b.metadata.creationTimestamp) || compare(a.metadata.name, b.metadata.name);
}

export const bySizeThenNewer = (a: ReplicaSet, b: ReplicaSet): number => sizeOf(b) - sizeOf(a) || byAge(b, a);
export const bySizeThenOlder = (a: ReplicaSet, b: ReplicaSet): number => sizeOf(b) - sizeOf(a) || byAge(a, b);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

type Counted = 'replicas' | 'readyReplicas' | 'availableReplicas';

/** The sum of a number of their statuses: what there is, as the ReplicaSet controller last saw it. */
export function counted(sets: readonly ReplicaSet[], field: Counted): number {
  let sum = 0;
  for (const set of sets) sum += set.status[field] ?? 0;
  return sum;
}

/** The sum of their spec.replicas: what they want. */
export function wanted(sets: readonly ReplicaSet[]): number {
  let sum = 0;
  for (const set of sets) sum += sizeOf(set);
  return sum;
}

/** The only ReplicaSet that wants pods, or the newest when none does; undefined when several do. */
export function activeOrLatest({ newSet, oldSets, all }: ReplicaSets): ReplicaSet | undefined {
  const active = all.filter(isActive);
  if (active.length > 1) return undefined;
  return active[0] ?? newSet ?? oldSets.at(-1);
}

/** The new ReplicaSet has all pods of the Deployment, they are available, and its annotation says that this was meant. */
export function isSaturated(deployment: Deployment, newSet: ReplicaSet | undefined): boolean {
  if (!newSet) return false;
  const desired = desiredOf(deployment);
  return (
    sizeOf(newSet) === desired && newSet.metadata.annotations?.[desiredReplicasAnnotation] === String(desired) && newSet.status.availableReplicas === desired
  );
}
