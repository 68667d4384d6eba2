// Cases from replica_set_utils_test.go and TestReplicaSetAvailabilityCheck (replica_set_test.go) of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { countPods } from '../../../../server/src/cluster/controllers/replicaset/counts.ts';
import { planReplicaSet } from '../../../../server/src/cluster/controllers/replicaset/plan.ts';
import type { ReplicaKind } from '../../../../server/src/cluster/controllers/replicaset/replica-kind.ts';
import { sameStatus, statusOf } from '../../../../server/src/cluster/controllers/replicaset/status.ts';
import { IndexOf } from '../../../../server/src/cluster/store/index-of.ts';
import { podsByOwner, replicaSetsByNamespace, replicaSetsByOwner, type PodBucket } from '../../../../server/src/cluster/store/indexes.ts';
import type { ReplicaSet, ReplicaSetCondition } from '../../../../server/src/schema/generated/types.ts';
import { at, atMs, pod, replicaSet, type PodShape, type SetShape } from '../builders.ts';

const kind = (countsTerminating = true): ReplicaKind => ({
  controller: 'c',
  kind: 'ReplicaSet',
  resource: 'replicasets.apps',
  byNamespace: replicaSetsByNamespace,
  byOwner: replicaSetsByOwner,
  countsTerminating,
  selectorOf: (set) => set,
  selects: () => true,
});

function bucketOf(pods: readonly PodShape[]): PodBucket {
  const index = new IndexOf(podsByOwner);
  pods.forEach((shape, i) => index.update(`default/pod-${i}`, undefined, pod(`pod-${i}`, { owner: 'set', ...shape })));
  return index.bucket('set') as PodBucket;
}

/** `labels`: what the template says. */
function setOf(shape: SetShape): ReplicaSet {
  const set = replicaSet('set', shape);
  return { ...set, spec: { ...set.spec, template: { ...set.spec.template, metadata: { labels: shape.labels ?? {} } as never } } };
}

const full = { name: 'foo', type: 'production' };
const some = { name: 'foo' };
const hour = 3600;

describe('[RS1] what a status counts', () => {
  const ready: PodShape = { labels: full, readySince: 0 };
  const stopping: PodShape = { ...ready, deleted: true };
  const cases: [title: string, set: SetShape, pods: PodShape[], expected: object, countsTerminating?: boolean][] = [
    [
      'a fully labelled pod',
      { labels: full },
      [ready],
      { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1, terminatingReplicas: 0 },
    ],
    [
      'a pod that lacks a label',
      { labels: full },
      [{ ...ready, labels: some }],
      { replicas: 1, readyReplicas: 1, availableReplicas: 1, terminatingReplicas: 0 },
    ],
    [
      'one of each',
      { labels: full },
      [{ ...ready, labels: some }, ready],
      { replicas: 2, fullyLabeledReplicas: 1, readyReplicas: 2, availableReplicas: 2, terminatingReplicas: 0 },
    ],
    [
      'more labels than needed',
      { labels: some },
      [ready, ready],
      { replicas: 2, fullyLabeledReplicas: 2, readyReplicas: 2, availableReplicas: 2, terminatingReplicas: 0 },
    ],
    ['a pod that is not ready', { labels: full }, [{ labels: full, phase: 'Pending' }], { replicas: 1, fullyLabeledReplicas: 1, terminatingReplicas: 0 }],
    [
      'ready just now',
      { labels: full, minReadySeconds: hour },
      [{ ...ready, readySince: 2 * hour }],
      { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, terminatingReplicas: 0 },
    ],
    [
      'ready for minReadySeconds',
      { labels: full, minReadySeconds: hour },
      [{ ...ready, readySince: hour }],
      { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1, terminatingReplicas: 0 },
    ],
    [
      'ready for long',
      { labels: full, minReadySeconds: hour },
      [ready],
      { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1, terminatingReplicas: 0 },
    ],
    [
      'nobody knows since when',
      { labels: full, minReadySeconds: hour },
      [{ ...ready, readySince: null }],
      { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, terminatingReplicas: 0 },
    ],
    [
      'pods that are stopping',
      { labels: full },
      [ready, stopping, stopping],
      { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1, terminatingReplicas: 2 },
    ],
    [
      'of a ReplicationController',
      { labels: full },
      [ready, stopping],
      { replicas: 1, fullyLabeledReplicas: 1, readyReplicas: 1, availableReplicas: 1 },
      false,
    ],
    [
      'finished pods',
      { labels: full },
      [
        { ...ready, phase: 'Succeeded' },
        { ...ready, phase: 'Failed', deleted: true },
      ],
      { replicas: 0, terminatingReplicas: 0 },
    ],
    ['no pods', { labels: full }, [], { replicas: 0, terminatingReplicas: 0 }],
  ];
  test.each(cases)('%s', (_, shape, pods, expected, countsTerminating) => {
    const set = setOf(shape);
    expect(statusOf(kind(countsTerminating), set, countPods(set, bucketOf(pods), atMs(2 * hour)), undefined, atMs(2 * hour))).toEqual({
      observedGeneration: 1,
      ...expected,
    });
  });
});

describe('[RS2] the condition ReplicaFailure', () => {
  const reported: ReplicaSetCondition = { type: 'ReplicaFailure', status: 'True' };
  const made = (reason: string): ReplicaSetCondition => ({ type: 'ReplicaFailure', status: 'True', reason, message: 'why', lastTransitionTime: at(7) });
  const cases: [title: string, active: number, before: ReplicaSetCondition[], failure: string | undefined, expected: ReplicaSetCondition[] | undefined][] = [
    ['too few pods', 1, [], 'why', [made('FailedCreate')]],
    ['too many pods', 3, [], 'why', [made('FailedDelete')]],
    ['no failure any more', 1, [reported], undefined, undefined],
    ['a failure that was reported stays as it is', 1, [reported], 'another', [reported]],
    ['none', 1, [], undefined, undefined],
  ];
  test.each(cases)('%s', (_, active, conditions, failure, expected) => {
    const set = setOf({ replicas: 2, status: { conditions } });
    const counts = countPods(set, bucketOf(Array.from({ length: active }, () => ({}))), atMs(7));
    expect(statusOf(kind(), set, counts, failure, atMs(7)).conditions).toEqual(expected);
  });

  test('a look that changes nothing writes nothing', () => {
    const set = setOf({ replicas: 2, status: { conditions: [reported] } });
    const counts = countPods(set, bucketOf([{}]), atMs(7));
    const status = statusOf(kind(), set, counts, 'why', atMs(7));
    expect(sameStatus({ ...set.status, replicas: 1, fullyLabeledReplicas: 1, terminatingReplicas: 0 }, status)).toBe(true);
    expect(sameStatus(set.status, status)).toBe(false);
  });
});

describe('[RS3] when time alone makes a pod available', () => {
  const next = (minReadySeconds: number, nowMs: number, pods: readonly PodShape[]) => {
    const set = setOf({ replicas: pods.length, minReadySeconds });
    const view = { set, counts: countPods(set, bucketOf(pods), nowMs), adopt: [], release: [], pods: () => [], relatedOn: () => 0, nowMs };
    return planReplicaSet(view, nowMs).requeueAfterMs;
  };
  const rows: PodShape[] = [{ phase: 'Pending' }, { readySince: 10 }, { readySince: 8 }, { readySince: 6 }];

  test('the pod that becomes available first', () => expect(next(5, atMs(10) + 300, rows)).toBe(700));
  test('then the next', () => expect(next(5, atMs(11), rows)).toBe(2_000));
  test('and none when all are', () => expect(next(5, atMs(15), rows)).toBeUndefined());
  test('without minReadySeconds never', () => expect(next(0, atMs(10), rows)).toBeUndefined());
  test('after minReadySeconds when nobody knows', () => expect(next(5, atMs(10), [{ readySince: null }])).toBe(5_000));
});
