// How far a pod of a StatefulSet is.
// Source: isRunningAndReady, isRunningAndAvailable, isUnavailable (stateful_set_utils.go), IsPodAvailable (pkg/api/v1/pod/util.go).
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { readyCondition } from '../../store/pod-facts.ts';

export const isDeleted = ({ metadata }: Pod): boolean => metadata.deletionTimestamp !== undefined;

export const isReady = (pod: Pod): boolean => pod.status.phase === 'Running' && readyCondition(pod)?.status === 'True';

/**
 * From when on a pod is available, should it stay ready, in milliseconds since 1970: 0 for one that needs no time, infinity for one
 * that is not ready. Ready since 12:00:07 with minReadySeconds 3 it is available from 12:00:10 on.
 */
export function availableFrom(pod: Pod, minReadySeconds: number): number {
  const ready = readyCondition(pod);
  if (ready?.status !== 'True') return Number.POSITIVE_INFINITY;
  if (minReadySeconds === 0) return 0;
  const since = parseTime(ready.lastTransitionTime);
  return since === undefined ? Number.POSITIVE_INFINITY : since + minReadySeconds * 1000;
}
