// The status of a DaemonSet. Of several pods on a node the first one counts: the oldest that is bound.
// Source: updateDaemonSetStatus, storeDaemonSetStatus (pkg/controller/daemon/daemon_controller.go).
import type { DaemonSet, DaemonSetStatus } from '../../../schema/generated/types.ts';
import { availableInMs, isReady } from './availability.ts';
import { isUpdated } from './daemon-pod.ts';
import type { DaemonNode } from './nodes.ts';

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
  /** In how many milliseconds the next ready pod becomes available. */
  readonly nextAvailableMs?: number;
}

export function countNodes(nodes: readonly DaemonNode[], hash: string, minReadySeconds: number, nowMs: number): Counts {
  let [desired, current, ready, available, updated, misscheduled] = [0, 0, 0, 0, 0, 0];
  let next = Number.POSITIVE_INFINITY;
  for (const { placement, pods } of nodes) {
    const [pod] = pods;
    if (placement !== 'run') {
      if (pod && placement !== 'gone') misscheduled++;
      continue;
    }
    desired++;
    if (!pod) continue;
    current++;
    if (isUpdated(pod, hash)) updated++;
    if (isReady(pod)) ready++;
    const left = availableInMs(pod, minReadySeconds, nowMs);
    if (left === 0) available++;
    else if (left !== undefined) next = Math.min(next, left);
  }
  return { desired, current, ready, available, updated, misscheduled, ...(next !== Number.POSITIVE_INFINITY && { nextAvailableMs: next }) };
}

/** As it should be; the same object when it is so already. */
export function statusOf({ status, metadata }: DaemonSet, counts: Counts): DaemonSetStatus {
  const unavailable = counts.desired - counts.available;
  const next: DaemonSetStatus = {
    currentNumberScheduled: counts.current,
    numberMisscheduled: counts.misscheduled,
    desiredNumberScheduled: counts.desired,
    numberReady: counts.ready,
    observedGeneration: metadata.generation ?? 0,
    ...(counts.updated > 0 && { updatedNumberScheduled: counts.updated }),
    ...(counts.available > 0 && { numberAvailable: counts.available }),
    ...(unavailable > 0 && { numberUnavailable: unavailable }),
    ...(status.collisionCount !== undefined && { collisionCount: status.collisionCount }),
    ...(status.conditions && { conditions: status.conditions }),
  };
  return written.every((field) => next[field] === status[field]) ? status : next;
}

const written = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'observedGeneration',
] as const;
