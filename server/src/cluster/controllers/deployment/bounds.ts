// How far a rollout may go: the most pods that the ReplicaSets may want together, and the fewest that must stay available.
// Source: ResolveFenceposts, MaxSurge, MaxUnavailable, NewRSNewReplicas (pkg/controller/deployment/util/deployment_util.go).
import { resolveIntOrString } from '../../../kube/int-or-string.ts';
import type { Deployment, DeploymentSpec } from '../../../schema/generated/types.ts';

export interface Bounds {
  readonly desired: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  /** desired + maxSurge */
  readonly atMost: number;
  /** desired − maxUnavailable */
  readonly atLeast: number;
}

export const isRolling = ({ spec }: Deployment): boolean => spec.strategy.type === 'RollingUpdate';

export const desiredOf = ({ spec }: Deployment): number => spec.replicas ?? 1;

/**
 * A surge rounds up and an unavailability rounds down, so that a percentage never costs more than was allowed:
 *   10 desired, 25 % and 25 %: surge ⌈2.5⌉ = 3, unavailable ⌊2.5⌋ = 2, so at most 13 and at least 8.
 * When both come out as 0 nothing could ever move, so one pod may be missing (a surge might not fit a quota):
 *   2 desired, surge 0 %, unavailable 1 %: ⌊0.02⌋ = 0 becomes 1, so old 2 → 1, new 0 → 1, old 1 → 0, new 1 → 2.
 * Recreate has no room in either direction: it is about order, not about numbers.
 */
export function boundsOf({ spec }: Deployment): Bounds {
  let bounds = known.get(spec);
  if (!bounds) known.set(spec, (bounds = resolve(spec)));
  return bounds;
}

// Every look at a Deployment asks several times, and nearly always about the same spec.
const known = new WeakMap<DeploymentSpec, Bounds>();

function resolve(spec: DeploymentSpec): Bounds {
  const desired = spec.replicas ?? 1;
  if (spec.strategy.type !== 'RollingUpdate') return { desired, maxSurge: 0, maxUnavailable: 0, atMost: desired, atLeast: desired };
  const { maxSurge: surge, maxUnavailable: unavailable } = spec.strategy.rollingUpdate ?? {};
  const maxSurge = resolveIntOrString(surge, desired, 'up');
  const rounded = resolveIntOrString(unavailable, desired, 'down');
  const maxUnavailable = Math.min(desired, maxSurge === 0 && rounded === 0 ? 1 : rounded);
  return { desired, maxSurge, maxUnavailable, atMost: desired + maxSurge, atLeast: desired - maxUnavailable };
}

/**
 * The size that the new ReplicaSet may have now, when all ReplicaSets together want `total` and it wants `size` of them.
 *   10 desired, surge 3; old 10, new 0: 13 − 10 = 3 more, so 3.
 *   10 desired, surge 3; old 8, new 3: 13 − 11 = 2 more, so 5.
 *   10 desired, surge 3; old 1, new 9: 13 − 10 = 3 more would be 12, but no more than desired, so 10.
 */
export function newSetSize(deployment: Deployment, size: number, total: number): number {
  const { desired, atMost } = boundsOf(deployment);
  if (!isRolling(deployment)) return desired;
  if (total >= atMost) return size;
  return size + Math.min(atMost - total, desired - size);
}
