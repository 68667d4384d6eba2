// One look at a Deployment: the first thing that is due is done, and what it changes makes the controller look again.
// Invariant: pods are never touched here; a Deployment only creates, sizes and deletes ReplicaSets.
// Source: syncDeployment (deployment_controller.go), sync (sync.go).
import type { Deployment } from '../../../schema/generated/types.ts';
import { isEmpty } from '../selectors.ts';
import { cleanUp } from './history.ts';
import { pauseSteps } from './pause.ts';
import { planRecreate } from './recreate.ts';
import { isObserved, sortOut, type ReplicaSets } from './replica-sets.ts';
import { createNewSet, syncRevision } from './revision.ts';
import { rollBack, rollbackTo } from './rollback.ts';
import { planRolling } from './rolling.ts';
import { scale, wasScaled } from './scale.ts';
import { statusOf, statusSteps } from './status.ts';
import { nothingToDo, type DeploymentPlan, type Step } from './steps.ts';
import type { DeploymentView } from './view.ts';
import { isRolling } from './bounds.ts';

export function planDeployment(view: DeploymentView, nowMs: number): DeploymentPlan {
  const { deployment } = view;
  if (isEmpty(deployment.spec.selector)) return { steps: refuseToSelectAll(deployment) };
  const claiming = claimSteps(view);
  if (claiming.length > 0) return { steps: claiming };
  // One ReplicaSet was changed a moment ago, and its controller has not answered. In a real cluster it has, by the time that this one
  // looks again: that takes some milliseconds, and refused writes. Here both would look at the same moment, so this one waits.
  if (!view.claims.owned.every(isObserved)) return nothingToDo;
  const sets = sortOut(deployment, view.claims.owned);
  const isDeleted = deployment.metadata.deletionTimestamp !== undefined;
  const noting = isDeleted ? [] : pauseSteps(deployment, nowMs);
  if (noting.length > 0) return { steps: noting };
  const revising = syncRevision(deployment, sets, nowMs);
  if (revising.length > 0) return { steps: revising };
  if (isDeleted) return { steps: onlyStatus(deployment, sets, nowMs) };
  return planChange(view, sets, nowMs);
}

function planChange(view: DeploymentView, sets: ReplicaSets, nowMs: number): DeploymentPlan {
  const { deployment } = view;
  const { newSet } = sets;
  const asked = rollbackTo(deployment);
  if (deployment.spec.paused) {
    const cleaning = asked === undefined ? cleanUp(deployment, sets.oldSets) : [];
    return { steps: [...scale(deployment, sets), ...cleaning, ...onlyStatus(deployment, sets, nowMs)] };
  }
  const creating = () => ({ steps: createNewSet(deployment, sets, view.isTaken, nowMs) });
  if (asked !== undefined) return newSet ? { steps: rollBack(deployment, sets, asked) } : creating();
  if (wasScaled(deployment, sets)) return { steps: [...scale(deployment, sets), ...onlyStatus(deployment, sets, nowMs)] };
  if (!isRolling(deployment)) return planRecreate(deployment, sets, view, nowMs);
  return newSet ? planRolling(deployment, { ...sets, newSet }, nowMs) : creating();
}

function claimSteps({ claims: { adopt, release }, deployment: { metadata } }: DeploymentView): readonly Step[] {
  const step =
    (code: string) =>
    (set: (typeof adopt)[number]): Step => ({ step: 'update', set, reason: { code, args: { deployment: metadata.name } } });
  return [...adopt.map(step('adopt-replicaset')), ...release.map(step('release-replicaset'))];
}

/** Sizes are set and nothing is judged: a Deployment that is paused, scaled or being deleted makes no progress. */
const onlyStatus = (deployment: Deployment, sets: ReplicaSets, nowMs: number) => statusSteps(deployment, statusOf(deployment, sets, nowMs));

/** Validation does not let such a selector in; the real controller is careful all the same. */
function refuseToSelectAll(deployment: Deployment): readonly Step[] {
  const { generation = 0 } = deployment.metadata;
  const message = 'This deployment is selecting all pods. A non-empty selector is required.';
  const event: Step = { step: 'event', type: 'Warning', reason: 'SelectingAll', message };
  if ((deployment.status.observedGeneration ?? 0) >= generation) return [event];
  return [event, { step: 'status', deployment: { ...deployment, status: { ...deployment.status, observedGeneration: generation } } }];
}
