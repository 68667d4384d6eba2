// One pod on every node that should have one, and none elsewhere.
// Source: podsShouldBeOnNode, getUnscheduledPodsWithoutNode (pkg/controller/daemon/daemon_controller.go).
import type { Pod } from '../../../schema/generated/types.ts';
import type { EventDraft } from '../../runtime/writer.ts';
import { availableInMs, isReady } from './availability.ts';
import { isUpdated } from './daemon-pod.ts';
import type { DaemonNode, Rules } from './node.ts';

export interface Changes {
  /** Nodes that need a pod, by name. */
  readonly create: readonly string[];
  readonly remove: readonly Pod[];
}

export interface NodeChanges extends Changes {
  readonly events: readonly EventDraft[];
  /** A failed pod of it is deleted: its back-off grows. */
  readonly backsOff: boolean;
  /** How long a failed pod is kept. */
  readonly waitMs?: number;
}

const nothing: NodeChanges = { create: [], remove: [], events: [], backsOff: false };

/** undefined: the node is as it should be. */
export function manageNode(node: DaemonNode, rules: Rules): NodeChanges | undefined {
  const { name, placement, pods } = node;
  switch (placement) {
    case 'run':
      return pods.length === 0 ? { ...nothing, create: [name] } : tend(node, rules);
    case 'stay':
      return tend(node, rules);
    case 'leave':
      return removing(pods.filter(isKept));
    case 'gone':
      // A pod that waits for a node which is gone would wait forever.
      return removing(pods.filter(({ spec }) => !spec.nodeName));
  }
}

const isKept = ({ metadata }: Pod): boolean => metadata.deletionTimestamp === undefined;

const removing = (remove: readonly Pod[]): NodeChanges | undefined => (remove.length === 0 ? undefined : { ...nothing, remove });

/** What has ended goes, and its successor is made when it is gone; of what runs, only what should be there stays. */
function tend({ name, pods, placement, keptForMs }: DaemonNode, rules: Rules): NodeChanges | undefined {
  const running = pods.filter(runs);
  if (running.length === 1 && pods.length === 1) return undefined;
  const failed = pods.find((pod) => pod.status.phase === 'Failed' && isKept(pod));
  const waits = failed !== undefined && keptForMs > 0;
  const ended = pods.filter((pod) => (pod.status.phase === 'Succeeded' && isKept(pod)) || (pod === failed && !waits));
  const surges = rules.update === 'surge';
  // A surging DaemonSet does not wait until the old pod is gone.
  const create = surges && running.length === 0 && placement === 'run' ? [name] : nothing.create;
  const remove = [...ended, ...(surges ? surplusOfSurge(running, rules) : running.slice(1))];
  if (create.length + remove.length === 0 && !waits) return undefined;
  const events = ended.map((pod) => endOf(pod, name));
  return { create, remove, events, backsOff: failed !== undefined && !waits, ...(waits && { waitMs: keptForMs }) };
}

const runs = (pod: Pod): boolean => isKept(pod) && pod.status.phase !== 'Failed' && pod.status.phase !== 'Succeeded';

function endOf({ metadata: { namespace, name }, status }: Pod, node: string): EventDraft {
  return status.phase === 'Failed'
    ? { type: 'Warning', reason: 'FailedDaemonPod', message: `Found failed daemon pod ${namespace}/${name} on node ${node}, will try to kill it` }
    : { type: 'Normal', reason: 'SucceededDaemonPod', message: `Found succeeded daemon pod ${namespace}/${name} on node ${node}, will try to delete it` };
}

/**
 * Two pods may be there only while the old one still serves and the new one does not yet:
 *   old ready, new not available: both stay. Old ready, new available: the old one goes. Old not ready: the old one goes.
 * `running`: the oldest first; of several of a sort the oldest counts and the others go.
 */
function surplusOfSurge(running: readonly Pod[], { hash, minReadySeconds, nowMs }: Rules): readonly Pod[] {
  if (running.length <= 1) return [];
  const updated = running.find((pod) => isUpdated(pod, hash));
  const old = running.find((pod) => !isUpdated(pod, hash));
  const surplus = running.filter((pod) => pod !== updated && pod !== old);
  if (updated && old && (!isReady(old) || availableInMs(updated, minReadySeconds, nowMs) === 0)) surplus.push(old);
  return surplus;
}
