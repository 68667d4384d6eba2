// Pods: they begin Pending, and a deleted one that runs somewhere is given time to stop.
import { qosClassOf } from './qos-class.ts';
import type { ObjectMeta } from '../../../kube/object.ts';
import type { Pod, PodCondition } from '../../../schema/generated/types.ts';
import { isEqual } from '../../../kube/equal.ts';
import { mergeMatchLabelKeys } from '../../../validation/pod/match-label-keys.ts';
import { unprobed } from '../../unprobed.ts';
import type { KindStrategy } from '../strategy.ts';

export const podStrategy: KindStrategy<Pod> = {
  prepareForCreate: (pod) => ({
    ...pod,
    spec: mergeMatchLabelKeys(pod.spec, pod.metadata.labels),
    status: { phase: 'Pending', qosClass: qosClassOf(pod.spec), ...(pod.spec.schedulingGates?.length && { conditions: [gated] }) },
  }),
  isNewGeneration: (next, before) => !isEqual(next.spec, before.spec),
  statusTakesMetadata: true,
  prepareForStatusUpdate(next, before) {
    const { qosClass } = before.status;
    const owned = next.metadata === before.metadata ? next : { ...next, metadata: withOwnersOf(before.metadata, next.metadata) };
    return qosClass && !owned.status.qosClass ? { ...owned, status: { ...owned.status, qosClass } } : owned;
  },
  gracePeriodSeconds({ spec, status }, asked) {
    if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded') return 0;
    const seconds = asked ?? spec.terminationGracePeriodSeconds ?? 0;
    return seconds < 0 ? 1 : seconds;
  },
};

const gated: PodCondition = {
  type: 'PodScheduled',
  status: 'False',
  ...unprobed,
  lastTransitionTime: null as never,
  reason: 'SchedulingGated',
  message: 'Scheduling is blocked due to non-empty scheduling gates',
};

/** Owners are not a matter of the status: old kubelets wrote them wrong. */
function withOwnersOf({ ownerReferences }: ObjectMeta, sent: ObjectMeta): ObjectMeta {
  const { ownerReferences: _, ...metadata } = sent;
  return { ...metadata, ...(ownerReferences && { ownerReferences }) };
}
