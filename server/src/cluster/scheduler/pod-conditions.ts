// What the scheduler writes into the status of pods.
import type { Pod, PodCondition } from '../../schema/generated/types.ts';
import { unprobed } from '../unprobed.ts';

/** A pod that fits nowhere, and the node that was promised to it. */
export function refusedPod(pod: Pod, message: string, nominated: string | undefined, time: string): Pod {
  const before = pod.status.conditions?.find(({ type }) => type === 'PodScheduled');
  const since = before?.status === 'False' ? before.lastTransitionTime : undefined;
  const after = withCondition(pod, { type: 'PodScheduled', status: 'False', lastTransitionTime: since ?? time, reason: 'Unschedulable', message });
  return nominated === undefined ? after : { ...after, status: { ...after.status, nominatedNodeName: nominated } };
}

/** A pod that has to make room. */
export const disruptedPod = (pod: Pod, time: string): Pod =>
  withCondition(pod, {
    type: 'DisruptionTarget',
    status: 'True',
    lastTransitionTime: time,
    reason: 'PreemptionByScheduler',
    message: 'default-scheduler: preempting to accommodate a higher priority pod',
  });

function withCondition(pod: Pod, condition: PodCondition): Pod {
  const { generation } = pod.metadata;
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== condition.type);
  const observed = { ...unprobed, ...condition, ...(generation !== undefined && { observedGeneration: generation }) };
  return { ...pod, status: { ...pod.status, conditions: [...others, observed] } };
}
