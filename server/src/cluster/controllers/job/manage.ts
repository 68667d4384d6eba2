// Which pods of a job that goes on are created, and which are deleted; never both in one look.
// Source: manageJob (job_controller.go).
import { remainingMs } from './back-off.ts';
import { allFailuresOf, isIndexed, isSuspended, takenIndexes, type JobFacts } from './facts.ts';
import { isCounted } from './failure-policy.ts';
import { firstMissing } from './index-set.ts';
import { finishedAtMs, indexFailuresOf, replacesOnlyFailed, type IndexFailures } from './pod-facts.ts';
import { podsToRemove } from './removal.ts';
import type { Pod } from '../../../schema/generated/types.ts';

export interface NewPod {
  /** Of an Indexed job. */
  readonly index?: number;
  /** With backoffLimitPerIndex: how often its index has failed so far. */
  readonly failures?: IndexFailures;
}

export interface PodChanges {
  readonly remove: readonly Pod[];
  readonly create: readonly NewPod[];
  /** Milliseconds until pods that are missing may be created. */
  readonly waitMs?: number;
}

/** The most pods that are created or deleted in one look. */
const burst = 500;
/** After failures it never looks again sooner. */
const shortestWaitMs = 1_000;

export const noChanges: PodChanges = { remove: [], create: [] };

export function managePods(facts: JobFacts, nowMs: number): PodChanges {
  const { job, active } = facts;
  if (isSuspended(job)) return { ...noChanges, remove: podsToRemove(job, active, active.length) };
  const wanted = wantedActive(facts);
  const remove = podsToRemove(job, active, Math.max(0, active.length - wanted)).slice(0, burst);
  if (remove.length > 0) return { ...noChanges, remove };
  const missing = wanted - active.length - (replacesOnlyFailed(job) ? facts.terminating : 0);
  return missing > 0 ? createPods(facts, Math.min(burst, missing), nowMs) : noChanges;
}

/** With `completions`, never more than are still missing; without, no new ones after the first success. */
function wantedActive({ job, active, succeeded }: JobFacts): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

function createPods(facts: JobFacts, missing: number, nowMs: number): PodChanges {
  const { job, backOff } = facts;
  if (job.spec.backoffLimitPerIndex !== undefined) return createByIndex(facts, missing, nowMs);
  const waitMs = remainingMs(backOff, nowMs);
  if (waitMs > 0) return { ...noChanges, waitMs: Math.max(shortestWaitMs, waitMs) };
  if (!isIndexed(job)) return { ...noChanges, create: Array.from({ length: missing }, () => ({})) };
  return { ...noChanges, create: missingIndexes(facts, missing).map((index) => ({ index })) };
}

const missingIndexes = (facts: JobFacts, count: number) =>
  firstMissing(takenIndexes(facts, replacesOnlyFailed(facts.job)), count, facts.job.spec.completions ?? 0);

/** Each index waits for itself alone. */
function createByIndex(facts: JobFacts, missing: number, nowMs: number): PodChanges {
  const create: NewPod[] = [];
  let shortest = Number.POSITIVE_INFINITY;
  for (const index of missingIndexes(facts, missing)) {
    const failed = facts.indexes!.awaiting.get(index);
    const waitMs = failed ? remainingMs({ failures: allFailuresOf(failed) + 1, lastFailureMs: finishedAtMs(failed) }, nowMs) : 0;
    if (waitMs === 0) create.push({ index, failures: failuresAfter(facts, failed) });
    else shortest = Math.min(shortest, waitMs);
  }
  if (create.length > 0 || shortest === Number.POSITIVE_INFINITY) return { ...noChanges, create };
  return { ...noChanges, waitMs: Math.max(shortestWaitMs, shortest) };
}

function failuresAfter({ job }: JobFacts, failed: Pod | undefined): IndexFailures {
  if (!failed) return { counted: 0, ignored: 0 };
  const { counted, ignored } = indexFailuresOf(failed);
  return isCounted(job, failed) ? { counted: counted + 1, ignored } : { counted, ignored: ignored + 1 };
}
