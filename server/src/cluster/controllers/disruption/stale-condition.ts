// A pod that was told to go and is still there two minutes later is no target of a disruption any more.
import { splitKey } from '../../../kube/resource.ts';
import { isStatus } from '../../../kube/status.ts';
import { formatTime, parseTime } from '../../../kube/time.ts';
import type { Pod, PodCondition } from '../../../schema/generated/types.ts';
import { run, type Plan } from '../../runtime/controller.ts';
import { isFinished } from '../../store/pod-facts.ts';
import { unprobed } from '../../unprobed.ts';

const staleAfterMs = 120_000;

interface View {
  readonly pod: Pod;
  readonly condition: PodCondition;
  readonly nowMs: number;
}

interface StalePlan extends Plan {
  readonly reset: boolean;
}

export const staleDisruptionController = run<View, StalePlan>({
  name: 'stale-pod-disruption-controller',
  watches: [{ resource: 'pods', enqueue: ({ key, after }) => (after && mayBeStale(after as Pod) ? [key] : none) }],
  observe(key, reader, nowMs) {
    const { namespace, name } = splitKey(key);
    const pod = reader.get<Pod>('pods', namespace, name);
    const condition = pod && mayBeStale(pod);
    return condition ? { pod: pod!, condition, nowMs } : undefined;
  },
  plan({ condition }, nowMs) {
    const waitMs = (parseTime(condition.lastTransitionTime) ?? nowMs) + staleAfterMs - nowMs;
    return waitMs > 0 ? { reset: false, requeueAfterMs: waitMs } : { reset: true };
  },
  apply({ reset }, { pod, condition, nowMs }, writer) {
    if (!reset) return undefined;
    const { generation } = pod.metadata;
    const settled: PodCondition = {
      type: condition.type,
      status: 'False',
      ...unprobed,
      lastTransitionTime: formatTime(nowMs),
      ...(condition.observedGeneration !== undefined && generation !== undefined && { observedGeneration: generation }),
    };
    const conditions = pod.status.conditions!.map((one) => (one === condition ? settled : one));
    const written = writer.updateStatus<Pod>('pods', { ...pod, status: { ...pod.status, conditions } });
    return isStatus(written) && written.code !== 404 ? written : undefined;
  },
});

const none: readonly string[] = [];

/** The kubelet may take as long as it likes. */
function mayBeStale(pod: Pod): PodCondition | undefined {
  if (pod.metadata.deletionTimestamp !== undefined || isFinished(pod)) return undefined;
  return pod.status.conditions?.find(({ type, status, reason }) => type === 'DisruptionTarget' && status === 'True' && reason !== 'TerminationByKubelet');
}
