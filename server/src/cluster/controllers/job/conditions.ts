// The conditions of a job. A job that is going to end says so first (FailureTarget, SuccessCriteriaMet), and when none of its pods is
// left it has ended (Failed, Complete), with the same reason and message.
import { formatTime } from '../../../kube/time.ts';
import type { Job, JobCondition } from '../../../schema/generated/types.ts';

export type JobConditions = readonly JobCondition[];

const none: JobConditions = [];

export const conditionsOf = ({ status }: Job): JobConditions => status.conditions ?? none;

export const trueCondition = (conditions: JobConditions, type: string): JobCondition | undefined =>
  conditions.find((condition) => condition.type === type && condition.status === 'True');

/** Complete or Failed; undefined while it has not ended. */
export const endOf = (job: Job): JobCondition | undefined =>
  conditionsOf(job).find(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True');

type Saying = Pick<JobCondition, 'type' | 'status' | 'reason' | 'message'>;

/** The same list when it says that already; and one that was never True is not made False. */
export function withCondition(conditions: JobConditions, saying: Saying, nowMs: number): JobConditions {
  const at = conditions.findIndex(({ type }) => type === saying.type);
  const before = conditions[at];
  if (!before) return saying.status === 'False' ? conditions : [...conditions, timed(saying, nowMs)];
  if (before.status === saying.status && before.reason === saying.reason && before.message === saying.message) return conditions;
  return conditions.with(at, timed(saying, nowMs));
}

const timed = (saying: Saying, nowMs: number): JobCondition => {
  const now = formatTime(nowMs);
  return { ...saying, lastProbeTime: now, lastTransitionTime: now };
};
