// The status of an autoscaler while a plan is made: conditions are set one after another, and the later one counts.
// Source: setCondition, setStatus (horizontal.go).
import { formatTime } from '../../../kube/time.ts';
import type {
  AutoscalingV2HorizontalPodAutoscalerStatus as AutoscalerStatus,
  HorizontalPodAutoscalerCondition as Condition,
} from '../../../schema/generated/types.ts';

export type ConditionType = 'AbleToScale' | 'ScalingActive' | 'ScalingLimited';

/** The status with this condition: it keeps its place, and its time while its status stays. */
export function withCondition(
  status: AutoscalerStatus,
  type: ConditionType,
  holds: boolean,
  { reason, message }: { readonly reason: string; readonly message: string },
  nowMs: number,
): AutoscalerStatus {
  const conditions = status.conditions ?? [];
  const before = conditions.find((one) => one.type === type);
  const text = holds ? 'True' : 'False';
  const since = before?.status === text ? before.lastTransitionTime : undefined;
  const after: Condition = { type, status: text, lastTransitionTime: since ?? formatTime(nowMs), reason, message };
  return { ...status, conditions: before ? conditions.map((one) => (one === before ? after : one)) : [...conditions, after] };
}
