// A job and its pods, counted: what all decisions about it are made from.
// Source: syncJobCtx and the first half of syncJob (job_controller.go).
import { formatTime } from '../../../kube/time.ts';
import type { Job, Pod } from '../../../schema/generated/types.ts';
import { isActive, isTerminating, readyCondition } from '../../store/pod-facts.ts';
import { backOffAfter, type BackOff } from './back-off.ts';
import { judgeFailure, isCounted } from './failure-policy.ts';
import { countOf, hasIndex, indexSet, noIndexes, parseIndexes, union, type IndexSet } from './index-set.ts';
import { completionIndexOf, finishedAtMs, hasFailed, indexFailuresOf, isTracked, validIndexOf } from './pod-facts.ts';
import type { JobView } from './view.ts';

export interface JobFacts {
  readonly job: Job;
  /** Those that matter still; in the order of their indexes, if it is an Indexed job. */
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  readonly ready: number;
  readonly terminating: number;
  /** uids that the status names, which are to be counted when their pods have lost the finalizer. */
  readonly uncounted: { readonly succeeded: ReadonlySet<string>; readonly failed: ReadonlySet<string> };
  /** All that have succeeded, or failed, those among them that are not counted yet. */
  readonly succeeded: number;
  readonly failed: number;
  /** Once the pods that have ended are counted. */
  readonly backOff: BackOff;
  /** When it started: what the status says, or now. undefined while it never ran. */
  readonly startTime: string | undefined;
  /** undefined: it has no indexes. */
  readonly indexes: Indexes | undefined;
}

export interface Indexes {
  /** As the status says it. */
  readonly before: IndexSet;
  readonly succeeded: IndexSet;
  /** undefined: there is no backoffLimitPerIndex. */
  readonly failed: IndexSet | undefined;
  /** Failed pods that keep their finalizer until they are replaced: they hold the count of their index's failures. */
  readonly awaiting: ReadonlyMap<number, Pod>;
}

export const isIndexed = ({ spec }: Job): boolean => spec.completionMode === 'Indexed';

export const isSuspended = ({ spec }: Job): boolean => spec.suspend === true;

export function factsOf({ job, pods: given, backOff }: JobView, nowMs: number): JobFacts {
  const { status: told } = job;
  const indexed = isIndexed(job);
  const pods = indexed ? given.toSorted((a, b) => (completionIndexOf(a) ?? -1) - (completionIndexOf(b) ?? -1)) : given;
  const active = pods.filter(isActive);
  const uncounted = { succeeded: new Set(told.uncountedTerminatedPods?.succeeded), failed: new Set(told.uncountedTerminatedPods?.failed) };
  const valid = pods.filter((pod) => isTracked(pod) && (!indexed || validIndexOf(pod, job) !== undefined));
  const succeeded = valid.filter(({ status }) => status.phase === 'Succeeded');
  const failed = valid.filter((pod) => hasFailed(pod, job));
  const newSucceeded = succeeded.filter(({ metadata }) => !uncounted.succeeded.has(metadata.uid));
  const newFailed = failed.filter(({ metadata }) => !uncounted.failed.has(metadata.uid));
  const indexes = indexed ? indexesOf(job, pods, active) : undefined;
  return {
    job,
    pods,
    active,
    ready: active.filter((pod) => readyCondition(pod)?.status === 'True').length,
    terminating: pods.filter(isTerminating).length,
    uncounted,
    succeeded: indexes ? countOf(indexes.succeeded) : (told.succeeded ?? 0) + newSucceeded.length + uncounted.succeeded.size,
    failed: (told.failed ?? 0) + newFailed.filter((pod) => isCounted(job, pod)).length + uncounted.failed.size,
    backOff: backOffAfter(backOff, succeeded, failed),
    startTime: told.startTime ?? (isSuspended(job) ? undefined : formatTime(nowMs)),
    indexes,
  };
}

function indexesOf(job: Job, pods: readonly Pod[], active: readonly Pod[]): Indexes {
  const { completions = 0, backoffLimitPerIndex: limit } = job.spec;
  const before = parseIndexes(job.status.completedIndexes, completions);
  const tracked = pods.filter((pod) => isTracked(pod) && validIndexOf(pod, job) !== undefined);
  const indexesWhere = (holds: (pod: Pod) => boolean) => indexSet(tracked.filter(holds).map((pod) => completionIndexOf(pod)!));
  const succeeded = union(
    before,
    indexesWhere(({ status }) => status.phase === 'Succeeded'),
  );
  if (limit === undefined) return { before, succeeded, failed: undefined, awaiting: new Map() };
  const failed = union(
    parseIndexes(job.status.failedIndexes, completions),
    indexesWhere((pod) => failsIndex(job, pod, limit)),
  );
  return { before, succeeded, failed, awaiting: awaitingPods(job, tracked, active, succeeded, failed) };
}

function failsIndex(job: Job, pod: Pod, limit: number): boolean {
  if (!hasFailed(pod, job)) return false;
  const { action } = judgeFailure(job, pod);
  return action === 'FailIndex' || (action !== 'Ignore' && indexFailuresOf(pod).counted >= limit);
}

/** Of each index that needs a new pod, the one that failed last. */
function awaitingPods(job: Job, tracked: readonly Pod[], active: readonly Pod[], succeeded: IndexSet, failed: IndexSet): ReadonlyMap<number, Pod> {
  const running = new Set(active.map(completionIndexOf));
  const awaiting = new Map<number, Pod>();
  for (const pod of tracked) {
    const index = completionIndexOf(pod)!;
    if (!hasFailed(pod, job) || running.has(index) || hasIndex(succeeded, index) || hasIndex(failed, index)) continue;
    const known = awaiting.get(index);
    if (!known || (allFailuresOf(known) <= allFailuresOf(pod) && finishedAtMs(pod) >= finishedAtMs(known))) awaiting.set(index, pod);
  }
  return awaiting;
}

export function allFailuresOf(pod: Pod): number {
  const { counted, ignored } = indexFailuresOf(pod);
  return counted + ignored;
}

/** Indexes that no new pod may have. */
export function takenIndexes({ active, pods, indexes }: JobFacts, terminatingToo: boolean): IndexSet {
  const { succeeded, failed = noIndexes } = indexes!;
  const held = [...active, ...(terminatingToo ? pods.filter(isTerminating) : [])].map(completionIndexOf).filter((index) => index !== undefined);
  return union(union(succeeded, indexSet(held)), failed);
}
