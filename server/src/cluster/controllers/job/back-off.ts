// How long a job waits before it replaces a pod that failed: 10 s, 20 s, 40 s … 10 min, and not at all after a success.
// Source: backoff_utils.go (pkg/controller/job).
import type { Pod } from '../../../schema/generated/types.ts';
import { finishedAtMs } from './pod-facts.ts';

/** Failures since the last success. */
export interface BackOff {
  readonly failures: number;
  /** Milliseconds since 1970, of the last of them. */
  readonly lastFailureMs: number;
}

export const noBackOff: BackOff = { failures: 0, lastFailureMs: 0 };

/** After these pods have ended. A failure before the last success is forgotten with it. */
export function backOffAfter(before: BackOff, succeeded: readonly Pod[], failed: readonly Pod[]): BackOff {
  const successes = succeeded.map(finishedAtMs);
  const failures = failed.map(finishedAtMs);
  if (successes.length === 0) {
    return failures.length === 0 ? before : { failures: before.failures + failures.length, lastFailureMs: Math.max(...failures) };
  }
  const lastSuccess = Math.max(...successes);
  const since = failures.filter((at) => at > lastSuccess);
  return since.length === 0 ? noBackOff : { failures: since.length, lastFailureMs: Math.max(...since) };
}

const firstMs = 10_000;
const longestMs = 600_000;

/** Milliseconds to wait still. Third failure at 12:00:00: the next pod may come at 12:00:40, so at 12:00:15 it is 25 s. */
export function remainingMs({ failures, lastFailureMs }: BackOff, nowMs: number): number {
  if (failures === 0) return 0;
  const wait = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return Math.max(0, lastFailureMs + wait - nowMs);
}
