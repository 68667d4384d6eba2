// A pod that is going to be deleted through no fault of its own, with the condition that says why.
// Source: UpdatePodCondition (pkg/api/v1/pod/util.go).
import type { Pod, PodCondition } from '../../schema/generated/types.ts';
import { unprobed } from '../unprobed.ts';

const type = 'DisruptionTarget';

/** `time`: RFC 3339. A pod that is a target already stays one since when it was. */
export function disruptedPod({ metadata, status, ...pod }: Pod, reason: string, message: string, time: string): Pod {
  const { conditions = [] } = status;
  const at = conditions.findIndex((condition) => condition.type === type);
  const before = conditions[at];
  const condition: PodCondition = {
    type,
    status: 'True',
    ...unprobed,
    reason,
    message,
    lastTransitionTime: (before?.status === 'True' ? before.lastTransitionTime : undefined) ?? time,
    ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
  };
  return { ...pod, metadata, status: { ...status, conditions: before ? conditions.with(at, condition) : [...conditions, condition] } };
}
