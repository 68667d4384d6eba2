// One pod on every node that should have one, and none elsewhere.
// Source: podsShouldBeOnNode, getUnscheduledPodsWithoutNode (pkg/controller/daemon/daemon_controller.go).
import type { Pod } from '../../../schema/generated/types.ts';
import type { EventDraft } from '../../runtime/writer.ts';
import { availableInMs, isReady } from './availability.ts';
import { isUpdated } from './daemon-pod.ts';
import type { DaemonNode } from './nodes.ts';

export interface ManageRules {
  /** Of the current revision. */
  readonly hash: string;
  readonly surges: boolean;
  readonly minReadySeconds: number;
  readonly nowMs: number;
  /** How long a failed pod on a node has to be kept; 0: not at all. */
  keptForMs(node: string): number;
}

export interface Changes {
  /** Nodes that need a pod, by name. */
  readonly create: readonly string[];
  readonly remove: readonly Pod[];
}

export interface NodeChanges extends Changes {
  readonly events: readonly EventDraft[];
  /** A failed pod of it is deleted: its back-off grows. */
  readonly backsOff: boolean;
  readonly requeueAfterMs?: number;
}

const nothing: NodeChanges = { create: [], remove: [], events: [], backsOff: false };

export function manageNode(node: DaemonNode, rules: ManageRules): NodeChanges {
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

const removing = (remove: readonly Pod[]): NodeChanges => (remove.length === 0 ? nothing : { ...nothing, remove });

/** What has ended goes, and its successor is made when it is gone; of what runs, only what should be there stays. */
function tend(node: DaemonNode, rules: ManageRules): NodeChanges {
  const { name, pods, placement } = node;
  if (pods.length === 1 && runs(pods[0]!)) return nothing;
  const failed = pods.find((pod) => pod.status.phase === 'Failed' && isKept(pod));
  const keptForMs = failed ? rules.keptForMs(name) : 0;
  const ended = pods.filter((pod) => (pod.status.phase === 'Succeeded' && isKept(pod)) || (pod === failed && keptForMs === 0));
  const running = pods.filter(runs);
  return {
    // A surging DaemonSet does not wait until the old pod is gone.
    create: rules.surges && running.length === 0 && placement === 'run' ? [name] : nothing.create,
    remove: [...ended, ...(rules.surges ? surplusOfSurge(running, rules) : running.slice(1))],
    events: ended.map((pod) => endOf(pod, name)),
    backsOff: failed !== undefined && keptForMs === 0,
    ...(keptForMs > 0 && { requeueAfterMs: keptForMs }),
  };
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
function surplusOfSurge(running: readonly Pod[], { hash, minReadySeconds, nowMs }: ManageRules): readonly Pod[] {
  if (running.length <= 1) return [];
  const newest = running.find((pod) => isUpdated(pod, hash));
  const old = running.find((pod) => !isUpdated(pod, hash));
  const surplus = running.filter((pod) => pod !== newest && pod !== old);
  if (newest && old && (!isReady(old) || availableInMs(newest, minReadySeconds, nowMs) === 0)) surplus.push(old);
  return surplus;
}
