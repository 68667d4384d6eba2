import { describe, expect, test } from 'vitest';
import type { JobSpec, JobStatus, Pod } from '../../../../server/src/schema/generated/types.ts';
import { conditionsOf, job, jobPod, planAt, pods } from './builders.ts';

interface Case {
  readonly title: string;
  readonly spec?: Partial<JobSpec>;
  readonly status?: JobStatus;
  readonly deleted?: boolean;
  readonly pods?: readonly Pod[];
  /** created, removed; then active, succeeded, failed when all is written. */
  readonly expected: readonly [create: number, remove: number, active: number, succeeded: number, failed: number];
  readonly ended?: string;
}

const exactly = { parallelism: 2, completions: 5 };
const anyOf = { parallelism: 2 };

// The same situations as in TestControllerSyncJob (job_controller_test.go); 20 s after the beginning, when no back-off is left.
const cases: readonly Case[] = [
  { title: 'starts', spec: exactly, expected: [2, 0, 2, 0, 0] },
  { title: 'starts without completions', spec: anyOf, expected: [2, 0, 2, 0, 0] },
  { title: 'pending pods are active', spec: exactly, pods: pods(2, { phase: 'Pending' }), expected: [0, 0, 2, 0, 0] },
  { title: 'one of two is missing', spec: exactly, pods: pods(1, {}), expected: [1, 0, 2, 0, 0] },
  { title: 'too many', spec: exactly, pods: pods(3, {}), expected: [0, 1, 2, 0, 0] },
  { title: 'a failed pod is replaced', spec: exactly, pods: [...pods(1, {}), ...pods(1, { phase: 'Failed' })], expected: [1, 0, 2, 0, 1] },
  { title: 'one that is being deleted has failed', spec: exactly, pods: [jobPod('a'), jobPod('b', { deleted: true })], expected: [1, 0, 2, 0, 1] },
  { title: 'a success makes room', spec: exactly, pods: pods(1, { phase: 'Succeeded' }), expected: [2, 0, 2, 1, 0] },
  { title: 'only what is missing still', spec: exactly, status: { succeeded: 3 }, pods: pods(1, { phase: 'Succeeded' }), expected: [1, 0, 1, 4, 0] },
  { title: 'all have succeeded', spec: exactly, status: { succeeded: 3 }, pods: pods(2, { phase: 'Succeeded' }), expected: [0, 0, 0, 5, 0], ended: 'Complete' },
  {
    title: 'more than wanted have succeeded',
    spec: exactly,
    status: { succeeded: 4 },
    pods: [...pods(2, { phase: 'Succeeded' }), ...pods(1, {})],
    expected: [0, 1, 0, 6, 0],
  },
  {
    title: 'without completions: one success, the others go on',
    spec: anyOf,
    pods: [jobPod('a'), jobPod('b', { phase: 'Succeeded' })],
    expected: [0, 0, 1, 1, 0],
  },
  { title: 'without completions: the last has ended', spec: anyOf, pods: pods(2, { phase: 'Succeeded' }), expected: [0, 0, 0, 2, 0], ended: 'Complete' },
  { title: 'backoffLimit passed', spec: { ...exactly, backoffLimit: 0 }, pods: [jobPod('a'), jobPod('b', { phase: 'Failed' })], expected: [0, 1, 0, 0, 2] },
  { title: 'backoffLimit passed, nothing left', spec: { backoffLimit: 0 }, pods: pods(1, { phase: 'Failed' }), expected: [0, 0, 0, 0, 1], ended: 'Failed' },
  { title: 'failures are waited for', spec: exactly, pods: pods(1, { phase: 'Failed', endedAt: 15 }), expected: [0, 0, 0, 0, 1] },
  { title: 'suspended', spec: { ...exactly, suspend: true }, pods: pods(2, {}), expected: [0, 2, 0, 0, 0] },
  { title: 'being deleted', spec: exactly, deleted: true, pods: pods(1, {}), expected: [0, 0, 1, 0, 0] },
  { title: 'no completions wanted', spec: { completions: 0 }, expected: [0, 0, 0, 0, 0], ended: 'Complete' },
  { title: 'no more than 500 at once', spec: { parallelism: 2_000, completions: 2_000 }, expected: [500, 0, 500, 0, 0] },
  { title: 'replaces only what has failed', spec: { podReplacementPolicy: 'Failed' }, pods: [jobPod('a', { deleted: true })], expected: [0, 0, 0, 0, 0] },
];

test.each(cases)('[JP1] $title', ({ spec = {}, status, deleted, pods: all = [], expected, ended }) => {
  const plan = planAt(
    20,
    job({ completions: spec === anyOf ? undefined : 1, ...spec } as Partial<JobSpec>, { startTime: '2026-01-01T00:00:00Z', ...status }, deleted),
    all,
  );
  const { active = 0, succeeded = 0, failed = 0 } = plan.counting.counted;
  expect([plan.create.length, plan.remove.length, active, succeeded, failed]).toEqual(expected);
  expect(plan.counting.ended ? plan.ending?.type : undefined).toBe(ended);
});

describe('[JP2] how long it waits after failures', () => {
  const waits: [failures: number, endedAt: number, requeueAfterMs: number | undefined][] = [
    [0, 100, 10_000],
    [1, 100, 20_000],
    [2, 100, 40_000],
    [9, 100, 600_000],
    [0, 95, 5_000],
    [0, 91, 1_000],
    [0, 90, undefined],
  ];
  test.each(waits)('after %i others, ended at %i s', (failures, endedAt, requeueAfterMs) => {
    const plan = planAt(100, job({ completions: 1, backoffLimit: 99 }), [jobPod('last', { phase: 'Failed', endedAt })], { failures, lastFailureMs: 0 });
    // The failure is named first, and then it looks again at once.
    expect(plan.namesOnly).toBe(true);
    const named = job({ completions: 1, backoffLimit: 99 }, plan.counting.named);
    const next = planAt(100, named, [jobPod('last', { phase: 'Failed', endedAt })], { failures, lastFailureMs: 0 });
    expect([next.requeueAfterMs, next.backOff.failures]).toEqual([requeueAfterMs, failures + 1]);
  });

  test('a success forgets them', () => {
    const ended = [jobPod('a', { phase: 'Failed', endedAt: 99 }), jobPod('b', { phase: 'Succeeded', endedAt: 100 })];
    const plan = planAt(100, job({ completions: 3 }), ended, { failures: 3, lastFailureMs: 0 });
    expect([plan.create.length, plan.backOff.failures]).toEqual([1, 0]);
  });
});

test('[JP3] pods are named, then they lose the finalizer, then they are counted', () => {
  const plan = planAt(20, job({ parallelism: 2, completions: 5 }), [jobPod('a', { phase: 'Succeeded' }), jobPod('b', { phase: 'Failed' }), jobPod('c')]);
  expect(plan.counting.named).toMatchObject({ uncountedTerminatedPods: { succeeded: ['a'], failed: ['b'] } });
  expect(plan.counting.named.succeeded).toBeUndefined();
  expect(plan.counting.untrack.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  expect(plan.counting.counted).toMatchObject({ succeeded: 1, failed: 1, uncountedTerminatedPods: {} });
});

test('[JP4] a pod that was named before it lost the finalizer is counted once', () => {
  const status = { succeeded: 1, uncountedTerminatedPods: { succeeded: ['a', 'b'] } };
  const plan = planAt(20, job({ completions: 5 }, status), [jobPod('a', { phase: 'Succeeded', tracked: false }), jobPod('b', { phase: 'Succeeded' })]);
  expect(plan.counting.named).toMatchObject({ succeeded: 2, uncountedTerminatedPods: { succeeded: ['b'] } });
  expect(plan.counting.counted).toMatchObject({ succeeded: 3, uncountedTerminatedPods: {} });
});

test('[JP5] no more than 500 pods are named at once, and the job does not end before the rest is', () => {
  const plan = planAt(20, job({ completions: 501, parallelism: 501 }), pods(501, { phase: 'Succeeded' }));
  expect(plan.counting.named.uncountedTerminatedPods?.succeeded).toHaveLength(500);
  expect(plan.counting.ended).toBe(false);
});

describe('[JP6] a deadline', () => {
  const slow = { completions: 1, activeDeadlineSeconds: 5 };
  test('is waited for', () => expect(planAt(2, job(slow, { startTime: '2026-01-01T00:00:00Z' }), pods(1, {})).requeueAfterMs).toBe(3_000));
  test('ends the job, with the pods that run', () => {
    const plan = planAt(5, job(slow, { startTime: '2026-01-01T00:00:00Z' }), pods(1, {}));
    expect([plan.remove.length, plan.counting.ended]).toEqual([1, false]);
    expect(conditionsOf(plan.counting.counted)).toEqual(['FailureTarget=True DeadlineExceeded']);
  });
  test('does not pass while it is suspended', () => {
    expect(planAt(9, job({ ...slow, suspend: true }, { startTime: '2026-01-01T00:00:00Z' }), []).ending).toBeUndefined();
  });
});

describe('[JP7] an Indexed job', () => {
  const indexed = { completionMode: 'Indexed', completions: 5, parallelism: 3 };
  test('fills the first gaps', () => {
    const plan = planAt(20, job(indexed, { completedIndexes: '0,2' }), [jobPod('a', { index: 3 })]);
    expect(plan.create).toEqual([{ index: 1 }, { index: 4 }]);
  });
  test('counts an index once, however many pods of it succeed', () => {
    const plan = planAt(20, job(indexed, { completedIndexes: '0', succeeded: 1 }), pods(2, { phase: 'Succeeded', index: 0 }));
    expect(plan.counting.counted).toMatchObject({ succeeded: 1, completedIndexes: '0' });
  });
  test('deletes pods without an index, beyond the last one, and the lesser of two', () => {
    const all = [jobPod('none'), jobPod('far', { index: 5 }), jobPod('lesser', { index: 0, phase: 'Pending' }), jobPod('better', { index: 0 })];
    expect(planAt(20, job(indexed), all).remove.map(({ metadata }) => metadata.name)).toEqual(['none', 'far', 'lesser']);
  });
  test('an index that fails too often is given up', () => {
    const failing = { ...indexed, backoffLimitPerIndex: 1, backoffLimit: 99 };
    const plan = planAt(20, job(failing), [jobPod('a', { index: 0, phase: 'Failed', failures: 1 }), jobPod('b', { index: 1, phase: 'Failed', failures: 0 })]);
    expect(plan.counting.counted).toMatchObject({ failedIndexes: '0', failed: 1 });
    // The other one keeps its finalizer until its replacement is there, which knows of the failure.
    expect(plan.counting.untrack.map(({ metadata }) => metadata.name)).toEqual(['a']);
    expect(plan.create).toEqual([
      { index: 1, failures: { counted: 1, ignored: 0 } },
      { index: 2, failures: { counted: 0, ignored: 0 } },
      { index: 3, failures: { counted: 0, ignored: 0 } },
    ]);
  });
  test('too many indexes have failed', () => {
    const failing = { ...indexed, backoffLimitPerIndex: 0, maxFailedIndexes: 1, backoffLimit: 99 };
    const plan = planAt(20, job(failing, { failedIndexes: '0' }), [jobPod('b', { index: 1, phase: 'Failed', failures: 0 })]);
    expect(plan.ending?.reason).toBe('MaxFailedIndexesExceeded');
  });
  test('all have ended, and one has failed', () => {
    const failing = { ...indexed, backoffLimitPerIndex: 0, backoffLimit: 99 };
    const plan = planAt(20, job(failing, { failedIndexes: '0', completedIndexes: '1-3' }), [jobPod('e', { index: 4, phase: 'Succeeded' })]);
    expect([plan.ending?.reason, plan.counting.counted.completedIndexes]).toEqual(['FailedIndexes', '1-4']);
  });
});

describe('[JP8] a success policy', () => {
  const rules = (...all: NonNullable<JobSpec['successPolicy']>['rules']) => ({
    completionMode: 'Indexed',
    completions: 5,
    parallelism: 5,
    successPolicy: { rules: all },
  });
  const message = (spec: Partial<JobSpec>, completedIndexes: string) => planAt(20, job(spec, { completedIndexes }), []).ending?.message;
  test('all of some indexes', () => {
    expect(message(rules({ succeededIndexes: '0,2' }), '0,1')).toBeUndefined();
    expect(message(rules({ succeededIndexes: '0,2' }), '0-2')).toBe('Matched rules at index 0');
  });
  test('so many, of any or of some', () => {
    expect(message(rules({ succeededCount: 3 }), '0,1')).toBeUndefined();
    expect(message(rules({ succeededCount: 3 }, { succeededIndexes: '0-4', succeededCount: 2 }), '1,3')).toBe('Matched rules at index 1');
  });
  test('pods that still run are stopped, and do not count as failed', () => {
    const plan = planAt(20, job(rules({ succeededCount: 1 })), [jobPod('a', { index: 0, phase: 'Succeeded' }), jobPod('b', { index: 1 })]);
    expect([plan.remove.length, plan.counting.counted.failed, plan.counting.counted.succeeded]).toEqual([1, undefined, 1]);
  });
});

describe('[JP9] a pod failure policy', () => {
  const rule = (action: string, operator = 'In') => ({ action, onExitCodes: { containerName: 'main', operator, values: [42] } });
  const failed = [jobPod('a', { phase: 'Failed', exitCode: 42 })];
  const planned = (...rules: NonNullable<JobSpec['podFailurePolicy']>['rules']) => planAt(20, job({ completions: 1, podFailurePolicy: { rules } }), failed);
  test('fails the job', () => {
    expect(planned(rule('FailJob')).ending).toEqual({
      type: 'Failed',
      reason: 'PodFailurePolicy',
      message: 'Container main for pod default/a failed with exit code 42 matching FailJob rule at index 0',
    });
  });
  test('does not count what is ignored', () => expect(planned(rule('Ignore')).counting.counted.failed).toBeUndefined());
  test('the first rule that matches decides', () => expect(planned(rule('FailJob', 'NotIn'), rule('Count'), rule('FailJob')).counting.counted.failed).toBe(1));
});

test('[JP10] containers that are started again too often fail the job', () => {
  const template = { metadata: {} as never, spec: { restartPolicy: 'OnFailure', containers: [{ name: 'main', resources: {} }] } };
  const reason = (restarts: number) => planAt(20, job({ completions: 1, backoffLimit: 3, template }), [jobPod('a', { restarts })]).ending?.reason;
  expect([reason(2), reason(3)]).toEqual([undefined, 'BackoffLimitExceeded']);
});
