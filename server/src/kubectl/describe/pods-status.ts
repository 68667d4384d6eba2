// 'Pods Status:' of a controller: its pods by phase.
import { controllerOf, type KubeObject } from '../../kube/object.ts';
import type { Pod } from '../../schema/generated/types.ts';
import type { Around } from './describer.ts';

/** Pods that match but belong to another, or to nobody, do not count. */
export function podsStatusLine(controller: KubeObject, labelSelector: string, around: Around): string {
  const { namespace, uid } = controller.metadata;
  const pods = around.list<Pod>('v1', 'Pod', { labelSelector, ...(namespace !== undefined && { namespace }) }).filter((pod) => controllerOf(pod)?.uid === uid);
  const count = (phase: string) => pods.filter((pod) => pod.status.phase === phase).length;
  return `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`;
}
