// Numbers from TestScale (sync_test.go) and TestGetReplicaSetFraction (deployment_util_test.go) of Kubernetes 1.36.3, and from recordings.
import { describe, expect, test } from 'vitest';
import { withSizes } from '../../../../server/src/cluster/controllers/deployment/annotations.ts';
import { boundsOf } from '../../../../server/src/cluster/controllers/deployment/bounds.ts';
import { fractionOf, proportionalSizes, scale, wasScaled } from '../../../../server/src/cluster/controllers/deployment/scale.ts';
import type { ReplicaSet } from '../../../../server/src/schema/generated/types.ts';
import { deployment, replicaSet } from '../builders.ts';

interface Case {
  readonly title: string;
  /** Replicas before and after. */
  readonly from: number;
  readonly to: number;
  readonly surge?: readonly [before: number, after: number];
  /** Sizes: the new ReplicaSet's, then the old ones', newest first. null: there is no new one. */
  readonly sizes: readonly (number | null)[];
  readonly expected: readonly (number | null)[];
  /** Pods of the new ReplicaSet that are available. */
  readonly available?: number;
  readonly writtenDown?: Readonly<Record<number, number>>;
}

const cases: readonly Case[] = [
  { title: 'up', from: 10, to: 12, sizes: [10], expected: [12] },
  { title: 'down', from: 10, to: 5, sizes: [10], expected: [5] },
  { title: 'in proportion', from: 5, to: 10, sizes: [2, 3], expected: [4, 6] },
  { title: 'in proportion', from: 5, to: 3, sizes: [2, 3], expected: [1, 2] },
  { title: 'in proportion', from: 9, to: 4, sizes: [8, 1], expected: [4, 0] },
  { title: 'in proportion', from: 7, to: 10, sizes: [2, 3, 2], expected: [3, 4, 3] },
  { title: 'in proportion', from: 13, to: 8, sizes: [2, 8, 3], expected: [1, 5, 2] },
  { title: 'the newest gets what is left over', from: 3, to: 4, sizes: [1, 1, 1], expected: [2, 1, 1] },
  { title: 'the oldest loses what is left over', from: 3, to: 2, sizes: [1, 1, 1], expected: [1, 1, 0] },
  { title: 'no new one: the newest old one', from: 4, to: 5, sizes: [null, 2, 2], expected: [null, 3, 2] },
  { title: 'to nothing', from: 6, to: 0, sizes: [3, 2, 1], expected: [0, 0, 0] },
  { title: 'to nothing, surge and all', from: 6, to: 0, surge: [2, 2], sizes: [4, 4], expected: [0, 0] },
  { title: 'no more than there is to share out', from: 9, to: 12, sizes: [3, 6], expected: [4, 8], writtenDown: { 0: 1 } },
  { title: 'no less than there is to take away', from: 9, to: 6, sizes: [3, 6], expected: [2, 4], writtenDown: { 0: 100 } },
  { title: 'from nothing', from: 6, to: 6, sizes: [0, 0, 0], expected: [6, 0, 0] },
  { title: 'one was not written last time', from: 5, to: 5, sizes: [2, 1, 1], expected: [2, 2, 1], writtenDown: { 1: 3 } },
  { title: 'with surge', from: 10, to: 20, surge: [2, 2], sizes: [6, 6], expected: [11, 11] },
  { title: 'size and surge change', from: 10, to: 50, surge: [3, 6], sizes: [5, 8], expected: [22, 34] },
  { title: 'size and template change', from: 10, to: 14, sizes: [null, 7, 3], expected: [null, 10, 4] },
  { title: 'a saturated but broken new one', from: 2, to: 2, surge: [1, 1], sizes: [2, 1], expected: [2, 1], available: 0 },
  { title: 'a saturated new one takes what was adopted', from: 2, to: 2, surge: [1, 1], sizes: [2, 1], expected: [2, 0] },
  { title: 'a stalled rollout', from: 10, to: 15, surge: [3, 3], sizes: [5, 8], expected: [7, 11], available: 0 },
  { title: 'a stalled rollout', from: 4, to: 2, surge: [1, 1], sizes: [2, 3], expected: [1, 2], available: 0 },
];

const subject = (replicas: number, surge = 0) => deployment({ replicas, surge, unavailable: 1 });

function setsOf({ from, surge: [surge] = [0, 0], sizes, available, writtenDown = {} }: Case) {
  const named = sizes.map((replicas, i): ReplicaSet | undefined => {
    if (replicas === null) return undefined;
    const bounds = boundsOf(subject(writtenDown[i] ?? from, surge));
    const availableReplicas = i === 0 && available !== undefined ? available : replicas;
    return replicaSet(`set-${i}`, { replicas, created: 100 - i, annotations: withSizes(undefined, bounds), status: { availableReplicas } });
  });
  const oldSets = named
    .slice(1)
    .map((set) => set!)
    .toReversed();
  return { newSet: named[0], oldSets, all: named[0] ? [...oldSets, named[0]] : oldSets };
}

describe('[DS1] scaling', () => {
  test.each(cases)('$title: $from → $to, $sizes become $expected', (row) => {
    const { to, surge: [, surge] = [0, 0], sizes, expected } = row;
    const after = new Map(sizes.map((size, i) => [`set-${i}`, size]));
    for (const step of scale(subject(to, surge), setsOf(row))) if (step.step === 'scale') after.set(step.set.metadata.name, step.to);
    expect([...after.values()]).toEqual(expected);
  });
});

describe('[DS2] the part of one ReplicaSet', () => {
  const parts: [title: string, desired: number, surge: number, size: number, writtenDown: string | undefined, statusReplicas: number, expected: number][] = [
    ['to nothing: all of it', 0, 0, 10, undefined, 0, -10],
    ['nothing written down, no pods: unknown', 10, 0, 5, undefined, 0, 0],
    ['0 written down, no pods: unknown', 10, 0, 5, '0', 0, 0],
    ['nothing written down: the pods that there are', 120, 0, 50, undefined, 100, 10],
    ['0 written down: the pods that there are', 120, 0, 50, '0', 100, 10],
    ['up by a fifth', 120, 0, 50, '100', 0, 10],
    ['up by a fifth, surge pods too', 120, 10, 50, '110', 0, 9],
    ['down by a sixth', 10, 0, 6, '12', 0, -1],
    ['down by a sixth, surge pods too', 100, 10, 50, '130', 0, -8],
    ['half is rounded up', 3, 0, 1, '2', 0, 1],
    ['half is rounded up, down as well', 1, 0, 5, '2', 0, -2],
  ];
  test.each(parts)('%s', (_, replicas, surge, size, writtenDown, statusReplicas, expected) => {
    const annotations = writtenDown === undefined ? {} : { 'deployment.kubernetes.io/max-replicas': writtenDown };
    const scaled = deployment({ replicas, surge, unavailable: 1, status: { replicas: statusReplicas } });
    expect(fractionOf(scaled, replicaSet('set', { replicas: size, annotations }))).toBe(expected);
  });
});

test('[DS3] sizes that stay are written down again with the new bounds, and without an event', () => {
  const sets = setsOf({ title: '', from: 4, to: 5, surge: [2, 1], sizes: [3, 3], expected: [], available: 0 });
  const steps = scale(subject(5, 1), sets);
  expect(steps.map((step) => step.step === 'scale' && [step.set.metadata.name, step.to, step.bounds.atMost])).toEqual([
    ['set-1', 3, 6],
    ['set-0', 3, 6],
  ]);
  expect(scale(subject(4, 2), sets)).toEqual([]);
});

test('[DS4] Recreate with several active ReplicaSets shares nothing out', () => {
  expect(scale(deployment({ replicas: 9 }), setsOf({ title: '', from: 4, to: 9, sizes: [2, 2], expected: [], available: 0 }))).toEqual([]);
});

describe('[DS5] a Deployment was scaled when an active ReplicaSet has other replicas written down', () => {
  const set = (replicas: number, desired: string | undefined) =>
    replicaSet('set', { replicas, annotations: desired === undefined ? {} : { 'deployment.kubernetes.io/desired-replicas': desired } });
  const rows: [title: string, sets: ReplicaSet[], expected: boolean][] = [
    ['the same', [set(3, '5')], false],
    ['another', [set(3, '4')], true],
    ['a higher one', [set(3, '6')], true],
    ['another, but it wants no pods', [set(0, '4')], false],
    ['none', [set(3, undefined)], false],
    ['nonsense', [set(3, 'four')], false],
    ['one of two', [set(3, '5'), set(1, '4')], true],
  ];
  test.each(rows)('%s', (_, all, expected) => {
    expect(wasScaled(subject(5), { newSet: undefined, oldSets: all, all })).toBe(expected);
  });
});

test('[DS6] the largest is written first; of equal ones the newer when adding, the older when removing', () => {
  const row = { title: '', from: 6, to: 9, sizes: [2, 2, 2], expected: [] };
  const order = (to: number) => proportionalSizes(subject(to), setsOf({ ...row, to }).all).map(({ set }) => set.metadata.name);
  expect(order(9)).toEqual(['set-0', 'set-1', 'set-2']);
  expect(order(3)).toEqual(['set-2', 'set-1', 'set-0']);
});
