// The conditions of a Deployment: their words, and when setting one changes what.
// Source: SetDeploymentCondition and the reasons in deployment_util.go.
import { formatTime } from '../../../kube/time.ts';
import type { Deployment, DeploymentCondition } from '../../../schema/generated/types.ts';

export type Conditions = readonly DeploymentCondition[];

export type ConditionType = 'Available' | 'Progressing' | 'ReplicaFailure';

export const noConditions: Conditions = [];

export function condition(type: ConditionType, status: 'True' | 'False' | 'Unknown', reason: string, message: string, nowMs: number): DeploymentCondition {
  const now = formatTime(nowMs);
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message };
}

export const findCondition = (conditions: Conditions | undefined, type: ConditionType): DeploymentCondition | undefined =>
  conditions?.find((candidate) => candidate.type === type);

export const progressingOf = (deployment: Deployment): DeploymentCondition | undefined => findCondition(deployment.status.conditions, 'Progressing');

/** One with the same status and reason is left as it is, message and times included. A replaced one moves to the end. */
export function setCondition(conditions: Conditions, next: DeploymentCondition): Conditions {
  const current = conditions.find(({ type }) => type === next.type);
  if (current && current.status === next.status && current.reason === next.reason) return conditions;
  const kept = current?.status === next.status && current.lastTransitionTime ? { ...next, lastTransitionTime: current.lastTransitionTime } : next;
  return [...removeCondition(conditions, next.type as ConditionType), kept];
}

export function removeCondition(conditions: Conditions, type: ConditionType): Conditions {
  return conditions.some((candidate) => candidate.type === type) ? conditions.filter((candidate) => candidate.type !== type) : conditions;
}
