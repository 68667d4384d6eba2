// Revisions and history: at rest the new ReplicaSet has the highest revision, no two have the same, and no more old ones are kept than asked for.
import type { Deployment } from '../../../server/src/schema/generated/types.ts';
import type { Checker } from './checker.ts';
import { desired, setsOf } from './rollout-facts.ts';

const annotation = 'deployment.kubernetes.io/revision';

export const historyChecker: Checker = {
  name: 'history',
  atRest(store) {
    const faults: string[] = [];
    for (const deployment of store.collection('deployments.apps').values() as Iterable<Deployment>) {
      const { metadata, spec, status } = deployment;
      const sets = setsOf(store, deployment);
      const revisions = sets.map((set) => Number(set.metadata.annotations?.[annotation]));
      if (new Set(revisions).size !== revisions.length) faults.push(`${metadata.name}: revisions ${revisions.join(', ')}`);
      if (spec.paused) continue;
      if (Number(metadata.annotations?.[annotation]) !== Math.max(...revisions))
        faults.push(`${metadata.name}: revision ${metadata.annotations?.[annotation]} of ${revisions.join(', ')}`);
      const isComplete =
        status.updatedReplicas === desired(deployment) && status.replicas === desired(deployment) && status.availableReplicas === desired(deployment);
      const kept = sets.length - 1;
      if (isComplete && desired(deployment) > 0 && kept > spec.revisionHistoryLimit!)
        faults.push(`${metadata.name}: ${kept} old ReplicaSets, at most ${spec.revisionHistoryLimit} are kept`);
    }
    return faults;
  },
};
