// Cases from TestScalingWithRules, TestStabilizeRecommendation… and TestConvertDesiredReplicasWithRules (horizontal_test.go) of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { nothingRemembered, type Memory } from '../../../../server/src/cluster/controllers/pod-autoscaler/memory.ts';
import { rememberScaling, stabilise } from '../../../../server/src/cluster/controllers/pod-autoscaler/stabilise.ts';
import type { HPAScalingPolicy, HPAScalingRules } from '../../../../server/src/schema/generated/types.ts';

const now = 10_000_000;
const ago = (seconds: number) => now - seconds * 1000;
const asked = (...list: readonly (readonly [replicas: number, secondsAgo: number])[]): Memory => ({
  ...nothingRemembered,
  recommendations: list.map(([replicas, seconds]) => ({ replicas, at: ago(seconds) })),
});
const changed = (list: 'ups' | 'downs', ...events: readonly (readonly [change: number, secondsAgo: number])[]): Memory => ({
  ...nothingRemembered,
  [list]: events.map(([change, seconds]) => ({ change, at: ago(seconds) })),
});

describe('[HS1] without rules', () => {
  const cases: [
    title: string,
    current: number,
    desired: number,
    min: number,
    max: number,
    memory: Memory,
    replicas: number,
    limit: string,
    stabilised?: string,
  ][] = [
    ['as it is', 3, 3, 1, 10, nothingRemembered, 3, 'DesiredWithinRange'],
    ['not below the minimum', 3, 1, 2, 10, nothingRemembered, 2, 'TooFewReplicas'],
    ['not above the maximum', 5, 12, 1, 10, nothingRemembered, 10, 'TooManyReplicas'],
    ['at most double', 5, 20, 1, 100, nothingRemembered, 10, 'ScaleUpLimit'],
    ['or 4', 1, 20, 1, 100, nothingRemembered, 4, 'ScaleUpLimit'],
    [
      'nothing below what was asked for in the last five minutes',
      5,
      2,
      1,
      10,
      asked([5, 301], [4, 300], [3, 10]),
      4,
      'DesiredWithinRange',
      'ScaleDownStabilized',
    ],
    ['what was asked for before that is forgotten', 5, 2, 1, 10, asked([5, 301]), 2, 'DesiredWithinRange'],
  ];
  test.each(cases)('%s', (_, current, desired, min, max, memory, replicas, limit, stabilised) => {
    const decision = stabilise({ current, desired, min, max }, undefined, memory, now);
    expect([decision.replicas, decision.limit.reason, decision.stabilised?.reason]).toEqual([replicas, limit, stabilised]);
    expect(decision.isLimited).toBe(limit !== 'DesiredWithinRange');
    expect(decision.memory.recommendations.at(-1)).toEqual({ replicas: desired, at: now });
    expect(decision.memory.recommendations.every(({ at }) => at >= ago(300))).toBe(true);
  });
});

const rules = (policies: readonly (readonly [type: string, value: number, periodSeconds: number])[], more: Partial<HPAScalingRules> = {}): HPAScalingRules => ({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: policies.map(([type, value, periodSeconds]): HPAScalingPolicy => ({ type, value, periodSeconds })),
  ...more,
});
const anyhow = rules([['Percent', 100, 15]]);

describe('[HS2] with policies, upwards', () => {
  const pods = ['Pods', 3, 60] as const;
  const percent = ['Percent', 200, 60] as const;
  const cases: [title: string, rules: HPAScalingRules, memory: Memory, current: number, desired: number, replicas: number, limit: string][] = [
    ['so many pods', rules([pods]), nothingRemembered, 10, 20, 13, 'ScaleUpLimit'],
    ['so many per cent', rules([percent]), nothingRemembered, 10, 100, 30, 'ScaleUpLimit'],
    ['the larger of two', rules([pods, percent]), nothingRemembered, 1, 100, 4, 'ScaleUpLimit'],
    ['the smaller of two', rules([pods, percent], { selectPolicy: 'Min' }), nothingRemembered, 10, 100, 13, 'ScaleUpLimit'],
    ['not at all', rules([pods], { selectPolicy: 'Disabled' }), nothingRemembered, 10, 100, 10, 'ScaleUpLimit'],
    ['what was added in the period counts', rules([pods]), changed('ups', [2, 59], [7, 60]), 12, 20, 13, 'ScaleUpLimit'],
    ['more was added than is allowed: it waits', rules([pods]), changed('ups', [5, 30]), 15, 20, 15, 'ScaleUpLimit'],
    ['what was taken away gives room', rules([pods]), changed('downs', [5, 30]), 10, 30, 18, 'ScaleUpLimit'],
    ['per cent are rounded up', rules([['Percent', 10, 60]]), nothingRemembered, 1, 5, 2, 'ScaleUpLimit'],
    ['the maximum holds', rules([['Pods', 500, 60]]), nothingRemembered, 90, 200, 100, 'TooManyReplicas'],
  ];
  test.each(cases)('%s', (_, scaleUp, memory, current, desired, replicas, limit) => {
    const decision = stabilise({ current, desired, min: 1, max: 100 }, { scaleUp, scaleDown: anyhow }, memory, now);
    expect([decision.replicas, decision.limit.reason]).toEqual([replicas, limit]);
  });
});

describe('[HS3] with policies, downwards', () => {
  const cases: [title: string, rules: HPAScalingRules, memory: Memory, current: number, desired: number, replicas: number, limit: string][] = [
    ['so many pods', rules([['Pods', 5, 60]]), nothingRemembered, 10, 3, 5, 'ScaleDownLimit'],
    ['so many per cent', rules([['Percent', 20, 60]]), nothingRemembered, 10, 3, 8, 'ScaleDownLimit'],
    [
      'the larger of two',
      rules([
        ['Pods', 1, 60],
        ['Percent', 50, 60],
      ]),
      nothingRemembered,
      10,
      1,
      5,
      'ScaleDownLimit',
    ],
    [
      'the smaller of two',
      rules(
        [
          ['Pods', 1, 60],
          ['Percent', 50, 60],
        ],
        { selectPolicy: 'Min' },
      ),
      nothingRemembered,
      10,
      1,
      9,
      'ScaleDownLimit',
    ],
    ['not at all', rules([], { selectPolicy: 'Disabled' }), nothingRemembered, 10, 1, 10, 'ScaleDownLimit'],
    ['what was taken in the period counts', rules([['Percent', 10, 60]]), changed('downs', [8, 20]), 72, 1, 72, 'ScaleDownLimit'],
    ['the minimum holds', rules([['Percent', 100, 60]]), nothingRemembered, 10, 1, 2, 'TooFewReplicas'],
  ];
  test.each(cases)('%s', (_, scaleDown, memory, current, desired, replicas, limit) => {
    const decision = stabilise({ current, desired, min: 2, max: 100 }, { scaleUp: anyhow, scaleDown }, memory, now);
    expect([decision.replicas, decision.limit.reason]).toEqual([replicas, limit]);
  });
});

describe('[HS4] windows', () => {
  const all = [['Percent', 900, 15]] as const;
  const decide = (up: number, down: number | undefined, memory: Memory, current: number, desired: number) => {
    const scaleDown =
      down === undefined
        ? { policies: rules([['Percent', 100, 15]]).policies!, selectPolicy: 'Max' }
        : rules([['Percent', 100, 15]], { stabilizationWindowSeconds: down });
    const behavior = { scaleUp: rules(all, { stabilizationWindowSeconds: up }), scaleDown };
    const { replicas, stabilised } = stabilise({ current, desired, min: 1, max: 100 }, behavior, memory, now);
    return [replicas, stabilised?.reason];
  };
  test('up: the lowest of the window', () => {
    expect(decide(60, 0, asked([3, 61], [5, 30], [7, 10]), 4, 9)).toEqual([5, 'ScaleUpStabilized']);
    expect(decide(60, 0, asked([2, 30]), 4, 9)).toEqual([4, 'ScaleUpStabilized']);
    expect(decide(0, 0, asked([2, 30]), 4, 9)).toEqual([9, undefined]);
  });
  test('down: the highest of the window, five minutes where nothing is said', () => {
    expect(decide(0, 60, asked([9, 61], [5, 30]), 8, 2)).toEqual([5, 'ScaleDownStabilized']);
    expect(decide(0, undefined, asked([7, 299]), 8, 2)).toEqual([7, 'ScaleDownStabilized']);
    expect(decide(0, undefined, asked([7, 300]), 8, 2)).toEqual([2, undefined]);
  });
  test('a change of the size is remembered as long as the longest policy looks back', () => {
    const behavior = {
      scaleUp: rules([
        ['Pods', 1, 60],
        ['Pods', 2, 120],
      ]),
      scaleDown: anyhow,
    };
    expect(rememberScaling(changed('ups', [1, 121], [2, 120]), behavior, 3, 7, now).ups).toEqual([
      { change: 2, at: ago(120) },
      { change: 4, at: now },
    ]);
    expect(rememberScaling(nothingRemembered, behavior, 7, 3, now).downs).toEqual([{ change: 4, at: now }]);
    expect(rememberScaling(nothingRemembered, undefined, 7, 3, now)).toBe(nothingRemembered);
  });
});
