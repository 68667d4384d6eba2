// Recreate: all old pods stop before the first new one starts.
// Source: recreate.go.
import type { Deployment, ReplicaSet } from '../../../schema/generated/types.ts';
import { boundsOf } from './bounds.ts';
import { cleanUp } from './history.ts';
import { finishRollout, isComplete } from './progress.ts';
import { counted, isActive, sizeOf, type ReplicaSets } from './replica-sets.ts';
import { createNewSet } from './revision.ts';
import type { DeploymentPlan, Step } from './steps.ts';

export interface Surroundings {
  isTaken(name: string): boolean;
  /** How many pods of a ReplicaSet have not finished, those that are stopping included. */
  unfinishedPods(set: ReplicaSet): number;
}

export function planRecreate(deployment: Deployment, sets: ReplicaSets, around: Surroundings, nowMs: number): DeploymentPlan {
  const down = scaleDownOld(deployment, sets.oldSets);
  if (down.length > 0 || oldPodsRun(sets.oldSets, around)) return finishRollout(deployment, sets, down, nowMs);
  if (!sets.newSet) return { steps: createNewSet(deployment, sets, around.isTaken, nowMs) };
  const up = scaleUpNew(deployment, sets.newSet);
  const cleaned = isComplete(deployment, deployment.status) ? cleanUp(deployment, sets.oldSets) : [];
  return finishRollout(deployment, sets, [...up, ...cleaned], nowMs);
}

function scaleDownOld(deployment: Deployment, oldSets: readonly ReplicaSet[]): readonly Step[] {
  const bounds = boundsOf(deployment);
  return oldSets
    .filter(isActive)
    .map((set) => ({ step: 'scale', set, to: 0, bounds, reason: { code: 'recreate-scale-down', args: { from: sizeOf(set), to: 0 } } }));
}

/** A ReplicaSet still counts pods, or some are still stopping. Finished ones (Succeeded, Failed) do not run. */
export function oldPodsRun(oldSets: readonly ReplicaSet[], { unfinishedPods }: Pick<Surroundings, 'unfinishedPods'>): boolean {
  return counted(oldSets, 'replicas') > 0 || oldSets.some((set) => unfinishedPods(set) > 0);
}

function scaleUpNew(deployment: Deployment, newSet: ReplicaSet): readonly Step[] {
  const bounds = boundsOf(deployment);
  const from = sizeOf(newSet);
  const to = bounds.desired;
  return from === to ? [] : [{ step: 'scale', set: newSet, to, bounds, reason: { code: 'recreate-scale-up', args: { from, to } } }];
}
