// How far a rolling update may go. Source: UnavailableCount, SurgeCount, updatedDesiredNodeCounts.
import { resolveIntOrString } from '../../../kube/int-or-string.ts';
import type { DaemonSet } from '../../../schema/generated/types.ts';
import type { Rules } from './node.ts';

export interface Bounds {
  /** Nodes that may be without an available pod. */
  readonly maxUnavailable: number;
  /** Nodes that may have a new pod beside an old one. */
  readonly maxSurge: number;
}

/**
 * Both round up, so that a percentage of few nodes is still one of them: 3 nodes, 10 %: ⌈0.3⌉ = 1.
 * When both come out as 0 nothing could ever move, so one pod may be missing.
 */
export function boundsOf(set: DaemonSet, desired: number): Bounds {
  const { maxUnavailable: unavailable, maxSurge: surge } = set.spec.updateStrategy.rollingUpdate ?? {};
  const maxSurge = resolveIntOrString(surge, desired, 'up');
  const maxUnavailable = resolveIntOrString(unavailable, desired, 'up');
  return { maxSurge, maxUnavailable: desired > 0 && maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable };
}

/** Which way an update takes. */
export function updateOf({ spec: { updateStrategy } }: DaemonSet): Rules['update'] {
  if (updateStrategy.type !== 'RollingUpdate') return 'onDelete';
  return resolveIntOrString(updateStrategy.rollingUpdate?.maxSurge, 1, 'up') > 0 ? 'surge' : 'replace';
}
