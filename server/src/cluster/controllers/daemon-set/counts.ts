// What the status counts. Of several pods on a node the first one counts: the oldest that is bound.
// Source: updateDaemonSetStatus (pkg/controller/daemon/daemon_controller.go).
import { availableInMs, isReady } from './availability.ts';
import { isUpdated } from './daemon-pod.ts';
import type { DaemonNode, Rules } from './node.ts';

export interface Counts {
  /** Nodes that should have a pod. */
  readonly desired: number;
  /** Of these, nodes that have one; with one that is ready, available, of the newest template. */
  readonly current: number;
  readonly ready: number;
  readonly available: number;
  readonly updated: number;
  /** Nodes that have a pod and should not have one. */
  readonly misscheduled: number;
}

const none: Counts = { desired: 0, current: 0, ready: 0, available: 0, updated: 0, misscheduled: 0 };

/** What one node adds. */
export function countsOf({ placement, pods }: DaemonNode, { hash, minReadySeconds, nowMs }: Rules): Counts {
  const [pod] = pods;
  if (placement !== 'run') return pod && placement !== 'gone' ? { ...none, misscheduled: 1 } : none;
  if (!pod) return { ...none, desired: 1 };
  return {
    desired: 1,
    current: 1,
    ready: isReady(pod) ? 1 : 0,
    available: availableInMs(pod, minReadySeconds, nowMs) === 0 ? 1 : 0,
    updated: isUpdated(pod, hash) ? 1 : 0,
    misscheduled: 0,
  };
}

/** In how many milliseconds the next ready pod of the node becomes available. */
export function availabilityWaitMs({ pods }: DaemonNode, { minReadySeconds, nowMs }: Rules): number | undefined {
  const waits = pods.map((pod) => availableInMs(pod, minReadySeconds, nowMs)).filter((ms) => ms !== undefined && ms > 0) as number[];
  return waits.length === 0 ? undefined : Math.min(...waits);
}
