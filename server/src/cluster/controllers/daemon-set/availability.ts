// When a pod is available: ready for minReadySeconds (IsPodAvailable, pkg/api/v1/pod/util.go).
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { readyCondition } from '../../store/pod-facts.ts';

export const isReady = (pod: Pod): boolean => readyCondition(pod)?.status === 'True';

/** In how many milliseconds a pod is available when it stays ready; 0: it is; undefined: it is not ready, or nobody knows since when. */
export function availableInMs(pod: Pod, minReadySeconds: number, nowMs: number): number | undefined {
  const ready = readyCondition(pod);
  if (ready?.status !== 'True') return undefined;
  if (minReadySeconds === 0) return 0;
  const since = parseTime(ready.lastTransitionTime);
  return since === undefined ? undefined : Math.max(0, since + minReadySeconds * 1_000 - nowMs);
}
