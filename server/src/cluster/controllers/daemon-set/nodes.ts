// The pods of a DaemonSet, node by node: what every decision looks at.
import type { Node, Pod } from '../../../schema/generated/types.ts';
import { isFinished } from '../../store/pod-facts.ts';
import { nodeOf } from './daemon-pod.ts';
import type { Placement } from './placement.ts';

export interface DaemonNode {
  readonly name: string;
  readonly placement: Placement;
  /** Those that run there or were made for it, terminating ones too; the oldest first. */
  readonly pods: readonly Pod[];
}

/** Every node, and after them those that only pods still name. */
export function daemonNodes(nodes: Iterable<Node>, placementOn: (node: Node) => Placement, pods: Iterable<Pod>): readonly DaemonNode[] {
  const podsOn = byNode(pods);
  const all: DaemonNode[] = [];
  for (const node of nodes) {
    const { name } = node.metadata;
    all.push({ name, placement: placementOn(node), pods: podsOn.get(name)?.sort(byAge) ?? none });
    podsOn.delete(name);
  }
  for (const [name, there] of podsOn) all.push({ name, placement: 'gone', pods: there.sort(byAge) });
  return all;
}

/** What has finished and is being deleted is nobody's concern any more: the kubelet sees to it. */
function byNode(pods: Iterable<Pod>): Map<string, Pod[]> {
  const found = new Map<string, Pod[]>();
  for (const pod of pods) {
    const node = isFinished(pod) && pod.metadata.deletionTimestamp !== undefined ? undefined : nodeOf(pod);
    if (node === undefined) continue;
    const there = found.get(node);
    if (there) there.push(pod);
    else found.set(node, [pod]);
  }
  return found;
}

const none: readonly Pod[] = [];

/** Bound ones first, then by age. Source: podByCreationTimestampAndPhase. */
function byAge(a: Pod, b: Pod): number {
  const [bound, otherBound] = [a.spec.nodeName ? 0 : 1, b.spec.nodeName ? 0 : 1];
  if (bound !== otherBound) return bound - otherBound;
  const [made, otherMade] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (made !== otherMade) return made < otherMade ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
