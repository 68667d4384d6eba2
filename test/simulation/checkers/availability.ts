// A Deployment that rolls keeps desired − unavailable pods ready, once it had them available (minReadySeconds: ready for long enough).
//
// The promise is about the rollout, so it is suspended while something else takes pods away: somebody deletes them, a fault stops
// ready ones, or the Deployment is scaled (proportional scaling rounds each ReplicaSet for itself). It holds again when the
// ReplicaSets have come to what they want for the new size, and the pods are there.
import { controllerOf } from '../../../server/src/kube/object.ts';
import { podsByOwner } from '../../../server/src/cluster/store/indexes.ts';
import type { Store } from '../../../server/src/cluster/store/store.ts';
import type { Deployment, ReplicaSet } from '../../../server/src/schema/generated/types.ts';
import type { Commit } from '../../../server/src/cluster/store/commit.ts';
import { outside, type Checker } from './checker.ts';
import { deploymentOf, fewest, mayFlap, setsOf } from './rollout-facts.ts';

export function availabilityChecker(): Checker {
  /** uid → the fewest ready pods since the promise holds; absent: it is suspended. */
  const promised = new Map<string, number>();
  return {
    name: 'availability',
    onCommit(commit, store) {
      const deployment = deploymentConcerned(commit, store);
      if (!deployment) return undefined;
      const { uid, name } = deployment.metadata;
      const floor = fewest(deployment);
      const sets = setsOf(store, deployment);
      const ready = sets.reduce((sum, set) => sum + (store.indexed(podsByOwner, set.metadata.uid).counts.ready ?? 0), 0);
      const available = sets.reduce((sum, { status }) => sum + (status.availableReplicas ?? 0), 0);
      if (suspends(commit, deployment) || sets.some(mayFlap)) {
        promised.delete(uid);
        return undefined;
      }
      const before = promised.get(uid);
      if (before === undefined) {
        if (available >= floor && isSized(deployment, sets, store)) promised.set(uid, floor);
        return undefined;
      }
      promised.set(uid, Math.min(before, floor));
      return ready < Math.min(before, floor) ? `${name}: ${ready} pods are ready, at least ${Math.min(before, floor)} must be` : undefined;
    },
  };
}

function deploymentConcerned({ resource, before, after }: Commit, store: Store): Deployment | undefined {
  const object = (after ?? before)!;
  const { namespace } = object.metadata;
  if (resource === 'deployments.apps') return after as Deployment | undefined;
  if (resource === 'replicasets.apps') return deploymentOf(store, namespace, controllerOf(object));
  if (resource !== 'pods') return undefined;
  const owner = controllerOf(before ?? object);
  const set = owner?.kind === 'ReplicaSet' ? store.get<ReplicaSet>('replicasets.apps', namespace, owner.name) : undefined;
  return set && deploymentOf(store, namespace, controllerOf(set));
}

function suspends({ resource, before, after, cause }: Commit, deployment: Deployment): boolean {
  if (resource === 'pods') return cause.by === outside;
  if (resource === 'replicasets.apps') return cause.by === outside;
  const was = before as Deployment | undefined;
  const is = after as Deployment;
  return (
    !was ||
    was.spec.replicas !== is.spec.replicas ||
    was.spec.strategy !== is.spec.strategy ||
    deployment.metadata.deletionTimestamp !== undefined ||
    was.spec.minReadySeconds !== is.spec.minReadySeconds
  );
}

/** Its ReplicaSets were sized for what is desired now, have the pods that they want, and have seen which of them are ready. */
const isSized = (deployment: Deployment, sets: readonly ReplicaSet[], store: Store) =>
  sets.every((set) => {
    const { active = 0, ready = 0 } = store.indexed(podsByOwner, set.metadata.uid).counts;
    const isSeen = active === set.spec.replicas && (set.status.readyReplicas ?? 0) === ready;
    return isSeen && (active === 0 || set.metadata.annotations?.['deployment.kubernetes.io/desired-replicas'] === String(deployment.spec.replicas));
  });
