// The status of a DaemonSet from what its nodes come to.
// Source: storeDaemonSetStatus (pkg/controller/daemon/daemon_controller.go).
import type { DaemonSet, DaemonSetStatus } from '../../../schema/generated/types.ts';
import type { Counts } from './counts.ts';

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
