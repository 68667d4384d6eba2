import { describe, expect, test } from 'vitest';
import { planStatefulSet } from '../../../../server/src/cluster/controllers/stateful-set/plan.ts';
import { revisionFor } from '../../../../server/src/cluster/controllers/stateful-set/revisions.ts';
import { atMs } from '../builders.ts';
import { planned, podFrom, statefulSet, viewOf, type Shape } from './sets.ts';

type Row = [title: string, shape: Shape, pods: readonly string[], steps: readonly string[]];

const check = (rows: readonly Row[]) => test.each(rows)('%s', (_, shape, pods, steps) => expect(planned(shape, pods)).toEqual(steps));

describe('[SS1] OrderedReady makes pods from the lowest ordinal up, each when all before it are available', () => {
  check([
    ['nothing there', {}, [], ['create web-0']],
    ['the first is starting', {}, ['0 new starting'], []],
    ['the first is ready', {}, ['0 new ready'], ['create web-1']],
    ['a hole is filled first', {}, ['0 new ready', '2 new ready'], ['create web-1']],
    ['a stopping pod is not replaced before it is gone', {}, ['0 new stopping', '1 new ready', '2 new ready'], []],
    ['a pod that has ended is removed', {}, ['0 new failed', '1 new ready'], ['delete web-0']],
    ['all there', {}, ['0 new ready', '1 new ready', '2 new ready'], []],
    ['from ordinal 5 on', { spec: { ordinals: { start: 5 } } }, ['5 new ready'], ['create web-6']],
    ['none for a set that is being deleted', { deleted: true }, ['0 new ready'], []],
  ]);
});

describe('[SS2] Parallel makes all that are missing', () => {
  check([
    ['nothing there', { parallel: true }, [], ['create web-0', 'create web-1', 'create web-2']],
    ['the first is starting', { parallel: true }, ['0 new starting'], ['create web-1', 'create web-2']],
    ['one has ended', { parallel: true }, ['0 new failed', '1 new ready'], ['delete web-0', 'create web-2']],
  ]);
});

describe('[SS3] scaling down goes from the highest ordinal down', () => {
  const three = ['0 new ready', '1 new ready', '2 new ready'];
  check([
    ['one at a time', { replicas: 1 }, three, ['delete web-2']],
    ['the next when it is gone', { replicas: 1 }, ['0 new ready', '1 new ready'], ['delete web-1']],
    ['and not before', { replicas: 1 }, ['0 new ready', '1 new ready', '2 new stopping'], []],
    ['not while a pod that stays is not available', { replicas: 1 }, ['0 new starting', '1 new ready', '2 new ready'], []],
    ['the broken one itself may go', { replicas: 0 }, ['0 new starting'], ['delete web-0']],
    ['a broken one waits for a lower broken one', { replicas: 0 }, ['0 new starting', '1 new ready', '2 new starting'], []],
    ['a healthy one does not', { replicas: 0 }, ['0 new starting', '1 new ready'], ['delete web-1']],
    ['below the start as well', { replicas: 2, spec: { ordinals: { start: 1 } } }, three, ['delete web-0']],
    ['with Parallel all at once', { replicas: 0, parallel: true }, three, ['delete web-2', 'delete web-1', 'delete web-0']],
  ]);
});

describe('[SS4] a rolling update goes from the highest ordinal down, one pod at a time', () => {
  check([
    ['the highest first', {}, ['0 old ready', '1 old ready', '2 old ready'], ['delete web-2']],
    ['then it comes back', {}, ['0 old ready', '1 old ready'], ['create web-2']],
    ['and is waited for', {}, ['0 old ready', '1 old ready', '2 new starting'], []],
    ['then the next', {}, ['0 old ready', '1 old ready', '2 new ready'], ['delete web-1']],
    ['scaling comes before updating', { replicas: 2 }, ['0 old ready', '1 old ready', '2 old ready'], ['delete web-2']],
    ['not below the partition', { partition: 2 }, ['0 old ready', '1 old ready', '2 new ready'], []],
    ['a partition counts from the start', { partition: 1, spec: { ordinals: { start: 4 } } }, ['4 old ready', '5 old ready', '6 new ready'], ['delete web-5']],
    ['not with OnDelete', { spec: { updateStrategy: { type: 'OnDelete' } } }, ['0 old ready', '1 old ready', '2 old ready'], []],
    ['with Parallel one at a time as well', { parallel: true }, ['0 old ready', '1 old ready', '2 old ready'], ['delete web-2']],
    ['with Parallel not while it is starting', { parallel: true }, ['0 old ready', '1 old ready', '2 new starting'], []],
  ]);
});

describe('[SS5] a broken update', () => {
  test('stays where it is with OrderedReady, though the template was mended (kubernetes issue 67250)', () => {
    expect(planned({}, ['0 new ready', '1 new ready', '2 old starting'])).toEqual([]);
  });
  test('goes on with Parallel', () => {
    expect(planned({ parallel: true }, ['0 new ready', '1 new ready', '2 old starting'])).toEqual(['delete web-2']);
  });
});

describe('[SS6] minReadySeconds', () => {
  const shape = { spec: { minReadySeconds: 10 } };
  test('the next pod is made when the one before is available, and the plan asks to be there', () => {
    expect(planned(shape, ['0 new ready 5'], 14)).toEqual([]);
    expect(planStatefulSet(viewOf(shape, ['0 new ready 5'], { seconds: 14 }), atMs(14)).requeueAfterMs).toBe(1_000);
    expect(planned(shape, ['0 new ready 5'], 15)).toEqual(['create web-1']);
    expect(planStatefulSet(viewOf(shape, ['0 new ready 5'], { seconds: 15 }), atMs(15)).requeueAfterMs).toBeUndefined();
  });
});

describe('[SS7] below the partition a new pod is made of the current revision', () => {
  const revisionOfNew = (shape: Shape, pods: readonly string[]) => {
    const view = viewOf(shape, pods);
    const { phases, revisions } = planStatefulSet(view, 0);
    const [step] = phases[0]!.steps;
    if (step?.do !== 'create') return undefined;
    const { name } = revisionFor(view.set, step.ordinal, revisions!);
    return view.revisions.findIndex(({ metadata }) => metadata.name === name) + 1;
  };
  test.each<[number, readonly string[], number]>([
    [0, [], 2],
    [1, [], 1],
    [1, ['0 old ready'], 2],
    [2, ['0 old ready'], 1],
  ])('partition %i, there is %j: revision %i', (partition, pods, revision) => {
    expect(revisionOfNew({ partition }, pods)).toBe(revision);
  });
});

describe('[SS8] the status', () => {
  const statusOf = (shape: Shape, pods: readonly string[]) => planStatefulSet(viewOf(shape, pods), 0).status!;
  test('counts pods by what they are and what they are made of', () => {
    expect(statusOf({}, ['0 old ready', '1 old ready', '2 new starting'])).toMatchObject({
      replicas: 3,
      readyReplicas: 2,
      availableReplicas: 2,
      currentReplicas: 2,
      updatedReplicas: 1,
    });
  });
  test('a pod that is removed for the update is not counted as current any more', () => {
    expect(statusOf({}, ['0 old ready', '1 old ready', '2 old ready']).currentReplicas).toBe(2);
  });
  test('a complete update makes the update revision the current one', () => {
    const done = statusOf({}, ['0 new ready', '1 new ready', '2 new ready']);
    expect([done.currentRevision, done.currentReplicas]).toEqual([done.updateRevision, 3]);
    const partial = statusOf({ partition: 1 }, ['0 old ready', '1 new ready', '2 new ready']);
    expect([partial.currentRevision === partial.updateRevision, partial.currentReplicas, partial.updatedReplicas]).toEqual([false, 1, 2]);
  });
});

test('[SS9] nothing is counted before pods are adopted and released', () => {
  const view = viewOf({}, []);
  const pods = [podFrom('0 new ready', { old: '', new: '' })];
  expect(planStatefulSet({ ...view, adopt: pods }, 0)).toMatchObject({ claims: true, phases: [] });
  expect(planStatefulSet({ ...view, set: statefulSet(), release: pods }, 0)).toMatchObject({ claims: true, phases: [] });
});
