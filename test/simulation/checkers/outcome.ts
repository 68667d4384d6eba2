// At rest a rollout has an outcome: it is complete, or it has stalled and says so, or it is paused.
import type { Deployment } from '../../../server/src/schema/generated/types.ts';
import type { Checker } from './checker.ts';
import { desired, setsOf } from './rollout-facts.ts';

export const outcomeChecker: Checker = {
  name: 'outcome',
  atRest(store) {
    const faults: string[] = [];
    for (const deployment of store.collection('deployments.apps').values() as Iterable<Deployment>) {
      const { metadata, spec, status } = deployment;
      if (spec.paused) continue;
      const fault = spec.template.metadata?.annotations?.['drydock.dev/fault'];
      const progressing = status.conditions?.find(({ type }) => type === 'Progressing');
      const state = `${metadata.name}: ${JSON.stringify({ ...status, conditions: status.conditions?.map(({ type, reason }) => `${type}=${reason}`) })}`;
      const complete = [status.replicas, status.updatedReplicas, status.availableReplicas].every((count) => (count ?? 0) === desired(deployment));
      const oldOnes = setsOf(store, deployment).filter((set) => set.spec.replicas! > 0).length;
      if (fault === undefined && !complete) faults.push(`nothing is broken and it is not complete: ${state}`);
      if (fault === undefined && progressing?.reason !== 'NewReplicaSetAvailable') faults.push(`complete and not said so: ${state}`);
      if (complete && desired(deployment) > 0 && oldOnes !== 1) faults.push(`${oldOnes} ReplicaSets want pods: ${state}`);
      if (!complete && progressing?.reason !== 'ProgressDeadlineExceeded' && progressing?.reason !== 'NewReplicaSetAvailable')
        faults.push(`neither complete nor stalled: ${state}`);
    }
    return faults;
  },
};
