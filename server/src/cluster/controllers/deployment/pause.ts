// A paused Deployment makes no progress and must not be judged by it.
// Source: checkPausedConditions (sync.go).
import type { Deployment } from '../../../schema/generated/types.ts';
import { condition, noConditions, progressingOf, setCondition } from './conditions.ts';
import { hasDeadline } from './progress.ts';
import type { Step } from './steps.ts';

/**
 * Says in the Progressing condition that the Deployment is paused, or goes on; no steps when it says so already. The clock of the
 * deadline starts anew with it, so that a pause longer than the deadline does not count as a stall.
 */
export function pauseSteps(deployment: Deployment, nowMs: number): readonly Step[] {
  const reason = progressingOf(deployment)?.reason;
  // A stall that was reported stays reported.
  if (!hasDeadline(deployment) || reason === 'ProgressDeadlineExceeded') return [];
  const paused = deployment.spec.paused === true;
  if (paused === (reason === 'DeploymentPaused')) return [];
  const next = paused
    ? condition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', nowMs)
    : condition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', nowMs);
  const conditions = setCondition(deployment.status.conditions ?? noConditions, next);
  return [{ step: 'status', deployment: { ...deployment, status: { ...deployment.status, conditions } } }];
}
