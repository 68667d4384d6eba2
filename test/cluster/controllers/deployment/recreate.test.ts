// Cases from recreate_test.go of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { oldPodsRun, planRecreate } from '../../../../server/src/cluster/controllers/deployment/recreate.ts';
import type { ReplicaSet } from '../../../../server/src/schema/generated/types.ts';
import { atMs, deployment, replicaSet } from '../builders.ts';

const around = (unfinished: Readonly<Record<string, number>> = {}) => ({
  isTaken: () => false,
  unfinishedPods: (set: ReplicaSet) => unfinished[set.metadata.name] ?? 0,
});

describe('[DC1] old pods run', () => {
  const set = (replicas: number) => replicaSet('old', { status: { replicas } });
  const cases: [title: string, oldSets: ReplicaSet[], unfinished: Record<string, number>, expected: boolean][] = [
    ['no old ReplicaSets', [], {}, false],
    ['with pods', [set(0)], { old: 2 }, true],
    ['no pods, but the status still counts one', [set(1)], {}, true],
    ['neither', [set(0)], {}, false],
    ['finished pods only', [set(0)], { old: 0 }, false],
    ['one of several', [set(0), replicaSet('older')], { older: 1 }, true],
    ['pods of another ReplicaSet', [set(0)], { new: 3 }, false],
  ];
  test.each(cases)('%s', (_, oldSets, unfinished, expected) => expect(oldPodsRun(oldSets, around(unfinished))).toBe(expected));
});

describe('[DC2] one step a look: old ones down, wait, new one up', () => {
  const subject = deployment({ replicas: 3 });
  const plan = (newSet: ReplicaSet | undefined, oldSets: ReplicaSet[], unfinished = {}) =>
    planRecreate(subject, { newSet, oldSets, all: newSet ? [...oldSets, newSet] : oldSets }, around(unfinished), atMs(0)).steps.map((step) =>
      step.step === 'scale' ? `${step.set.metadata.name} → ${step.to}` : step.step,
    );

  test('all old ReplicaSets go to 0 at once', () => {
    expect(plan(undefined, [replicaSet('a', { replicas: 3 }), replicaSet('b', { replicas: 2 }), replicaSet('c')])).toEqual(['a → 0', 'b → 0', 'status']);
  });
  test('nothing is created while old pods stop', () => expect(plan(undefined, [replicaSet('a')], { a: 1 })).toEqual(['status']));
  test('then the new one is created', () => expect(plan(undefined, [replicaSet('a')])).toEqual(['create', 'status']));
  test('an old one that is used again grows only now', () => {
    const again = replicaSet('again', { image: 'v2' });
    expect(plan(again, [replicaSet('a')], { a: 1 })).toEqual(['status']);
    expect(plan(again, [replicaSet('a')])).toEqual(['again → 3', 'status']);
  });
});
