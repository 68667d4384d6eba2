// The pods that are wanted: made where they are missing, removed when they have ended (to be made again), and mended.
// OrderedReady stops at the first one that is not there yet, so that a pod is made only when all before it are available:
//   0 available, 1 starting, 2 missing: nothing to do now.
// Parallel goes on to the end.
// Source: processReplica (stateful_set_control.go).
import type { Pod } from '../../../schema/generated/types.ts';
import { isFinished } from '../../store/pod-facts.ts';
import { hasStaleClaim, isEmpty, planClaims, planOwners, type ClaimSource } from './claims.ts';
import { isDeleted } from './health.ts';
import { isOrdered, podIndexLabel, podNameLabel } from './identity.ts';
import type { Phase } from './plan.ts';
import type { Step } from './step.ts';
import type { StatefulSetView } from './view.ts';

export function planReplicas({ set, roster }: StatefulSetView): Phase {
  const { todo, unavailable } = roster.wanted;
  const first = isOrdered(set) ? unavailable.lowest : undefined;
  return { steps: todo.upTo(first ?? Number.POSITIVE_INFINITY).map((ordinal) => roster.stepAt(ordinal)!), blocks: first !== undefined };
}

/** What to do at a wanted ordinal when its turn comes. `available`: its pod has been ready for long enough. */
export function stepFor(source: ClaimSource, ordinal: number, name: string, pod: Pod | undefined, available: boolean): Step | undefined {
  if (!pod) return stepForMissing(source, ordinal, name);
  if (isFinished(pod)) return isDeleted(pod) ? undefined : { do: 'delete', name, why: 'replace-finished-pod' };
  if (pod.status.phase === 'Pending') {
    const claims = planClaims(source, pod.metadata);
    if (!isEmpty(claims)) return { do: 'claim', pod, claims, why: 'claim-volumes' };
  }
  if (isOrdered(source.set) && (!available || isDeleted(pod))) return undefined;
  const claims = planOwners(source, pod.metadata);
  return claims.length > 0 || !knowsItself(pod) ? { do: 'mend', pod: withIdentity(pod), claims, why: 'mend-pod' } : undefined;
}

function stepForMissing(source: ClaimSource, ordinal: number, name: string): Step | undefined {
  const ref = { name, uid: '' };
  if (hasStaleClaim(source, ref)) return undefined;
  return { do: 'create', ordinal, name, claims: planClaims(source, ref), why: 'create-pod' };
}

const knowsItself = ({ metadata }: Pod): boolean => metadata.labels?.[podNameLabel] === metadata.name;

function withIdentity(pod: Pod): Pod {
  if (knowsItself(pod)) return pod;
  const { name, labels } = pod.metadata;
  const index = name.slice(name.lastIndexOf('-') + 1);
  return { ...pod, metadata: { ...pod.metadata, labels: { ...labels, [podNameLabel]: name, [podIndexLabel]: index } } };
}
