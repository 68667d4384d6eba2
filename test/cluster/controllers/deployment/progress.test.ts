// Cases from progress_test.go and, for complete, progressing and timed out, deployment_util_test.go of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import {
  deadlineCheckMs,
  finishRollout,
  hasProgressed,
  hasStalled,
  isComplete,
  rolloutStatus,
} from '../../../../server/src/cluster/controllers/deployment/progress.ts';
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../../../../server/src/schema/generated/types.ts';
import { at, atMs, deployment, replicaSet } from '../builders.ts';

const infinite = 0x7fff_ffff;

const progressing = (status: string, reason: string, updated?: number): DeploymentCondition => ({
  type: 'Progressing',
  status,
  reason,
  ...(updated !== undefined && { lastUpdateTime: at(updated), lastTransitionTime: at(updated) }),
});

const numbers = (replicas: number, updatedReplicas: number, availableReplicas: number): DeploymentStatus => ({
  replicas,
  updatedReplicas,
  availableReplicas,
  observedGeneration: 1,
});

/** A Deployment with Recreate, as in the original tests. */
function subject(deadline: number | undefined, replicas: number, status: DeploymentStatus, conditions?: readonly DeploymentCondition[]): Deployment {
  return deployment({
    name: 'progress-test',
    replicas,
    spec: deadline === undefined ? {} : { progressDeadlineSeconds: deadline },
    status: { ...status, ...(conditions && { conditions }) },
  });
}

describe('[DP1] when to look again, in milliseconds', () => {
  const failed = [progressing('False', 'ProgressDeadlineExceeded')];
  const stuck = [progressing('True', 'ReplicaSetUpdated', 0)];
  const cases: [
    title: string,
    deadline: number | undefined,
    desired: number,
    status: DeploymentStatus,
    conditions: DeploymentCondition[] | undefined,
    nowMs: number,
    expected: number | undefined,
  ][] = [
    ['no deadline', undefined, 4, numbers(3, 3, 2), undefined, 0, undefined],
    ['a deadline of for ever', infinite, 4, numbers(3, 3, 2), undefined, 0, undefined],
    ['no Progressing condition', 60, 4, numbers(3, 3, 2), undefined, 0, undefined],
    ['complete', 60, 3, numbers(3, 3, 3), undefined, 0, undefined],
    ['already failed', 60, 3, numbers(3, 3, 0), failed, 0, undefined],
    ['complete once, and now a pod is missing', 60, 3, numbers(3, 3, 2), [progressing('True', 'NewReplicaSetAvailable', 0)], atMs(90), undefined],
    ['30 s left', 60, 3, numbers(3, 3, 1), stuck, atMs(30), 31_000],
    ['1 s left', 60, 3, numbers(3, 3, 1), stuck, atMs(59), 2_000],
    ['less than a second left', 60, 3, numbers(3, 3, 1), stuck, atMs(59) + 1, 1_000],
    ['nothing left', 60, 3, numbers(3, 3, 1), stuck, atMs(60), 1],
    ['1 s over', 60, 3, numbers(3, 3, 1), stuck, atMs(61), 1],
    ['60 s over', 60, 3, numbers(3, 3, 1), stuck, atMs(120), 1],
  ];
  test.each(cases)('%s', (_, deadline, replicas, status, conditions, nowMs, expected) => {
    expect(deadlineCheckMs(subject(deadline, replicas, status, conditions), status, nowMs)).toBe(expected);
  });
});

describe('[DP2] the Progressing condition after a look', () => {
  const failedTimedOut = progressing('False', 'ProgressDeadlineExceeded');
  const newSetAvailable = progressing('True', 'NewReplicaSetAvailable', 0);
  const updated = progressing('True', 'ReplicaSetUpdated', 0);
  const set = (name: string, replicas: number, there: number, availableReplicas: number) =>
    replicaSet(name, { replicas, status: { replicas: there, availableReplicas } });
  const now = atMs(1_000);

  interface Case {
    readonly title: string;
    readonly deadline?: number;
    readonly desired: number;
    readonly status: DeploymentStatus;
    readonly conditions: readonly DeploymentCondition[];
    readonly old?: ReplicaSet;
    readonly fresh?: ReplicaSet;
    /** status, reason, message, seconds of the last update and of the last transition; undefined: no condition. */
    readonly expected: readonly [string, string, string | undefined, number | undefined, number | undefined] | undefined;
  }

  const cases: readonly Case[] = [
    {
      title: 'without a deadline it is removed',
      desired: 3,
      status: numbers(2, 2, 2),
      conditions: [updated],
      old: set('bar', 0, 1, 1),
      fresh: set('foo', 3, 2, 2),
      expected: undefined,
    },
    {
      title: 'a Deployment with one active ReplicaSet is not judged',
      deadline: 60,
      desired: 3,
      status: numbers(3, 3, 3),
      conditions: [newSetAvailable],
      old: set('bar', 3, 3, 3),
      expected: ['True', 'NewReplicaSetAvailable', undefined, 0, 0],
    },
    {
      title: 'progress moves the update and not the transition',
      deadline: 60,
      desired: 3,
      status: numbers(2, 2, 2),
      conditions: [updated],
      old: set('bar', 0, 1, 1),
      fresh: set('foo', 3, 2, 2),
      expected: ['True', 'ReplicaSetUpdated', 'ReplicaSet "foo" is progressing.', 1_000, 0],
    },
    {
      title: 'progress after a stall moves both',
      deadline: 60,
      desired: 3,
      status: numbers(2, 2, 2),
      conditions: [failedTimedOut],
      old: set('bar', 0, 1, 1),
      fresh: set('foo', 3, 2, 2),
      expected: ['True', 'ReplicaSetUpdated', 'ReplicaSet "foo" is progressing.', 1_000, 1_000],
    },
    {
      title: 'the first progress makes it',
      deadline: 60,
      desired: 3,
      status: numbers(2, 2, 2),
      conditions: [],
      old: set('bar', 0, 1, 1),
      fresh: set('foo', 3, 2, 2),
      expected: ['True', 'ReplicaSetUpdated', 'ReplicaSet "foo" is progressing.', 1_000, 1_000],
    },
    {
      title: 'complete after progress keeps the transition',
      deadline: 60,
      desired: 3,
      status: numbers(3, 3, 3),
      conditions: [updated],
      fresh: set('foo', 3, 3, 3),
      expected: ['True', 'NewReplicaSetAvailable', 'ReplicaSet "foo" has successfully progressed.', 1_000, 0],
    },
    {
      title: 'complete after a stall',
      deadline: 60,
      desired: 3,
      status: numbers(3, 3, 3),
      conditions: [failedTimedOut],
      fresh: set('foo', 3, 3, 3),
      expected: ['True', 'NewReplicaSetAvailable', 'ReplicaSet "foo" has successfully progressed.', 1_000, 1_000],
    },
    {
      title: 'complete and never judged before',
      deadline: 60,
      desired: 3,
      status: numbers(3, 3, 3),
      conditions: [],
      fresh: set('foo', 3, 3, 3),
      expected: ['True', 'NewReplicaSetAvailable', 'ReplicaSet "foo" has successfully progressed.', 1_000, 1_000],
    },
    {
      title: 'complete without a new ReplicaSet',
      deadline: 60,
      desired: 0,
      status: numbers(3, 3, 3),
      conditions: [updated],
      old: set('foo', 0, 0, 0),
      expected: ['True', 'NewReplicaSetAvailable', 'Deployment "progress-test" has successfully progressed.', 1_000, 0],
    },
    {
      title: 'no progress within the deadline',
      deadline: 60,
      desired: 3,
      status: numbers(2, 2, 2),
      conditions: [updated],
      fresh: set('foo', 3, 2, 2),
      expected: ['False', 'ProgressDeadlineExceeded', 'ReplicaSet "foo" has timed out progressing.', 1_000, 1_000],
    },
    {
      title: 'a stall that was reported',
      deadline: 60,
      desired: 3,
      status: numbers(2, 2, 2),
      conditions: [failedTimedOut],
      fresh: set('foo', 3, 2, 2),
      expected: ['False', 'ProgressDeadlineExceeded', undefined, undefined, undefined],
    },
  ];

  test.each(cases)('$title', ({ deadline, desired, status, conditions, old, fresh, expected }) => {
    const oldSets = old ? [old] : [];
    const after = rolloutStatus(subject(deadline, desired, status, conditions), { newSet: fresh, oldSets, all: fresh ? [...oldSets, fresh] : oldSets }, now);
    const found = after.conditions?.find(({ type }) => type === 'Progressing');
    if (!expected) return expect(found).toBeUndefined();
    const time = (seconds: number | undefined) => (seconds === undefined ? undefined : at(seconds));
    const [value, reason, message, lastUpdate, lastTransition] = expected;
    expect([found?.status, found?.reason, found?.message, found?.lastUpdateTime, found?.lastTransitionTime]).toEqual([
      value,
      reason,
      message,
      time(lastUpdate),
      time(lastTransition),
    ]);
  });
});

describe('[DP3] complete', () => {
  const cases: [title: string, desired: number, replicas: number, updated: number, available: number, expected: boolean][] = [
    ['not all pods are available', 5, 5, 5, 4, false],
    ['the least are not available', 5, 5, 5, 3, false],
    ['complete', 5, 5, 5, 5, true],
    ['all are available and one is old', 5, 5, 4, 5, false],
    ['an old pod still runs', 1, 2, 1, 1, false],
    ['the only one never starts', 1, 1, 1, 0, false],
  ];
  test.each(cases)('%s', (_, desired, replicas, updated, available, expected) => {
    expect(isComplete(subject(60, desired, {}), numbers(replicas, updated, available))).toBe(expected);
  });

  test('a status of an older generation says nothing', () => {
    expect(isComplete({ ...subject(60, 1, {}), metadata: { ...subject(60, 1, {}).metadata, generation: 2 } }, numbers(1, 1, 1))).toBe(false);
  });
});

describe('[DP4] progress', () => {
  /** [replicas, updated, ready, available] */
  type Numbers = readonly [number, number, number, number];
  const status = ([replicas, updatedReplicas, readyReplicas, availableReplicas]: Numbers): DeploymentStatus => ({
    replicas,
    updatedReplicas,
    readyReplicas,
    availableReplicas,
  });
  const cases: [title: string, before: Numbers, after: Numbers, expected: boolean][] = [
    ['more updated pods', [10, 4, 4, 4], [10, 6, 4, 4], true],
    ['the same', [10, 4, 4, 4], [10, 4, 4, 4], false],
    ['fewer old pods', [10, 4, 6, 6], [8, 4, 6, 6], true],
    ['fewer new pods', [10, 7, 3, 3], [10, 6, 3, 3], false],
    ['fewer pods and more new ones', [10, 4, 7, 7], [8, 8, 5, 5], true],
    ['more ready pods', [10, 10, 9, 8], [10, 10, 10, 8], true],
    ['more available pods', [10, 10, 10, 9], [10, 10, 10, 10], true],
  ];
  test.each(cases)('%s', (_, before, after, expected) => expect(hasProgressed(subject(60, 10, status(before)), status(after))).toBe(expected));
});

describe('[DP5] stalled', () => {
  const cases: [title: string, deadline: number | undefined, reason: string, updated: number | undefined, now: number, expected: boolean][] = [
    ['no deadline', undefined, '', 69, 80, false],
    ['a deadline of for ever', infinite, '', 69, 80, false],
    ['11 s without progress, 10 allowed', 10, '', 69, 80, true],
    ['9 s without progress, 10 allowed', 10, '', 71, 80, false],
    ['exactly 10 s', 10, '', 70, 80, false],
    ['it was complete', 10, 'NewReplicaSetAvailable', 0, 80, false],
    ['it has stalled before', 10, 'ProgressDeadlineExceeded', 79, 80, true],
  ];
  test.each(cases)('%s', (_, deadline, reason, updated, now, expected) => {
    expect(hasStalled(subject(deadline, 1, {}), [progressing('True', reason, updated)], atMs(now))).toBe(expected);
  });

  test('without a condition there is nothing to count from', () => expect(hasStalled(subject(10, 1, {}), [], atMs(80))).toBe(false));
});

describe('[DP6] failures of ReplicaSets', () => {
  const failing = (name: string, message: string) =>
    replicaSet(name, {
      replicas: 1,
      status: { conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message, lastTransitionTime: at(5) }] },
    });
  const failure = (newSet: ReplicaSet, oldSets: readonly ReplicaSet[]) =>
    rolloutStatus(subject(60, 1, {}), { newSet, oldSets, all: [...oldSets, newSet] }, atMs(9)).conditions?.find(({ type }) => type === 'ReplicaFailure');

  test("the new one's first", () => {
    expect(failure(failing('new', 'quota'), [failing('old', 'other')])).toEqual({
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: 'quota',
      lastTransitionTime: at(5),
      lastUpdateTime: at(5),
    });
  });

  test("then the old ones'", () => expect(failure(replicaSet('new'), [failing('old', 'other')])?.message).toBe('other'));

  test('gone with the failure', () => {
    const before = subject(60, 1, {}, [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }]);
    expect(rolloutStatus(before, { newSet: replicaSet('new'), oldSets: [], all: [replicaSet('new')] }, atMs(9)).conditions?.map(({ type }) => type)).toEqual([
      'Available',
    ]);
  });
});

test('[DP7] a look that changes nothing asks to be repeated when the deadline has passed', () => {
  const fresh = replicaSet('new', { replicas: 1, status: { replicas: 1, terminatingReplicas: 0 } });
  const sets = { newSet: fresh, oldSets: [], all: [fresh] };
  const first = subject(60, 1, {}, [progressing('True', 'NewReplicaSetCreated', 0)]);
  const after = { ...first, status: rolloutStatus(first, sets, atMs(10)) };
  expect(finishRollout(first, sets, [], atMs(10)).requeueAfterMs).toBeUndefined();
  expect(finishRollout(after, sets, [], atMs(30))).toEqual({ steps: [], requeueAfterMs: 41_000 });
});
