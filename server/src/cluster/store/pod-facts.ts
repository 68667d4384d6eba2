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

/**
 * The node that a pod is on, or that it asks for by name as the pods of DaemonSets do; undefined when nothing tells.
 * Source: GetTargetNodeName (pkg/controller/daemon/util/daemonset_util.go).
 */
export function targetNode({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const named = terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key, operator }) => key === 'metadata.name' && operator === 'In');
  return named?.values?.length === 1 ? named.values[0] : undefined;
}
