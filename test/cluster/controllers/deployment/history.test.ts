// Cases from TestDeploymentController_cleanupDeployment and …cleanupDeploymentOrder (sync_test.go) of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { cleanUp } from '../../../../server/src/cluster/controllers/deployment/history.ts';
import type { ReplicaSet } from '../../../../server/src/schema/generated/types.ts';
import { deployment, replicaSet, type SetShape } from '../builders.ts';

const deleted = (limit: number, sets: readonly ReplicaSet[]) =>
  cleanUp(deployment({ spec: { revisionHistoryLimit: limit } }), sets).map((step) => (step.step === 'delete' ? step.set.metadata.name : step.step));

describe('[DH1] how many go', () => {
  /** [wanted, there] */
  const sets = (pods: readonly (readonly [number, number])[]) =>
    pods.map(([replicas, there], i) => replicaSet(`set-${i + 1}`, { replicas, status: { replicas: there } }));
  const cases: [title: string, limit: number, sets: ReplicaSet[], expected: string[]][] = [
    [
      'all but one',
      1,
      sets([
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
      ['set-1', 'set-2'],
    ],
    [
      'only those without pods',
      0,
      sets([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
      ['set-1'],
    ],
    [
      'all',
      0,
      sets([
        [0, 0],
        [0, 0],
      ]),
      ['set-1', 'set-2'],
    ],
    [
      'none without pods',
      0,
      sets([
        [1, 1],
        [1, 1],
      ]),
      [],
    ],
    ['being deleted already', 0, [replicaSet('set-1', { deleted: true })], []],
    [
      'no limit',
      0x7fff_ffff,
      sets([
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
      [],
    ],
    ['not observed yet', 0, [replicaSet('set-1', { generation: 2, status: { observedGeneration: 1 } })], []],
  ];
  test.each(cases)('%s', (_, limit, given, expected) => expect(deleted(limit, given)).toEqual(expected));
});

describe('[DH2] the lowest revision goes first', () => {
  /** [revision, pods], in order of creation */
  const sets = (...given: readonly (readonly [string | undefined, number])[]) =>
    given.map(([revision, replicas], i) => {
      const shape: SetShape = {
        replicas,
        created: i,
        status: { replicas },
        annotations: revision === undefined ? {} : { 'deployment.kubernetes.io/revision': revision },
      };
      return replicaSet(`set-${i + 1}`, shape);
    });
  const cases: [title: string, limit: number, sets: ReplicaSet[], expected: string[]][] = [
    ['1 before 2', 1, sets(['1', 0], ['2', 0]), ['set-1']],
    ['whatever was created first', 1, sets(['2', 0], ['1', 0]), ['set-2']],
    ['none before 1', 1, sets(['1', 0], [undefined, 0]), ['set-2']],
    ['none before 2', 1, sets([undefined, 0], ['2', 0]), ['set-1']],
    ['one with pods stays', 1, sets(['1', 1], ['2', 0], ['3', 0]), ['set-2']],
    ['and none is taken in its place', 1, sets(['1', 1], ['2', 1], ['3', 0]), []],
    ['several', 2, sets(['3', 0], ['1', 0], ['4', 0], ['2', 0]), ['set-2', 'set-4']],
    ['unreadable ones by age', 1, sets(['x', 0], ['2', 0]), ['set-1']],
  ];
  test.each(cases)('%s', (_, limit, given, expected) => expect(deleted(limit, given)).toEqual(expected));
});
