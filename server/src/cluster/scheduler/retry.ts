// Whether something that changed gives a waiting pod a new chance (Kubernetes: queueing hints). Asked of the filters that refused
// it, one by one, as in Kubernetes: when one of them would not refuse any more the pod is tried, if only to say what hinders it now.
import type { Pod } from '../../schema/generated/types.ts';
import type { NodeInfo } from './node-info.ts';
import type { FilterPlugin, PodInfo, SchedulingView } from './plugin.ts';
import { filters } from './plugins.ts';
import type { QueuedPod } from './queue.ts';

export interface Changes {
  /** Are new, were changed, or lost a pod. */
  readonly nodes: readonly NodeInfo[];
  /** Came, went, or changed their labels. */
  readonly pods: readonly Pod[];
  /** Whether any claim or volume came, went or changed. */
  readonly volumes: boolean;
}

export function mayFitNow({ refusedBy }: QueuedPod, info: PodInfo, changes: Changes, view: SchedulingView): boolean {
  const { nodes } = changes;
  // Refused without a filter: there were no nodes.
  if (refusedBy.size === 0) return nodes.length > 0;
  const eligible = nodes.filter(({ name }) => filters.every((filter) => filter.nodeNames?.(info)?.has(name) ?? true));
  return filters.some((filter) => refusedBy.has(filter.name) && relents(filter, info, { ...changes, nodes: eligible }, view));
}

function relents(filter: FilterPlugin, info: PodInfo, { nodes, pods, volumes }: Changes, view: SchedulingView): boolean {
  if (filter.refusePod) {
    if (filter.refusePod(info, view) !== undefined) return false;
    if (volumes) return true;
  }
  const check = nodes.length > 0 ? filter.prepare(info, view) : undefined;
  return nodes.some((node) => !check?.(node)) || pods.some((pod) => filter.retry?.(info, pod, view));
}
