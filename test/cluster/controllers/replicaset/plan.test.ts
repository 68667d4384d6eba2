import { describe, expect, test } from 'vitest';
import { podDraft } from '../../../../server/src/cluster/controllers/pod-draft.ts';
import { planReplicaSet } from '../../../../server/src/cluster/controllers/replicaset/plan.ts';
import { slowStart } from '../../../../server/src/cluster/controllers/slow-start.ts';
import type { ReplicaSetView } from '../../../../server/src/cluster/controllers/replicaset/view.ts';
import { pod, replicaSet } from '../builders.ts';

function view(desired: number, active: number, change: Partial<ReplicaSetView> = {}, deleted = false): ReplicaSetView {
  return {
    set: replicaSet('set', { replicas: desired, deleted }),
    counts: { active, fullyLabeled: active, ready: 0, available: 0, terminating: 0 },
    adopt: [],
    release: [],
    pods: () => Array.from({ length: active }, (_, i) => pod(`pod-${i}`)),
    relatedOn: () => 0,
    nowMs: 0,
    ...change,
  };
}

describe('[RP1] how many pods', () => {
  const cases: [title: string, desired: number, active: number, create: number, remove: number][] = [
    ['right', 3, 3, 0, 0],
    ['too few', 3, 1, 2, 0],
    ['too many', 1, 3, 0, 2],
    ['all of them', 0, 3, 0, 3],
    ['no more than 500 at once', 2_000, 0, 500, 0],
    ['nor fewer', 0, 2_000, 0, 500],
  ];
  test.each(cases)('%s: %i wanted, %i there', (_, desired, active, create, remove) => {
    const plan = planReplicaSet(view(desired, active), 0);
    expect([plan.create, plan.remove.length]).toEqual([create, remove]);
  });

  test('a pod that is stopping is replaced at once', () => {
    expect(planReplicaSet(view(3, 2, { counts: { active: 2, fullyLabeled: 2, ready: 2, available: 2, terminating: 1 } }), 0)).toMatchObject({
      create: 1,
      remove: [],
    });
  });

  test('none for a set that is being deleted', () => {
    expect(planReplicaSet(view(3, 1, {}, true), 0)).toMatchObject({ create: 0, remove: [] });
    expect(planReplicaSet(view(1, 3, {}, true), 0)).toMatchObject({ create: 0, remove: [] });
  });

  test('none before pods are adopted and released', () => {
    expect(planReplicaSet(view(3, 1, { adopt: [pod('lone')] }), 0)).toMatchObject({ claims: true, create: 0 });
    expect(planReplicaSet(view(3, 1, { release: [pod('other')] }), 0)).toMatchObject({ claims: true, create: 0 });
  });
});

describe('[RP2] a slow start, from TestSlowStartBatch (replica_set_test.go) of Kubernetes 1.36.3', () => {
  const cases: [count: number, room: number, calls: number, failed: boolean][] = [
    [10, 0, 1, true],
    [10, 10, 10, false],
    [10, 5, 7, true],
    [10, 2, 3, true],
    [10, 7, 10, true],
    [0, 0, 0, false],
  ];
  test.each(cases)('%i wanted, room for %i: %i calls', (count, room, expected, failed) => {
    let calls = 0;
    expect(slowStart(count, () => (++calls > room ? calls : undefined))).toBe(failed ? room + 1 : undefined);
    expect(calls).toBe(expected);
  });
});

describe('[RP3] a pod from the template', () => {
  test('shares everything with it', () => {
    const set = replicaSet('set');
    const draft = podDraft(set, set.spec.template);
    expect(draft.spec).toBe(set.spec.template.spec);
    expect(draft.metadata.labels).toBe(set.spec.template.metadata.labels);
    expect(draft.metadata).toEqual({
      generateName: 'set-',
      namespace: 'default',
      labels: { app: 'web', 'pod-template-hash': 'set' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'set', uid: 'set', controller: true, blockOwnerDeletion: true }],
    });
  });
  test.each([
    [252, 253],
    [253, 253],
  ])('a name of %i characters gives a prefix of %i', (length, expected) => {
    const set = replicaSet('x'.repeat(length));
    expect(podDraft(set, set.spec.template).metadata.generateName).toHaveLength(expected);
  });
});
