// How long a failed pod is kept before the next one takes its place: 1 s, 2 s, 4 s, … 15 min after the one before was deleted, for
// each node and generation, so that a DaemonSet does not fight with a kubelet that refuses its pods.
// Source: failedPodsBackoff (daemon_controller.go), Backoff (k8s.io/client-go/util/flowcontrol).

const firstMs = 1_000;
const longestMs = 15 * 60_000;

/** When the last failed pod was deleted, and how long the next is kept after that. */
export interface Backoff {
  readonly since: number;
  readonly delayMs: number;
}

/** In how many milliseconds a failed pod may be deleted; 0: now. The wait begins anew with every look that comes too early. */
export const keptForMs = (backoff: Backoff | undefined, nowMs: number): number =>
  backoff !== undefined && nowMs - backoff.since < backoff.delayMs ? backoff.delayMs : 0;

/** After a failed pod has been deleted. What happened half an hour ago is forgotten. */
export function nextBackoff(backoff: Backoff | undefined, nowMs: number): Backoff {
  const forgotten = backoff === undefined || nowMs - backoff.since > longestMs * 2;
  return { since: nowMs, delayMs: forgotten ? firstMs : Math.min(longestMs, backoff.delayMs * 2) };
}
