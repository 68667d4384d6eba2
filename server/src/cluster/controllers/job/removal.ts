// Which active pods of a job go when there are too many, or when two have the same index.
// Source: activePodsForRemoval (job_controller.go), ActivePods (pkg/controller/controller_utils.go).
import { parseTime } from '../../../kube/time.ts';
import type { Job, Pod } from '../../../schema/generated/types.ts';
import { readyCondition } from '../../store/pod-facts.ts';
import { isIndexed } from './facts.ts';
import { validIndexOf } from './pod-facts.ts';

/** At least so many; pods that have no index of the job's, and the lesser of two with the same one, always. */
export function podsToRemove(job: Job, active: readonly Pod[], atLeast: number): readonly Pod[] {
  const surplus = isIndexed(job) ? misplaced(job, active) : none;
  if (surplus.length >= atLeast) return surplus;
  const rest = active.filter((pod) => !surplus.includes(pod)).toSorted(goesBefore);
  return [...surplus, ...rest.slice(0, atLeast - surplus.length)];
}

const none: readonly Pod[] = [];

function misplaced(job: Job, active: readonly Pod[]): readonly Pod[] {
  const byIndex = new Map<number | undefined, Pod[]>();
  for (const pod of active) {
    const index = validIndexOf(pod, job);
    const same = byIndex.get(index);
    if (same) same.push(pod);
    else byIndex.set(index, [pod]);
  }
  return [...byIndex].flatMap(([index, pods]) => (index === undefined ? pods : pods.length > 1 ? pods.toSorted(goesBefore).slice(0, -1) : none));
}

const phases: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** Negative: a goes before b. What has come less far goes first; of what is alike, the younger. */
function goesBefore(a: Pod, b: Pod): number {
  const [readyA, readyB] = [readySince(a), readySince(b)];
  return (
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    (phases[a.status.phase ?? ''] ?? 0) - (phases[b.status.phase ?? ''] ?? 0) ||
    Number(readyA !== undefined) - Number(readyB !== undefined) ||
    (readyB ?? 0) - (readyA ?? 0) ||
    restarts(b) - restarts(a) ||
    parseTime(b.metadata.creationTimestamp)! - parseTime(a.metadata.creationTimestamp)!
  );
}

function readySince(pod: Pod): number | undefined {
  const ready = readyCondition(pod);
  return ready?.status === 'True' ? (parseTime(ready.lastTransitionTime) ?? 0) : undefined;
}

const restarts = ({ status }: Pod) => Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
