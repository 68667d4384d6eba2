// The ReplicaSets of a Deployment together want at most desired + surge.
// When that bound falls, what they want already is allowed to stay until it has come down, and may not grow.
import { controllerOf } from '../../../server/src/kube/object.ts';
import type { Deployment } from '../../../server/src/schema/generated/types.ts';
import type { Checker } from './checker.ts';
import { deploymentOf, most, setsOf, wanted } from './rollout-facts.ts';

export function surgeChecker(): Checker {
  const allowed = new Map<string, number>();
  return {
    name: 'surge',
    onCommit({ resource, before, after }, store) {
      const object = after ?? before!;
      const deployment =
        resource === 'deployments.apps'
          ? (after as Deployment | undefined)
          : resource === 'replicasets.apps'
            ? deploymentOf(store, object.metadata.namespace, controllerOf(object))
            : undefined;
      if (!deployment) return undefined;
      const total = wanted(setsOf(store, deployment));
      const bound = most(deployment);
      const { uid } = deployment.metadata;
      const specChanged = resource === 'deployments.apps' && before?.metadata.generation !== after?.metadata.generation;
      const limit = specChanged ? Math.max(bound, total) : (allowed.get(uid) ?? bound);
      allowed.set(uid, Math.max(bound, Math.min(limit, total)));
      return total > limit ? `${deployment.metadata.name}: the ReplicaSets want ${total}, at most ${limit} are allowed (bound ${bound})` : undefined;
    },
  };
}
