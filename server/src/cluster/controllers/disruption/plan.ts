// The status of a PodDisruptionBudget: how many of its pods may go now (pkg/controller/disruption).
//
// Worked examples, 10 pods wanted and 9 healthy: minAvailable 8 allows 9 - 8 = 1; minAvailable 85% needs ⌈8.5⌉ = 9 and allows 0;
// maxUnavailable 25% needs 10 - ⌈2.5⌉ = 7 and allows 2.
import { scaledValue } from '../../../kube/int-or-string.ts';
import { isEqual } from '../../../kube/equal.ts';
import { formatTime, parseTime } from '../../../kube/time.ts';
import type { Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../../schema/generated/types.ts';
import { disruptionCondition, syncFailed, withCondition, withDisruptionAllowed } from '../../registry/subresources/disruption-allowed.ts';
import type { Plan } from '../../runtime/controller.ts';
import type { EventDraft } from '../../runtime/writer.ts';
import { isHealthy, type BudgetedPods } from './budgeted-pods.ts';

export interface BudgetView {
  readonly budget: PodDisruptionBudget;
  readonly pods: BudgetedPods;
  /** Of the controllers of its pods, or why they cannot be told. */
  readonly scale: { readonly scale: number } | { readonly error: string };
  /** Those of status.disruptedPods that are still there. */
  readonly disrupted: readonly Pod[];
}

export interface BudgetPlan extends Plan {
  /** Absent: it is as it should be. */
  readonly status?: PodDisruptionBudgetStatus;
  readonly events: readonly EventDraft[];
  /** Pods that were evicted and did not go. */
  readonly notDeleted: readonly Pod[];
}

/** An evicted pod that is still there after this long is taken to stay. */
const deletionTimeoutMs = 120_000;

export function planBudget(view: BudgetView, nowMs: number): BudgetPlan {
  const { budget, pods } = view;
  const events = eventsOf(view);
  const needed = neededOf(view);
  if ('error' in needed) {
    const failed: EventDraft = {
      type: 'Warning',
      reason: 'CalculateExpectedPodCountFailed',
      message: `Failed to calculate the number of expected pods: ${needed.error}`,
    };
    const status = withCondition({ ...budget.status, disruptionsAllowed: 0 }, 'False', syncFailed, needed.error, formatTime(nowMs));
    return { events: [...events, failed], notDeleted: [], ...(!isEqual(status, budget.status) && { status }) };
  }
  const { waiting, notDeleted, requeueAfterMs } = disruptedOf(view, nowMs);
  const currentHealthy = pods.healthy - waiting.filter(isHealthy).length;
  const status = statusOf(view, { ...needed, currentHealthy, waiting }, nowMs);
  return { events, notDeleted, requeueAfterMs, ...(status && { status }) };
}

interface Needed {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
}

function neededOf({ budget: { spec }, pods, scale }: BudgetView): Needed | { readonly error: string } {
  const { maxUnavailable, minAvailable } = spec;
  if (maxUnavailable === undefined && typeof minAvailable !== 'string')
    return { expectedPods: minAvailable === undefined ? 0 : pods.count, desiredHealthy: minAvailable ?? 0 };
  if ('error' in scale) return scale;
  const scaled = scaledValue((maxUnavailable ?? minAvailable)!, scale.scale, 'up');
  if (typeof scaled !== 'number') return scaled;
  return { expectedPods: scale.scale, desiredHealthy: maxUnavailable === undefined ? scaled : Math.max(0, scale.scale - scaled) };
}

function eventsOf({ budget: { spec }, pods }: BudgetView): readonly EventDraft[] {
  const events: EventDraft[] = [];
  if (pods.count === 0) events.push({ type: 'Normal', reason: 'NoPods', message: 'No matching pods found' });
  const needsScale = spec.maxUnavailable !== undefined || typeof spec.minAvailable === 'string';
  if (needsScale && pods.unmanaged > 0) {
    const message =
      `Pods selected by this PodDisruptionBudget (selector: ${selectorText(spec.selector)}) were found to be unmanaged. As a result, the status of the PDB ` +
      'cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';
    events.push({ type: 'Warning', reason: 'UnmanagedPods', message });
  }
  return events;
}

/** As Go prints the struct. */
function selectorText(selector: PodDisruptionBudget['spec']['selector']): string {
  if (!selector) return 'nil';
  const labels = Object.entries(selector.matchLabels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const expressions = (selector.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) => `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  const labelsText = labels.map(([key, value]) => `${key}: ${value},`).join('');
  return `&LabelSelector{MatchLabels:map[string]string{${labelsText}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
}

interface Disrupted {
  /** Evicted, and to be gone soon. */
  readonly waiting: readonly Pod[];
  readonly notDeleted: readonly Pod[];
  readonly requeueAfterMs: number | undefined;
}

function disruptedOf({ budget, disrupted }: BudgetView, nowMs: number): Disrupted {
  const dueAt = (pod: Pod) => (parseTime(budget.status.disruptedPods?.[pod.metadata.name] as string) ?? 0) + deletionTimeoutMs;
  const staying = disrupted.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const waiting = staying.filter((pod) => dueAt(pod) >= nowMs);
  const requeueAfterMs = waiting.length === 0 ? undefined : Math.min(...waiting.map(dueAt)) - nowMs + 1;
  return { waiting, notDeleted: staying.filter((pod) => dueAt(pod) < nowMs), requeueAfterMs };
}

interface Found extends Needed {
  readonly currentHealthy: number;
  readonly waiting: readonly Pod[];
}

/** undefined: nothing has changed. */
function statusOf(
  { budget }: BudgetView,
  { expectedPods, desiredHealthy, currentHealthy, waiting }: Found,
  nowMs: number,
): PodDisruptionBudgetStatus | undefined {
  const { status: before, metadata } = budget;
  const disruptionsAllowed = expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0;
  const disruptedPods = Object.fromEntries(waiting.map(({ metadata: { name } }) => [name, before.disruptedPods![name]!]));
  const numbers = { currentHealthy, desiredHealthy, disruptionsAllowed, expectedPods, observedGeneration: metadata.generation ?? 0 };
  const condition = disruptionCondition(before);
  const status = withDisruptionAllowed(
    {
      ...(before.conditions && { conditions: before.conditions }),
      ...(waiting.length > 0 && { disruptedPods }),
      ...numbers,
    },
    formatTime(nowMs),
  );
  return condition && isEqual(status, before) ? undefined : status;
}
