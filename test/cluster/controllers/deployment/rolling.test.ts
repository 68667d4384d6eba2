// Numbers from rolling_test.go of Kubernetes 1.36.3, and those of the worked examples in rolling.ts.
import { describe, expect, test } from 'vitest';
import { boundsOf } from '../../../../server/src/cluster/controllers/deployment/bounds.ts';
import { planRolling, removeHealthy, removeUnhealthy, scaleNew, scaleOld } from '../../../../server/src/cluster/controllers/deployment/rolling.ts';
import type { Step } from '../../../../server/src/cluster/controllers/deployment/steps.ts';
import type { ReplicaSet } from '../../../../server/src/schema/generated/types.ts';
import { atMs, deployment, replicaSet, type DeploymentShape } from '../builders.ts';

/** [wanted, available] */
type Pods = readonly [wanted: number, available: number];

const set = (name: string, [replicas, availableReplicas]: Pods, created = 0) =>
  replicaSet(name, { replicas, created, status: { replicas, availableReplicas } });

function setsOf(fresh: Pods, old: readonly Pods[]) {
  const newSet = set('new', fresh, 100);
  const oldSets = old.map((pods, i) => set(`old-${i}`, pods, i));
  return { newSet, oldSets, all: [...oldSets, newSet] };
}

const sizes = (steps: readonly Step[] | undefined) => steps?.map((step) => (step.step === 'scale' ? `${step.set.metadata.name} → ${step.to}` : step.step));
const codes = (steps: readonly Step[] | undefined) => steps?.map((step) => (step.step === 'scale' ? step.reason.code : step.step));

describe('[DR1] the new ReplicaSet', () => {
  const cases: [desired: number, surge: number, old: number, fresh: number, expected: number | undefined][] = [
    [10, 0, 10, 0, undefined],
    [10, 2, 10, 0, 2],
    [10, 2, 5, 0, 7],
    [10, 2, 10, 2, undefined],
    [10, 2, 2, 11, 10],
    [10, 3, 8, 3, 5],
    [10, 3, 1, 9, 10],
    [10, 2, 2, 10, undefined],
  ];
  test.each(cases)('%i desired, surge %i; old %i, new %i: %s', (replicas, surge, old, fresh, expected) => {
    const steps = scaleNew(deployment({ replicas, surge, unavailable: 0 }), setsOf([fresh, 0], [[old, 0]]));
    expect(sizes(steps)).toEqual(expected === undefined ? undefined : [`new → ${expected}`]);
  });

  test('says why', () => {
    const [step] = scaleNew(deployment({ replicas: 10, surge: 3, unavailable: 2 }), setsOf([3, 3], [[8, 8]]))!;
    expect(step).toMatchObject({ reason: { code: 'scale-up-new', args: { from: 3, to: 5, atMost: 13, total: 13 } }, bounds: { desired: 10, atMost: 13 } });
  });
});

describe('[DR2] the old ReplicaSets', () => {
  const cases: [title: string, shape: DeploymentShape, fresh: Pods, old: readonly Pods[], expected: readonly string[] | undefined][] = [
    ['nothing may be missing, so one makes room (both bounds 0)', { replicas: 10, surge: 0, unavailable: 0 }, [0, 0], [[10, 10]], ['old-0 → 9']],
    ['two may be missing', { replicas: 10, surge: 0, unavailable: 2 }, [0, 0], [[10, 10]], ['old-0 → 8']],
    ['two are missing already, and go', { replicas: 10, surge: 0, unavailable: 2 }, [0, 0], [[10, 8]], ['old-0 → 8']],
    ['one is missing and goes, and one that is there', { replicas: 10, surge: 0, unavailable: 2 }, [0, 0], [[10, 9]], ['old-0 → 9', 'old-0 → 8']],
    ['new pods that are not available yet', { replicas: 10, surge: 0, unavailable: 2 }, [2, 0], [[8, 8]], undefined],
    ['surge 3, unavailable 2, the first step', { replicas: 10, surge: 3, unavailable: 2 }, [3, 0], [[10, 10]], ['old-0 → 8']],
    ['all new pods crash, and one old', { replicas: 10, surge: 3, unavailable: 2 }, [5, 0], [[8, 7]], undefined],
    ['undo: the crashing one is old now', { replicas: 10, surge: 3, unavailable: 2 }, [8, 7], [[5, 0]], ['old-0 → 1']],
    [
      'a third template: five make room, the crashing ones first',
      { replicas: 10, surge: 3, unavailable: 2 },
      [0, 0],
      [
        [8, 8],
        [5, 0],
      ],
      ['old-1 → 0'],
    ],
    [
      'of several old ones the oldest first',
      { replicas: 10, surge: 3, unavailable: 2 },
      [4, 4],
      [
        [4, 4],
        [4, 4],
      ],
      ['old-0 → 0'],
    ],
    [
      'and then the next',
      { replicas: 10, surge: 3, unavailable: 2 },
      [9, 9],
      [
        [2, 2],
        [2, 2],
      ],
      ['old-0 → 0', 'old-1 → 0'],
    ],
    ['none that wants pods', { replicas: 10, surge: 3, unavailable: 2 }, [10, 10], [[0, 0]], undefined],
    ['just enough are available', { replicas: 10, surge: 3, unavailable: 0 }, [3, 0], [[10, 10]], undefined],
    ['one new pod is available', { replicas: 10, surge: 3, unavailable: 0 }, [3, 1], [[10, 10]], ['old-0 → 9']],
    ['an old one has not seen yet that it was scaled', { replicas: 8, surge: 1, unavailable: 2 }, [4, 3], [[5, 6]], undefined],
  ];
  test.each(cases)('%s', (_, shape, fresh, old, expected) => {
    expect(sizes(scaleOld(deployment(shape), setsOf(fresh, old)))).toEqual(expected);
  });
});

describe('[DR3] pods that are not available go first', () => {
  const cases: [old: readonly Pods[], most: number, expected: readonly string[]][] = [
    [[[10, 8]], 1, ['old-0 → 9']],
    [[[10, 8]], 3, ['old-0 → 8']],
    [[[10, 8]], 0, []],
    [[[10, 10]], 3, []],
    [
      [
        [8, 5],
        [3, 2],
      ],
      3,
      ['old-0 → 5'],
    ],
    [
      [
        [8, 5],
        [3, 2],
      ],
      4,
      ['old-0 → 5', 'old-1 → 2'],
    ],
    [[[2, 3]], 3, []],
  ];
  test.each(cases)('old %j, at most %i: %j', (old, most, expected) => {
    const { steps, sets } = removeUnhealthy(setsOf([0, 0], old).oldSets, boundsOf(deployment({ replicas: 10, surge: 2, unavailable: 2 })), most);
    expect(sizes(steps)).toEqual(expected);
    expect(sets.map(({ spec }) => spec.replicas)).toEqual(
      old.map(([wanted], i) => Number(expected.find((text) => text.startsWith(`old-${i}`))?.split(' → ')[1] ?? wanted)),
    );
    expect(new Set(codes(steps))).toEqual(new Set(expected.length > 0 ? ['scale-down-unhealthy'] : []));
  });
});

describe('[DR4] available pods go as far as enough are left', () => {
  const cases: [unavailable: number, old: Pods, expected: readonly string[]][] = [
    [0, [10, 10], ['old-0 → 9']],
    [2, [10, 10], ['old-0 → 8']],
    [2, [10, 8], []],
    [2, [0, 10], []],
    [2, [10, 1], []],
  ];
  test.each(cases)('unavailable %i, old %j: %j', (unavailable, old, expected) => {
    const bounds = boundsOf(deployment({ replicas: 10, surge: 0, unavailable }));
    expect(sizes(removeHealthy(setsOf([0, 0], [old]).oldSets, set('new', [0, 0]), bounds))).toEqual(expected);
  });

  test('says why', () => {
    const [step] = removeHealthy([set('old', [3, 3])], set('new', [1, 1]), boundsOf(deployment({ replicas: 3, surge: 1, unavailable: 0 })));
    expect(step).toMatchObject({ reason: { code: 'scale-down-old', args: { from: 3, to: 2, available: 4, atLeast: 3 } } });
  });
});

describe('[DR5] one step a look', () => {
  const plan = (fresh: Pods, old: readonly Pods[]) => planRolling(deployment({ replicas: 10, surge: 3, unavailable: 2 }), setsOf(fresh, old), atMs(0));

  test('up before down', () => {
    expect(sizes(plan([0, 0], [[10, 10]]).steps)).toEqual(['new → 3', 'status']);
    expect(sizes(plan([3, 0], [[10, 10]]).steps)).toEqual(['old-0 → 8', 'status']);
    expect(sizes(plan([3, 0], [[8, 8]]).steps)).toEqual(['new → 5', 'status']);
  });

  test('the status tells what was seen before the step', () => {
    const { steps } = plan([0, 0], [[10, 10]]);
    expect(steps[1]).toMatchObject({ step: 'status', deployment: { status: { replicas: 10, availableReplicas: 10 } } });
  });

  test('a complete rollout tidies its history', () => {
    const complete = deployment({
      replicas: 2,
      surge: 1,
      unavailable: 0,
      spec: { revisionHistoryLimit: 0 },
      status: { replicas: 2, updatedReplicas: 2, availableReplicas: 2, observedGeneration: 1 },
    });
    expect(sizes(planRolling(complete, setsOf([2, 2], [[0, 0]]), atMs(0)).steps)).toEqual(['delete', 'status']);
  });
});

test('[DR6] the whole of a rollout of 10 with 25 % and 25 %, as a real cluster does it', () => {
  expect(roll(deployment({ replicas: 10, surge: '25%', unavailable: '25%' }), 10)).toEqual('+3 −8 +5 −7 +6 −6 +7 −5 +8 −4 +9 −3 +10 −2 −1 −0'.split(' '));
});

test('[DR7] … of 4 with surge 1, and of 5 with none', () => {
  expect(roll(deployment({ replicas: 4, surge: 1, unavailable: 0 }), 4)).toEqual('+1 −3 +2 −2 +3 −1 +4 −0'.split(' '));
  expect(roll(deployment({ replicas: 5, surge: 0, unavailable: 1 }), 5)).toEqual('−4 +1 −3 +2 −2 +3 −1 +4 −0 +5'.split(' '));
  expect(roll(deployment({ replicas: 2, surge: '100%', unavailable: 0 }), 2)).toEqual('+2 −1 −0'.split(' '));
});

/** Steps until nothing moves and everything is available; one new pod becomes available whenever nothing else can be done. */
function roll(subject: ReturnType<typeof deployment>, replicas: number): readonly string[] {
  const trace: string[] = [];
  let [fresh, freshAvailable, old] = [0, 0, replicas];
  for (let looks = 0; looks < 200 && (old > 0 || freshAvailable < replicas); looks++) {
    const sets = setsOf([fresh, freshAvailable], [[old, old]]);
    const step = (scaleNew(subject, sets) ?? scaleOld(subject, sets))?.[0];
    if (step?.step !== 'scale') freshAvailable++;
    else if (step.set.metadata.name === 'new') trace.push(`+${(fresh = step.to)}`);
    else trace.push(`−${(old = step.to)}`);
  }
  return trace;
}

test('several steps for one ReplicaSet are written one after the other', () => {
  const sets: ReplicaSet[] = [set('old', [10, 9])];
  expect(codes(scaleOld(deployment({ replicas: 10, surge: 0, unavailable: 2 }), { newSet: set('new', [0, 0]), oldSets: sets, all: sets }))).toEqual([
    'scale-down-unhealthy',
    'scale-down-old',
  ]);
});
