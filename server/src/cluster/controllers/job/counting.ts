// How a job counts its pods, each exactly once, though anything may stop between two writes. A pod that has ended is named in the
// status (uncountedTerminatedPods); then it loses its finalizer, and may go; then it is a number in the status, and its name is gone.
//
// Invariant: succeeded + failed + uncounted never counts a pod twice, and a pod without the finalizer is in there already.
// Source: trackJobStatusAndRemoveFinalizers (job_controller.go).
import { formatTime } from '../../../kube/time.ts';
import type { JobStatus, Pod } from '../../../schema/generated/types.ts';
import { withCondition, type JobConditions } from './conditions.ts';
import type { Ending } from './ending.ts';
import { isIndexed, type JobFacts } from './facts.ts';
import { isCounted } from './failure-policy.ts';
import { countOf, formatIndexes, hasIndex } from './index-set.ts';
import { completionIndexOf, hasFailed, isTracked, validIndexOf } from './pod-facts.ts';

/** What the status says beside the counts of pods that have ended. */
export interface Standing {
  readonly active: number;
  readonly ready: number;
  readonly terminating: number;
  readonly startTime: string | undefined;
  readonly conditions: JobConditions;
}

export interface Counting {
  /** To be written first. */
  readonly named: JobStatus;
  /** Then these lose the finalizer. */
  readonly untrack: readonly Pod[];
  /** And then this is written. */
  readonly counted: JobStatus;
  /** It says that the job has ended. */
  readonly ended: boolean;
}

/** The most pods that are named at once, so that the status stays small. */
const mostUncounted = 500;

interface Uncounted {
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
}

export function countPods(facts: JobFacts, standing: Standing, ending: Ending | undefined, nowMs: number): Counting {
  const { job, pods } = facts;
  const tracked = new Set(pods.filter(isTracked).map(({ metadata }) => metadata.uid));
  const known = counted(job.status, tracked);
  const named = namePods(facts, known.uncounted, ending);
  const first = withIndexes(facts, known);
  const conditions = ending ? withCondition(standing.conditions, { ...ending, type: announced[ending.type], status: 'True' }, nowMs) : standing.conditions;
  for (const { metadata } of named.untrack) tracked.delete(metadata.uid);
  const last = counted({ succeeded: first.succeeded, failed: first.failed, uncountedTerminatedPods: named.uncounted }, tracked);
  const second = withIndexes(facts, last);
  const ended = ending !== undefined && !named.full && size(last.uncounted) === 0 && standing.terminating === 0;
  return {
    named: statusOf(facts, { ...standing, conditions }, first, named.uncounted),
    untrack: named.untrack,
    counted: {
      ...statusOf(
        facts,
        { ...standing, conditions: ended ? withCondition(conditions, { ...ending, status: 'True' }, nowMs) : conditions },
        second,
        last.uncounted,
      ),
      ...(ended && ending.type === 'Complete' && { completionTime: formatTime(nowMs) }),
    },
    ended,
  };
}

/** The condition that comes first. */
const announced = { Complete: 'SuccessCriteriaMet', Failed: 'FailureTarget' } as const;

const size = ({ succeeded, failed }: Uncounted) => succeeded.length + failed.length;

interface Counts {
  readonly succeeded: number;
  readonly failed: number;
  readonly uncounted: Uncounted;
}

/** Named pods that have lost the finalizer become numbers. */
function counted({ succeeded = 0, failed = 0, uncountedTerminatedPods: named }: JobStatus, tracked: ReadonlySet<string>): Counts {
  const still = (uids: readonly string[] = []) => uids.filter((uid) => tracked.has(uid));
  const uncounted = { succeeded: still(named?.succeeded), failed: still(named?.failed) };
  return {
    succeeded: succeeded + (named?.succeeded?.length ?? 0) - uncounted.succeeded.length,
    failed: failed + (named?.failed?.length ?? 0) - uncounted.failed.length,
    uncounted,
  };
}

/** Successes of an Indexed job are counted by their indexes: two pods of one index are one success. */
const withIndexes = ({ indexes }: JobFacts, counts: Counts): Counts => (indexes ? { ...counts, succeeded: countOf(indexes.succeeded) } : counts);

function namePods(facts: JobFacts, known: Uncounted, ending: Ending | undefined) {
  const { job, indexes, uncounted } = facts;
  const [succeeded, failed, untrack] = [[...known.succeeded], [...known.failed], [] as Pod[]];
  let newIndexes = 0;
  for (const pod of facts.pods) {
    if (!isTracked(pod) || !mayGo(facts, pod, ending)) continue;
    untrack.push(pod);
    const { uid } = pod.metadata;
    const index = validIndexOf(pod, job);
    if (pod.status.phase === 'Succeeded' && !uncounted.failed.has(uid)) {
      if (!isIndexed(job)) {
        if (!uncounted.succeeded.has(uid)) succeeded.push(uid);
      } else if (index !== undefined && !hasIndex(indexes!.before, index)) newIndexes++;
    } else if (hasFailed(pod, job) || ending?.type === 'Failed') {
      // Of a job that fails, every pod that has not ended counts as failed.
      const counts = (!isIndexed(job) || index !== undefined) && isCounted(job, pod);
      if (counts && !uncounted.failed.has(uid)) failed.push(uid);
    }
    if (newIndexes + succeeded.length + failed.length >= mostUncounted) return { uncounted: { succeeded, failed }, untrack, full: true };
  }
  return { uncounted: { succeeded, failed }, untrack, full: false };
}

/** Whether nothing about the pod will be asked any more. */
function mayGo({ job, indexes }: JobFacts, pod: Pod, ending: Ending | undefined): boolean {
  if (ending || job.metadata.deletionTimestamp !== undefined || pod.status.phase === 'Succeeded') return true;
  if (!hasFailed(pod, job)) return false;
  const index = completionIndexOf(pod);
  return index === undefined || indexes?.awaiting.get(index)?.metadata.uid !== pod.metadata.uid;
}

function statusOf({ job, indexes }: JobFacts, standing: Standing, { succeeded, failed }: Counts, uncounted: Uncounted): JobStatus {
  const { active, ready, terminating, startTime, conditions } = standing;
  const { active: _active, succeeded: _succeeded, failed: _failed, completedIndexes: _completed, startTime: _start, ...rest } = job.status;
  const completedIndexes = indexes && formatIndexes(indexes.succeeded);
  return {
    ...rest,
    ...(conditions.length > 0 && { conditions }),
    ...(startTime !== undefined && { startTime }),
    ...(active > 0 && { active }),
    ready,
    terminating,
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    ...(completedIndexes && { completedIndexes }),
    ...(indexes?.failed && { failedIndexes: formatIndexes(indexes.failed) }),
    uncountedTerminatedPods: {
      ...(uncounted.succeeded.length > 0 && { succeeded: uncounted.succeeded }),
      ...(uncounted.failed.length > 0 && { failed: uncounted.failed }),
    },
  };
}
