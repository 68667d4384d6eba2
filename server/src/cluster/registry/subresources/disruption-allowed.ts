// The condition of a PodDisruptionBudget that says whether one more pod may go.
import type { Condition, PodDisruptionBudgetStatus } from '../../../schema/generated/types.ts';

const disruptionAllowed = 'DisruptionAllowed';
export const syncFailed = 'SyncFailed';

export const disruptionCondition = ({ conditions }: PodDisruptionBudgetStatus): Condition | undefined =>
  conditions?.find(({ type }) => type === disruptionAllowed);

/** The status with the condition that follows from its numbers. */
export function withDisruptionAllowed(status: PodDisruptionBudgetStatus, time: string): PodDisruptionBudgetStatus {
  const isAllowed = (status.disruptionsAllowed ?? 0) > 0;
  return withCondition(status, isAllowed ? 'True' : 'False', isAllowed ? 'SufficientPods' : 'InsufficientPods', '', time);
}

/** A condition that keeps its status keeps its time, and what is said with it once. */
export function withCondition(
  status: PodDisruptionBudgetStatus,
  value: 'True' | 'False',
  reason: string,
  message: string,
  time: string,
): PodDisruptionBudgetStatus {
  const known = disruptionCondition(status);
  const condition: Condition = {
    lastTransitionTime: known?.status === value ? known.lastTransitionTime : time,
    message,
    observedGeneration: status.observedGeneration ?? 0,
    reason,
    status: value,
    type: disruptionAllowed,
  };
  const others = status.conditions?.filter(({ type }) => type !== disruptionAllowed) ?? [];
  return { ...status, conditions: [...others, condition] };
}
