// The Deployment controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { controllerOf } from '../../../kube/object.ts';
import { objectKey } from '../../../kube/resource.ts';
import type { Deployment, Pod, ReplicaSet } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';
import { deploymentsByNamespace, podsByOwner, replicaSetsByOwner } from '../../store/indexes.ts';
import type { Controller } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import { ownersOf } from '../claim.ts';
import { isEmpty, selects } from '../selectors.ts';
import { applyDeployment } from './apply.ts';
import { isRolling } from './bounds.ts';
import { planDeployment } from './plan.ts';
import type { DeploymentPlan } from './steps.ts';
import { observeDeployment, type DeploymentView } from './view.ts';

export const deploymentController: Controller<DeploymentView, DeploymentPlan> = {
  name: 'deployment-controller',
  watches: [
    { resource: 'deployments.apps', enqueue: ({ key }) => [key] },
    { resource: 'replicasets.apps', enqueue: forReplicaSet },
    { resource: 'pods', enqueue: forPod },
  ],
  observe: observeDeployment,
  plan: planDeployment,
  apply: applyDeployment,
};

/** The Deployments that control it before or after; an orphan wakes those that might adopt it. */
function forReplicaSet({ before, after }: Commit, reader: Reader): readonly string[] {
  const owners = ownersOf('Deployment', before, after);
  if (!after || controllerOf(after)) return owners;
  const { namespace, labels } = after.metadata;
  const adopters: string[] = [];
  for (const [key, deployment] of reader.indexed(deploymentsByNamespace, namespace ?? '').objects) {
    const { selector } = (deployment as Deployment).spec;
    if (!isEmpty(selector) && selects(selector, labels)) adopters.push(key);
  }
  return [...owners, ...adopters];
}

const nobody: readonly string[] = [];

/** Recreate waits for the last pod to be gone; for any other strategy the ReplicaSets' statuses say enough. */
function forPod({ before, after }: Commit, reader: Reader): readonly string[] {
  if (after) return nobody;
  const pod = before as Pod;
  const owner = controllerOf(pod);
  const set = owner?.kind === 'ReplicaSet' ? reader.get<ReplicaSet>('replicasets.apps', pod.metadata.namespace, owner.name) : undefined;
  if (!set || set.metadata.uid !== owner!.uid) return nobody;
  const controller = controllerOf(set);
  const deployment = controller?.kind === 'Deployment' ? reader.get<Deployment>('deployments.apps', pod.metadata.namespace, controller.name) : undefined;
  if (!deployment || isRolling(deployment)) return nobody;
  for (const sibling of reader.indexed(replicaSetsByOwner, deployment.metadata.uid).objects.values()) {
    if (reader.indexed(podsByOwner, sibling.metadata.uid).objects.size > 0) return nobody;
  }
  return [objectKey(deployment.metadata.namespace, deployment.metadata.name)];
}
