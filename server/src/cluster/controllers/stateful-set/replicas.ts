// The pods that are wanted: made where they are missing, removed when they have ended (to be made again), and mended.
// OrderedReady stops at the first one that is not there yet, so that a pod is made only when all before it are available:
//   0 available, 1 starting, 2 missing: nothing to do now.
// Parallel goes on to the end.
// Source: processReplica (stateful_set_control.go).
import type { Pod } from '../../../schema/generated/types.ts';
import { isFinished } from '../../store/pod-facts.ts';
import { hasStaleClaim, isEmpty, planClaims, planOwners } from './claims.ts';
import { isDeleted } from './health.ts';
import { isOrdered, podIndexLabel, podNameLabel } from './identity.ts';
import type { Member, Members } from './members.ts';
import type { Phase } from './plan.ts';
import type { Step } from './step.ts';
import type { StatefulSetView } from './view.ts';

export function planReplicas(view: StatefulSetView, { wanted }: Members): Phase {
  const ordered = isOrdered(view.set);
  const steps: Step[] = [];
  for (const member of wanted) {
    const step = member.pod ? stepFor(view, member, member.pod, ordered) : stepForMissing(view, member);
    if (step) steps.push(step);
    if (ordered && !member.available) return { steps, blocks: true };
  }
  return { steps, blocks: false };
}

function stepForMissing(view: StatefulSetView, member: Member): Step | undefined {
  const ref = { name: member.name, uid: '' };
  if (hasStaleClaim(view, ref)) return undefined;
  return { do: 'create', member, claims: planClaims(view, ref), why: 'create-pod' };
}

function stepFor(view: StatefulSetView, { available }: Member, pod: Pod, ordered: boolean): Step | undefined {
  if (isFinished(pod)) return isDeleted(pod) ? undefined : { do: 'delete', name: pod.metadata.name, why: 'replace-finished-pod' };
  if (pod.status.phase === 'Pending') {
    const claims = planClaims(view, pod.metadata);
    if (!isEmpty(claims)) return { do: 'claim', pod, claims, why: 'claim-volumes' };
  }
  if (ordered && !available) return undefined;
  const claims = planOwners(view, pod.metadata);
  return claims.length > 0 || !knowsItself(pod) ? { do: 'mend', pod: withIdentity(pod), claims, why: 'mend-pod' } : undefined;
}

const knowsItself = ({ metadata }: Pod): boolean => metadata.labels?.[podNameLabel] === metadata.name;

function withIdentity(pod: Pod): Pod {
  if (knowsItself(pod)) return pod;
  const { name, labels } = pod.metadata;
  const index = name.slice(name.lastIndexOf('-') + 1);
  return { ...pod, metadata: { ...pod.metadata, labels: { ...labels, [podNameLabel]: name, [podIndexLabel]: index } } };
}
