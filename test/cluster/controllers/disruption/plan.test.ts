// How many pods may go: tables of numbers.
import { expect, test } from 'vitest';
import { planBudget, type BudgetView } from '../../../../server/src/cluster/controllers/disruption/plan.ts';
import type { Pod, PodDisruptionBudget } from '../../../../server/src/schema/generated/types.ts';

const now = Date.UTC(2026, 0, 1);

function view(
  spec: object,
  numbers: { count: number; healthy: number; scale?: number; unmanaged?: number },
  status: object = {},
  disrupted: Pod[] = [],
): BudgetView {
  const { count, healthy, scale = count, unmanaged = 0 } = numbers;
  const budget = { metadata: { name: 'guard', namespace: 'n', generation: 1 }, spec, status } as unknown as PodDisruptionBudget;
  return { budget, pods: { count, healthy, unmanaged, controllers: new Map() }, scale: { scale }, disrupted };
}

test.each([
  // spec, pods, healthy, scale → desired, allowed
  [{ minAvailable: 8 }, 10, 9, 10, 8, 1],
  [{ minAvailable: '85%' }, 10, 9, 10, 9, 0],
  [{ minAvailable: '28%' }, 1, 1, 10, 3, 0],
  [{ maxUnavailable: '25%' }, 10, 9, 10, 7, 2],
  [{ maxUnavailable: 1 }, 3, 3, 3, 2, 1],
  [{ maxUnavailable: 5 }, 3, 3, 3, 0, 3],
  [{ maxUnavailable: '100%' }, 3, 0, 3, 0, 0],
  // A budget that is about nothing yet allows nothing.
  [{ minAvailable: 0 }, 0, 0, 0, 0, 0],
])('[PB1] %j, %i pods, %i healthy, %i wanted: needs %i, allows %i', (spec, count, healthy, scale, desiredHealthy, disruptionsAllowed) => {
  const { status } = planBudget(view(spec, { count, healthy, scale }), now);
  expect(status).toMatchObject({ currentHealthy: healthy, desiredHealthy, disruptionsAllowed });
});

test('[PB2] a status that is right is not written again', () => {
  const numbers = { count: 3, healthy: 3 };
  const { status } = planBudget(view({ minAvailable: 2 }, numbers), now);
  expect(planBudget(view({ minAvailable: 2 }, numbers, status), now + 1000)).not.toHaveProperty('status');
});

test('[PB3] a controller that cannot be scaled: nothing may go, and the condition says why', () => {
  const { status, events } = planBudget(
    { ...view({ maxUnavailable: 1 }, { count: 1, healthy: 1 }), scale: { error: 'jobs.batch does not implement the scale subresource' } },
    now,
  );
  expect(status).toMatchObject({
    disruptionsAllowed: 0,
    conditions: [{ type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed', message: 'jobs.batch does not implement the scale subresource' }],
  });
  expect(events).toEqual([
    {
      type: 'Warning',
      reason: 'CalculateExpectedPodCountFailed',
      message: 'Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource',
    },
  ]);
});

test('[PB4] events of budgets without pods, and with pods of nobody', () => {
  expect(planBudget(view({ minAvailable: 1 }, { count: 0, healthy: 0 }), now).events).toEqual([
    { type: 'Normal', reason: 'NoPods', message: 'No matching pods found' },
  ]);
  const selector = { matchLabels: { b: '2', a: '1' } };
  const [event] = planBudget(view({ maxUnavailable: 1, selector }, { count: 1, healthy: 1, unmanaged: 1 }), now).events;
  expect(event!.message).toMatch(
    /^Pods selected by this PodDisruptionBudget \(selector: &LabelSelector\{MatchLabels:map\[string\]string\{a: 1,b: 2,\},MatchExpressions:\[\]LabelSelectorRequirement\{\},\}\) were found to be unmanaged\./,
  );
});

test('[PB5] an evicted pod does not count, for two minutes', () => {
  const pod = { metadata: { name: 'a' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } } as unknown as Pod;
  const status = { disruptedPods: { a: '2026-01-01T00:00:00Z' } };
  const soon = planBudget(view({ minAvailable: 1 }, { count: 3, healthy: 3 }, status, [pod]), now + 60_000);
  expect(soon.status).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 1, disruptedPods: { a: '2026-01-01T00:00:00Z' } });
  expect(soon.requeueAfterMs).toBe(60_001);
  const late = planBudget(view({ minAvailable: 1 }, { count: 3, healthy: 3 }, status, [pod]), now + 120_001);
  expect(late.status).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 2 });
  expect(late.status).not.toHaveProperty('disruptedPods');
  expect(late.notDeleted).toEqual([pod]);
});
