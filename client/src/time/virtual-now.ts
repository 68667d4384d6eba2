import type { TimeState } from '../../../server/src/protocol/cluster-view.ts';

/** The cluster's present, `sinceMs` wall-clock milliseconds after it said what time it was. As fast as it goes, only the cluster knows. */
export function virtualNow(time: TimeState, sinceMs: number): number {
  return time.paused || time.speed === 'max' ? time.now : time.now + Math.max(0, sinceMs) * time.speed;
}
