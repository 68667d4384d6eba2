// Which pods that have ended are too many.
// Source: gcTerminated, byEvictionAndCreationTimestamp (pkg/controller/podgc/gc_controller.go).
import type { Pod } from '../../../schema/generated/types.ts';

const running: ReadonlySet<string | undefined> = new Set(['Pending', 'Running', 'Unknown']);

export const hasEnded = ({ status }: Pod): boolean => !running.has(status.phase);

/** Those beyond the threshold: evicted ones first, since they are nobody's result, then the oldest. */
export function surplusOf(ended: readonly Pod[], threshold: number): readonly Pod[] {
  const surplus = ended.length - threshold;
  return surplus > 0 ? ended.toSorted(byWorth).slice(0, surplus) : [];
}

function byWorth(a: Pod, b: Pod): number {
  const evicted = Number(isEvicted(b)) - Number(isEvicted(a));
  if (evicted !== 0) return evicted;
  const [made, other] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (made !== other) return made < other ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

const isEvicted = ({ status }: Pod): boolean => status.phase === 'Failed' && status.reason === 'Evicted';
