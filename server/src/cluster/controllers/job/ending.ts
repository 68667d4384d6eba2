// Whether a job is to end now, and how. The first reason that holds decides, and stays.
// Source: syncJob (job_controller.go).
import { parseTime } from '../../../kube/time.ts';
import type { Job, Pod } from '../../../schema/generated/types.ts';
import { conditionsOf, trueCondition } from './conditions.ts';
import { isSuspended, type JobFacts } from './facts.ts';
import { judgeFailure } from './failure-policy.ts';
import { countOf } from './index-set.ts';
import { hasFailed } from './pod-facts.ts';
import { metSuccessRule } from './success-policy.ts';

export interface Ending {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
  readonly message: string;
}

const failed = (reason: string, message: string): Ending => ({ type: 'Failed', reason, message });

export const completed: Ending = { type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };

/** undefined: it goes on. That all its pods have succeeded is not asked here. */
export function endingOf(facts: JobFacts, nowMs: number): Ending | undefined {
  const { job } = facts;
  return decided(job) ?? failedByPolicy(facts) ?? failedByLimit(facts, nowMs) ?? (facts.indexes && endedByIndexes(facts));
}

/** What an earlier look has decided. */
function decided(job: Job): Ending | undefined {
  const [success, failure] = ['SuccessCriteriaMet', 'FailureTarget'].map((type) => trueCondition(conditionsOf(job), type));
  const condition = success ?? failure;
  return condition && { type: success ? 'Complete' : 'Failed', reason: condition.reason ?? '', message: condition.message ?? '' };
}

function failedByPolicy({ job, pods }: JobFacts): Ending | undefined {
  if (!job.spec.podFailurePolicy) return undefined;
  for (const pod of pods) {
    const message = hasFailed(pod, job) ? judgeFailure(job, pod).message : undefined;
    if (message !== undefined) return failed('PodFailurePolicy', message);
  }
  return undefined;
}

function failedByLimit(facts: JobFacts, nowMs: number): Ending | undefined {
  const { job, pods } = facts;
  if (facts.failed > (job.spec.backoffLimit ?? 6) || restartsExceed(job, pods)) {
    return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  }
  const left = deadlineInMs(facts, nowMs);
  return left !== undefined && left <= 0 ? failed('DeadlineExceeded', 'Job was active longer than specified deadline') : undefined;
}

/** Milliseconds until activeDeadlineSeconds have passed; undefined: they do not pass. */
export function deadlineInMs({ job, startTime }: JobFacts, nowMs: number): number | undefined {
  const seconds = job.spec.activeDeadlineSeconds;
  if (seconds === undefined || isSuspended(job) || startTime === undefined) return undefined;
  return parseTime(startTime)! + seconds * 1_000 - nowMs;
}

/** Pods with restartPolicy OnFailure fail by being restarted too often, all of them together. */
function restartsExceed({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec?.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status.phase !== 'Running' && status.phase !== 'Pending') continue;
    for (const { restartCount } of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]) restarts += restartCount;
  }
  return restarts >= Math.max(1, spec.backoffLimit ?? 6);
}

function endedByIndexes({ job, indexes }: JobFacts): Ending | undefined {
  const { succeeded, failed: lost } = indexes!;
  const { maxFailedIndexes, completions = 0 } = job.spec;
  const count = lost ? countOf(lost) : 0;
  if (maxFailedIndexes !== undefined && count > maxFailedIndexes) {
    return failed('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
  }
  if (count > 0 && count + countOf(succeeded) >= completions) return failed('FailedIndexes', 'Job has failed indexes');
  const message = metSuccessRule(job, succeeded);
  return message === undefined ? undefined : { type: 'Complete', reason: 'SuccessPolicy', message };
}
