// One node in the eyes of a DaemonSet: what every decision about it looks at.
import type { Pod } from '../../../schema/generated/types.ts';
import { isFinished } from '../../store/pod-facts.ts';
import type { Placement } from './placement.ts';

export interface DaemonNode {
  readonly name: string;
  readonly placement: Placement;
  /** Those that run there or were made for it, terminating ones too; in the order of inOrder. */
  readonly pods: readonly Pod[];
  /** How long a failed pod has to be kept there; 0: not at all. */
  readonly keptForMs: number;
}

/** What of the DaemonSet the decisions depend on. */
export interface Rules {
  /** Of the current revision. */
  readonly hash: string;
  readonly minReadySeconds: number;
  /** What an update does with an old pod: nothing by itself; delete it, so that a new one is made; put a new one beside it. */
  readonly update: 'onDelete' | 'replace' | 'surge';
  readonly nowMs: number;
}

/**
 * Bound ones first, then by age. What has finished and is being deleted is nobody's concern any more: the kubelet sees to it.
 * Source: podByCreationTimestampAndPhase, getNodesToDaemonPods.
 */
export const inOrder = (pods: readonly Pod[]): readonly Pod[] =>
  pods.filter((pod) => !isFinished(pod) || pod.metadata.deletionTimestamp === undefined).sort(byAge);

function byAge(a: Pod, b: Pod): number {
  const [bound, otherBound] = [a.spec.nodeName ? 0 : 1, b.spec.nodeName ? 0 : 1];
  if (bound !== otherBound) return bound - otherBound;
  const [made, otherMade] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (made !== otherMade) return made < otherMade ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
