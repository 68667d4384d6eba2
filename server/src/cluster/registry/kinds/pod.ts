// Pods: they begin Pending, and a deleted one that runs somewhere is given time to stop.
import { qosClassOf } from './qos-class.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { isEqual } from '../../../kube/equal.ts';
import { mergeMatchLabelKeys } from '../../../validation/pod/match-label-keys.ts';
import type { KindStrategy } from '../strategy.ts';

export const podStrategy: KindStrategy<Pod> = {
  prepareForCreate: (pod) => ({
    ...pod,
    spec: mergeMatchLabelKeys(pod.spec, pod.metadata.labels),
    status: { phase: 'Pending', qosClass: qosClassOf(pod.spec), ...(pod.spec.schedulingGates?.length && { conditions: [gated] }) },
  }),
  isNewGeneration: (next, before) => !isEqual(next.spec, before.spec),
  prepareForStatusUpdate: (next, { status: { qosClass } }) => (qosClass && !next.status.qosClass ? { ...next, status: { ...next.status, qosClass } } : next),
  gracePeriodSeconds({ spec, status }, asked) {
    if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded') return 0;
    const seconds = asked ?? spec.terminationGracePeriodSeconds ?? 0;
    return seconds < 0 ? 1 : seconds;
  },
};

const gated = { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'Scheduling is blocked due to non-empty scheduling gates' };
