// The words for a pod that fits nowhere: "0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. …".
import type { Refusal, SchedulingView } from './plugin.ts';
import type { Misfit } from './schedule.ts';

/** `preemption`: what came of looking for pods to remove; undefined when some were found. */
export function misfitMessage(misfit: Misfit, view: SchedulingView, preemption: string | undefined): string {
  const total = view.nodes.length;
  if (total === 0) return 'no nodes available to schedule pods';
  // The plugin that looks for claims to give up has not seen such a pod, and says so in these words, and preemption is not tried.
  if (misfit.podRefusal !== undefined) return `${noneOf(total)} ${misfit.podRefusal.reason}. not found`;
  const reasons = countReasons(misfit, total);
  const first = `${noneOf(total)} ${reasons}.`;
  return preemption === undefined ? first : `${first} no new claims to deallocate, preemption: ${preemption}`;
}

/** "0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling." */
export function preemptionMessage(reasons: readonly (readonly string[])[], total: number): string {
  const counts = new Map<string, number>();
  for (const some of reasons) count(counts, some, 1);
  if (total > reasons.length) count(counts, ['Preemption is not helpful for scheduling'], total - reasons.length);
  return `${noneOf(total)} ${listed(counts)}.`;
}

const noneOf = (total: number) => `0/${total} nodes are available:`;

function countReasons({ refusals, unnamed }: Misfit, total: number): string {
  // Refusals are shared objects, so there are only a few different ones.
  const byRefusal = new Map<Refusal, number>();
  for (const refusal of refusals.values()) byRefusal.set(refusal, (byRefusal.get(refusal) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [refusal, nodes] of byRefusal) count(counts, refusal.reasons, nodes);
  if (unnamed && total > refusals.size) count(counts, unnamed.reasons, total - refusals.size);
  return listed(counts);
}

function count(counts: Map<string, number>, reasons: readonly string[], times: number): void {
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + times);
}

/** Sorted as texts, so "10 Insufficient cpu" comes before "2 Insufficient memory", as in Kubernetes. */
function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .map(([reason, times]) => `${times} ${reason}`)
    .sort()
    .join(', ');
}
