// Rules for the status of a job (pkg/apis/batch/validation validateJobStatus). Other controllers than the server's own may write it, so
// it must stay true to itself: a job that ended stays ended. What was wrong before is let be until somebody changes it.
import { isEqual } from '../../kube/equal.ts';
import { parseTime } from '../../kube/time.ts';
import type { Job, JobCondition, JobStatus } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateNonNegative } from '../numbers.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { countIndexes, findOverlap } from './job-indexes.ts';

const at = root('status');

export const isTrue = (conditions: readonly JobCondition[] | undefined, type: string): boolean => has(conditions, type, 'True');

const has = (conditions: readonly JobCondition[] | undefined, type: string, status: string) =>
  conditions?.some((condition) => condition.type === type && condition.status === status) ?? false;

/** What the conditions of a status say. */
interface Outcome {
  readonly complete: boolean;
  readonly failed: boolean;
  readonly finished: boolean;
  readonly failureTarget: boolean;
  readonly successCriteriaMet: boolean;
}

function outcomeOf({ conditions }: JobStatus): Outcome {
  const [complete, failed] = [isTrue(conditions, 'Complete'), isTrue(conditions, 'Failed')];
  const [failureTarget, successCriteriaMet] = [isTrue(conditions, 'FailureTarget'), isTrue(conditions, 'SuccessCriteriaMet')];
  return { complete, failed, finished: complete || failed, failureTarget, successCriteriaMet };
}

/** A write of the status, with what about it is new. */
interface StatusWrite {
  readonly job: Job;
  readonly next: JobStatus;
  readonly before: JobStatus;
  readonly now: Outcome;
  readonly last: Outcome;
  /** Whether any of these differs from what it was. */
  readonly changed: (...names: readonly (keyof Outcome | keyof JobStatus)[]) => boolean;
}

export function validateJobStatus(job: Job, { status: before }: Job, errors: FieldErrors): void {
  const next = job.status;
  const [now, last] = [outcomeOf(next), outcomeOf(before)];
  const sides = [
    { ...next, ...now },
    { ...before, ...last },
  ] as unknown as readonly Readonly<Record<string, unknown>>[];
  // `failed` is the outcome here, not the count.
  const changed: StatusWrite['changed'] = (...names) => names.some((name) => !isEqual(sides[0]?.[name] ?? zero(name), sides[1]?.[name] ?? zero(name)));
  const write = { job, next, before, now, last, changed };
  validateCounts(next, errors);
  validateTimes(write, errors);
  validateEnd(write, errors);
  validateIndexes(write, errors);
  validatePods(write, errors);
  validateConditions(write, errors);
  validateHistory(write, errors);
}

const zero = (name: string) => (name === 'active' ? 0 : name === 'completedIndexes' ? '' : undefined);
const conditionsPath = at.child('conditions');

function validateCounts(next: JobStatus, errors: FieldErrors): void {
  for (const field of ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const) validateNonNegative(next[field], at.child(field), errors);
  const seen = new Set<string>();
  for (const field of ['succeeded', 'failed'] as const) {
    next.uncountedTerminatedPods?.[field]?.forEach((uid, i) => {
      const path = at.child('uncountedTerminatedPods').child(field).index(i);
      if (!uid) errors.invalid(path, '', 'must not be empty');
      else if (seen.has(uid)) errors.duplicate(path, uid);
      else seen.add(uid);
    });
  }
}

/** Complete and Failed exclude each other, and only a complete job has a time of completion. */
function validateTimes({ next, now, changed }: StatusWrite, errors: FieldErrors): void {
  const { startTime: start, completionTime: end } = next;
  const path = at.child('completionTime');
  if (changed('complete', 'failed') && now.complete && now.failed)
    errors.invalid(conditionsPath, undefined, 'cannot set Complete=True and Failed=true conditions');
  if (changed('complete', 'failureTarget') && now.complete && now.failureTarget) {
    errors.invalid(conditionsPath, undefined, 'cannot set Complete=True and FailureTarget=true conditions');
  }
  if (changed('complete', 'completionTime')) {
    if (end && !now.complete) errors.invalid(path, end, 'cannot set completionTime when there is no Complete=True condition');
    if (!end && now.complete) errors.required(path, 'completionTime is required for Complete jobs');
  }
  if (changed('startTime', 'completionTime') && start && end && (parseTime(end) as number) < (parseTime(start) as number)) {
    errors.invalid(path, end, 'must be equal to or after `startTime`');
  }
}

/** Before a job has ended it says why it will, and when it has, none of its pods is left. */
function validateEnd({ job, next, now, changed }: StatusWrite, errors: FieldErrors): void {
  const { active = 0, startTime, uncountedTerminatedPods: uncounted } = next;
  if (changed('failed', 'failedIndexes') && now.failed && !now.failureTarget) {
    errors.invalid(conditionsPath, undefined, 'cannot set Failed=True condition without the FailureTarget=true condition');
  }
  if (changed('complete', 'successCriteriaMet') && now.complete && !now.successCriteriaMet) {
    errors.invalid(conditionsPath, undefined, 'cannot set Complete=True condition without the SuccessCriteriaMet=true condition');
  }
  if (changed('finished', 'active') && now.finished && active > 0) errors.invalid(at.child('active'), active, 'active>0 is invalid for finished job');
  const isEmptyJob = job.spec.suspend === true && job.spec.completions === 0;
  if (changed('finished', 'startTime') && !isEmptyJob && now.finished && !startTime) {
    errors.required(at.child('startTime'), 'startTime is required for finished job');
  }
  const left = (uncounted?.succeeded?.length ?? 0) + (uncounted?.failed?.length ?? 0);
  if (changed('finished', 'uncountedTerminatedPods') && now.finished && left > 0) {
    errors.invalid(at.child('uncountedTerminatedPods'), goStruct('UncountedTerminatedPods', uncounted as object), 'must be empty for finished job');
  }
}

function validateIndexes({ job, next, changed }: StatusWrite, errors: FieldErrors): void {
  const { completions, backoffLimitPerIndex, completionMode } = job.spec;
  const { completedIndexes: completed = '', failedIndexes: failed } = next;
  const [ofCompleted, ofFailed] = [at.child('completedIndexes'), at.child('failedIndexes')];
  if (changed('completedIndexes') && completions !== undefined) {
    const counted = countIndexes(completed, completions);
    if (typeof counted === 'object') errors.invalid(ofCompleted, completed, `error parsing completedIndexes: ${counted.error}`);
  }
  if (changed('failedIndexes') && completions !== undefined && backoffLimitPerIndex !== undefined && failed !== undefined) {
    const counted = countIndexes(failed, completions);
    if (typeof counted === 'object') errors.invalid(ofFailed, failed, `error parsing failedIndexes: ${counted.error}`);
  }
  if (changed('completedIndexes') && completed !== '' && completionMode !== 'Indexed') {
    errors.invalid(ofCompleted, completed, 'cannot set non-empty completedIndexes when non-indexed completion mode');
  }
  if (changed('failedIndexes') && backoffLimitPerIndex === undefined && failed !== undefined) {
    errors.invalid(ofFailed, failed, 'cannot set non-null failedIndexes when backoffLimitPerIndex is null');
  }
  if (!changed('failedIndexes', 'completedIndexes') || completions === undefined || failed === undefined) return;
  const overlap = findOverlap(completed, failed, completions);
  if (overlap !== undefined) errors.invalid(ofFailed, failed, `failedIndexes and completedIndexes overlap at index: ${overlap}`);
}

function validatePods({ next, now, changed }: StatusWrite, errors: FieldErrors): void {
  const { terminating = 0, ready, active = 0 } = next;
  if (changed('finished', 'terminating') && now.finished && terminating > 0) {
    errors.invalid(at.child('terminating'), terminating, 'terminating>0 is invalid for finished job');
  }
  if (changed('ready', 'active') && ready !== undefined && ready > active) errors.invalid(at.child('ready'), ready, 'cannot set more ready pods than active');
}

function validateConditions({ job, now }: StatusWrite, errors: FieldErrors): void {
  const refuse = (text: string) => errors.invalid(conditionsPath, undefined, text);
  if (now.successCriteriaMet && now.failed) refuse('cannot set SuccessCriteriaMet=True and Failed=true conditions');
  if (now.successCriteriaMet && now.failureTarget) refuse('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions');
  if (job.spec.successPolicy && now.complete && !now.successCriteriaMet) {
    refuse('cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True');
  }
}

const terminal = ['Failed', 'Complete', 'FailureTarget'];

/** What has happened is not undone. */
function validateHistory({ job, next, before, now, last, changed }: StatusWrite, errors: FieldErrors): void {
  const { completions, parallelism, completionMode, suspend } = job.spec;
  for (const type of terminal) {
    if (isTrue(before.conditions, type) && !isTrue(next.conditions, type))
      errors.invalid(conditionsPath, undefined, `cannot disable the terminal ${type}=True condition`);
  }
  if ((next.failed ?? 0) < (before.failed ?? 0)) errors.invalid(at.child('failed'), next.failed ?? 0, 'cannot decrease the failed counter');
  // An Indexed job that was made smaller forgets the indexes that it no longer has.
  const canShrink = completionMode === 'Indexed' && completions === parallelism;
  if (!canShrink && (next.succeeded ?? 0) < (before.succeeded ?? 0))
    errors.invalid(at.child('succeeded'), next.succeeded ?? 0, 'cannot decrease the succeeded counter');
  if (next.completionTime && before.completionTime && next.completionTime !== before.completionTime) {
    errors.invalid(at.child('completionTime'), next.completionTime, 'field is immutable');
  }
  const isResuming = isTrue(before.conditions, 'Suspended') && has(next.conditions, 'Suspended', 'False');
  if (before.startTime && changed('startTime') && !isResuming && !suspend) {
    errors.invalid(at.child('startTime'), next.startTime ?? null, 'field is immutable for unsuspended job once set');
  }
  if (last.successCriteriaMet && !now.successCriteriaMet) errors.invalid(conditionsPath, undefined, 'cannot disable the SuccessCriteriaMet=True condition');
  if (last.complete && !last.successCriteriaMet && now.successCriteriaMet) {
    errors.invalid(conditionsPath, undefined, 'cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions');
  }
}
