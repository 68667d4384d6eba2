// At rest every status says what a count of the pods gives.
import type { Deployment, ReplicaSet } from '../../../server/src/schema/generated/types.ts';
import type { Store } from '../../../server/src/cluster/store/store.ts';
import type { Checker } from './checker.ts';
import { isActive, isFinished, isReady, podsOf, setsOf, wanted } from './rollout-facts.ts';

export const countsChecker: Checker = {
  name: 'counts',
  atRest(store) {
    const faults: string[] = [];
    const compare = (object: Deployment | ReplicaSet, actual: object, expected: Readonly<Record<string, number>>) => {
      const numbers = actual as Readonly<Record<string, number | undefined>>;
      for (const [name, value] of Object.entries(expected)) {
        if ((numbers[name] ?? 0) !== value)
          faults.push(`${object.kind} ${object.metadata.name}: status.${name} is ${numbers[name]}, and ${value} were counted`);
      }
    };
    for (const set of store.collection('replicasets.apps').values() as Iterable<ReplicaSet>) compare(set, set.status, countSet(store, set));
    for (const deployment of store.collection('deployments.apps').values() as Iterable<Deployment>)
      compare(deployment, deployment.status, countDeployment(store, deployment));
    return faults;
  },
};

function countSet(store: Store, set: ReplicaSet): Record<string, number> {
  const pods = podsOf(store, set);
  const active = pods.filter(isActive);
  const wantedLabels = Object.entries(set.spec.template.metadata?.labels ?? {});
  return {
    replicas: active.length,
    readyReplicas: active.filter(isReady).length,
    fullyLabeledReplicas: active.filter(({ metadata }) => wantedLabels.every(([key, value]) => metadata.labels?.[key] === value)).length,
    terminatingReplicas: pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined && !isFinished(pod)).length,
    observedGeneration: set.metadata.generation!,
    // At rest every ready pod has been ready for long enough.
    availableReplicas: active.filter(isReady).length,
  };
}

function countDeployment(store: Store, deployment: Deployment): Record<string, number> {
  const sets = setsOf(store, deployment);
  const sum = (name: 'replicas' | 'readyReplicas' | 'availableReplicas' | 'terminatingReplicas') =>
    sets.reduce((total, { status }) => total + (status[name] ?? 0), 0);
  const revision = deployment.metadata.annotations?.['deployment.kubernetes.io/revision'];
  const newSet = deployment.spec.paused ? undefined : sets.find(({ metadata }) => metadata.annotations?.['deployment.kubernetes.io/revision'] === revision);
  return {
    replicas: sum('replicas'),
    readyReplicas: sum('readyReplicas'),
    availableReplicas: sum('availableReplicas'),
    terminatingReplicas: sum('terminatingReplicas'),
    unavailableReplicas: Math.max(0, wanted(sets) - sum('availableReplicas')),
    observedGeneration: deployment.metadata.generation!,
    ...(newSet && { updatedReplicas: newSet.status.replicas }),
  };
}
