// What a plan for a Deployment is made from.
import { splitKey } from '../../../kube/resource.ts';
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { orphansIn, podsByOwner, replicaSetsByOwner } from '../../store/indexes.ts';
import { claim, type Claims } from '../claim.ts';
import { selects } from '../selectors.ts';
import type { Surroundings } from './recreate.ts';

export interface DeploymentView extends Surroundings {
  readonly deployment: Deployment;
  readonly claims: Claims<ReplicaSet>;
  readonly nowMs: number;
}

export function observeDeployment(key: string, reader: Reader, nowMs: number): DeploymentView | undefined {
  const { namespace, name } = splitKey(key);
  const deployment = reader.get<Deployment>('deployments.apps', namespace, name);
  if (!deployment) return undefined;
  const setsOf = (owner: string) => reader.indexed(replicaSetsByOwner, owner).objects.values() as Iterable<ReplicaSet>;
  const claimant = { owner: deployment, selects: (labels: ReplicaSet['metadata']['labels']) => selects(deployment.spec.selector, labels) };
  return {
    deployment,
    claims: claim(claimant, setsOf(deployment.metadata.uid), setsOf(orphansIn(namespace))),
    nowMs,
    isTaken: (setName) => reader.get('replicasets.apps', namespace, setName) !== undefined,
    unfinishedPods(set) {
      const { active = 0, terminating = 0 } = reader.indexed(podsByOwner, set.metadata.uid).counts;
      return active + terminating;
    },
  };
}
