// What counts as an active, a terminating, a ready pod: the words that controllers, indexes and counts share.
// Source: IsPodActive, IsPodTerminating (pkg/controller/controller_utils.go) and IsPodReady (pkg/api/v1/pod/util.go).
import type { Pod, PodCondition } from '../../schema/generated/types.ts';

/** Succeeded or Failed: no container of it will ever run again. */
export const isFinished = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** Runs or is going to: what a controller counts against the number that it wants. */
export const isActive = (pod: Pod): boolean => pod.metadata.deletionTimestamp === undefined && !isFinished(pod);

/** Is being deleted and has not stopped yet. */
export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined && !isFinished(pod);

export const readyCondition = (pod: Pod): PodCondition | undefined => pod.status.conditions?.find((condition) => condition.type === 'Ready');
