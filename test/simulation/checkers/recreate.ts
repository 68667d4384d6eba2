// Recreate: the new pods are not asked for while an old one has not finished.
import { controllerOf } from '../../../server/src/kube/object.ts';
import type { ReplicaSet } from '../../../server/src/schema/generated/types.ts';
import type { Checker } from './checker.ts';
import { deploymentOf, isFinished, podsOf, setsOf } from './rollout-facts.ts';

export const recreateChecker: Checker = {
  name: 'recreate',
  onCommit({ resource, before, after, cause }, store) {
    if (resource !== 'replicasets.apps' || !after || !['create-replicaset', 'recreate-scale-up'].includes(cause.reason?.code ?? '')) return undefined;
    const [set, was] = [after as ReplicaSet, before as ReplicaSet | undefined];
    const deployment = deploymentOf(store, set.metadata.namespace, controllerOf(set));
    if (deployment?.spec.strategy.type !== 'Recreate' || set.spec.replicas! <= (was?.spec.replicas ?? 0)) return undefined;
    const old = setsOf(store, deployment).filter(({ metadata }) => metadata.uid !== set.metadata.uid);
    const running = old.flatMap((other) => podsOf(store, other)).filter((pod) => !isFinished(pod));
    return running.length > 0 ? `${set.metadata.name} grows while ${running.map(({ metadata }) => metadata.name).join(', ')} have not finished` : undefined;
  },
};
