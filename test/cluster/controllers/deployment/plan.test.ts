// The order of decisions, as tables: what there is, and the steps that follow.
import { describe, expect, test } from 'vitest';
import { planDeployment } from '../../../../server/src/cluster/controllers/deployment/plan.ts';
import { statusOf } from '../../../../server/src/cluster/controllers/deployment/status.ts';
import { setName } from '../../../../server/src/cluster/controllers/deployment/revision.ts';
import type { Step } from '../../../../server/src/cluster/controllers/deployment/steps.ts';
import { sameTemplate } from '../../../../server/src/cluster/controllers/deployment/template.ts';
import type { DeploymentView } from '../../../../server/src/cluster/controllers/deployment/view.ts';
import type { Deployment, DeploymentCondition, ReplicaSet } from '../../../../server/src/schema/generated/types.ts';
import { at, atMs, deployment, replicaSet, template, type DeploymentShape, type SetShape } from '../builders.ts';

const revision = 'deployment.kubernetes.io/revision';
const sizes = { 'deployment.kubernetes.io/desired-replicas': '3', 'deployment.kubernetes.io/max-replicas': '4' };

const rolling = (shape: DeploymentShape = {}): Deployment =>
  deployment({ replicas: 3, surge: 1, unavailable: 0, annotations: { [revision]: '2' }, ...shape, spec: { progressDeadlineSeconds: 600, ...shape.spec } });

const set = (name: string, number: string, shape: SetShape = {}): ReplicaSet =>
  replicaSet(name, { created: Number(number), annotations: { [revision]: number, ...sizes }, ...shape });

const newSet = (shape: SetShape = {}) => set('new', '2', { image: 'v2', ...shape });
const progressing = (reason: string, status = 'True'): DeploymentCondition => ({
  type: 'Progressing',
  status,
  reason,
  lastUpdateTime: at(0),
  lastTransitionTime: at(0),
});
const known = { conditions: [progressing('ReplicaSetUpdated')] };

function plan(subject: Deployment, sets: readonly ReplicaSet[], change: Partial<DeploymentView> = {}) {
  const view: DeploymentView = {
    deployment: subject,
    claims: { owned: sets, adopt: [], release: [] },
    nowMs: atMs(9),
    isTaken: () => false,
    unfinishedPods: () => 0,
    ...change,
  };
  return planDeployment(view, atMs(9));
}

const brief = (steps: readonly Step[]) =>
  steps.map((step) => {
    switch (step.step) {
      case 'scale':
        return `${step.set.metadata.name} → ${step.to}`;
      case 'update':
      case 'delete':
        return `${step.step} ${step.set.metadata.name} (${step.reason.code})`;
      case 'event':
        return `${step.type} ${step.reason}`;
      default:
        return step.step;
    }
  });

describe('[DF1] the first thing that is due', () => {
  const cases: [title: string, subject: Deployment, sets: ReplicaSet[], expected: string[]][] = [
    ['create the new ReplicaSet', rolling(), [set('old', '1', { replicas: 3 })], ['create', 'status']],
    ['bring its annotations up to date', rolling({ annotations: { why: 'x', [revision]: '2' } }), [newSet()], ['update new (sync-replicaset)']],
    [
      'give an old one that is used again the next revision',
      rolling(),
      [set('old', '2', { replicas: 3 }), newSet({ annotations: { [revision]: '1', ...sizes } })],
      ['update new (reuse-replicaset)'],
    ],
    ['bring its minReadySeconds up to date', rolling({ spec: { minReadySeconds: 5 } }), [newSet()], ['update new (sync-replicaset)']],
    ['take over its revision', rolling({ annotations: { [revision]: '1' }, status: known }), [newSet()], ['status']],
    ['note that it was found', rolling(), [newSet()], ['status']],
    ['note the pause', rolling({ status: known, spec: { paused: true } }), [newSet()], ['status']],
    [
      'scale while paused',
      rolling({ replicas: 5, status: { conditions: [progressing('DeploymentPaused', 'Unknown')] }, spec: { paused: true } }),
      [newSet({ replicas: 3 })],
      ['new → 5', 'status'],
    ],
    ['scale before it rolls', rolling({ replicas: 5, status: known }), [set('old', '1', { replicas: 3 }), newSet()], ['old → 5', 'status']],
    ['roll', rolling({ status: known }), [set('old', '1', { replicas: 3 }), newSet()], ['new → 1', 'status']],
    ['only tell, when it is being deleted', rolling({ status: known, deleted: true }), [set('old', '1', { replicas: 3 }), newSet()], ['status']],
    [
      'go back when the annotation asks',
      rolling({ annotations: { [revision]: '2', 'deprecated.deployment.rollback.to': '1' }, status: known }),
      [set('old', '1'), newSet()],
      ['deployment', 'Normal DeploymentRollback'],
    ],
    [
      'or to the one before',
      rolling({ annotations: { [revision]: '2', 'deprecated.deployment.rollback.to': '0' }, status: known }),
      [set('old', '1'), newSet()],
      ['deployment', 'Normal DeploymentRollback'],
    ],
    [
      'but not to what it is',
      rolling({ annotations: { [revision]: '2', 'deprecated.deployment.rollback.to': '2' }, status: known }),
      [set('old', '1'), newSet()],
      ['Warning DeploymentRollbackTemplateUnchanged', 'deployment'],
    ],
    [
      'or to what is not there',
      rolling({ annotations: { [revision]: '2', 'deprecated.deployment.rollback.to': '7' }, status: known }),
      [set('old', '1'), newSet()],
      ['Warning DeploymentRollbackRevisionNotFound', 'deployment'],
    ],
    [
      'or to nothing',
      rolling({ annotations: { [revision]: '2', 'deprecated.deployment.rollback.to': '0' }, status: known }),
      [newSet()],
      ['Warning DeploymentRollbackRevisionNotFound', 'deployment'],
    ],
    ['refuse an empty selector', rolling({ spec: { selector: {} } }), [], ['Warning SelectingAll', 'status']],
  ];
  test.each(cases)('%s', (_, subject, sets, expected) => expect(brief(plan(subject, sets).steps)).toEqual(expected));

  test('nothing while a ReplicaSet has not seen what it wants now', () => {
    const stale = newSet({ generation: 2, status: { observedGeneration: 1 } });
    expect(plan(rolling({ status: known }), [set('old', '1', { replicas: 3 }), stale])).toEqual({ steps: [] });
  });

  test('an old ReplicaSet that is used again gets the revision after the highest, and remembers the one it had', () => {
    const [step] = plan(rolling(), [set('old', '4', { replicas: 3 }), newSet({ annotations: { [revision]: '2', ...sizes } })]).steps;
    expect(step).toMatchObject({ step: 'update', set: { metadata: { annotations: { [revision]: '5', 'deployment.kubernetes.io/revision-history': '2' } } } });
    expect(step).toMatchObject({ reason: { code: 'reuse-replicaset', args: { from: 2, to: 5 } } });
  });

  test('adopt and release before anything else', () => {
    const { steps } = plan(rolling(), [], { claims: { owned: [], adopt: [replicaSet('a')], release: [replicaSet('b')] } });
    expect(brief(steps)).toEqual(['update a (adopt-replicaset)', 'update b (release-replicaset)']);
  });
});

describe('[DF2] a new ReplicaSet', () => {
  const create = (subject: Deployment, sets: readonly ReplicaSet[] = [], change: Partial<DeploymentView> = {}) => plan(subject, sets, change).steps;

  test('has the name, labels, selector, owner and annotations of its revision', () => {
    const subject = rolling({ annotations: { 'kubernetes.io/change-cause': 'first', [revision]: '4' }, spec: { minReadySeconds: 2 } });
    const [step] = create(subject, [set('old', '4', { replicas: 3 })]);
    if (step?.step !== 'create') throw new Error('no creation');
    const hash = step.draft.metadata.labels!['pod-template-hash']!;
    expect(step.draft).toEqual({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `web-${hash}`,
        namespace: 'default',
        labels: { app: 'web', 'pod-template-hash': hash },
        annotations: { 'kubernetes.io/change-cause': 'first', [revision]: '5', ...sizes },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'web', controller: true, blockOwnerDeletion: true }],
      },
      spec: {
        replicas: 1,
        minReadySeconds: 2,
        selector: { matchLabels: { app: 'web', 'pod-template-hash': hash } },
        template: { ...subject.spec.template, metadata: { labels: { app: 'web', 'pod-template-hash': hash } } },
      },
    });
    expect(step.draft.spec.template.spec).toBe(subject.spec.template.spec);
    expect(step.reason).toEqual({ code: 'create-replicaset', args: { revision: 5, replicas: 1, atMost: 4, total: 4 } });
  });

  test('makes the Deployment say so', () => {
    const [first, second] = create(rolling());
    const name = first?.step === 'create' ? first.draft.metadata.name : '';
    expect(second).toMatchObject({
      step: 'status',
      deployment: {
        metadata: { annotations: { [revision]: '1' } },
        status: {
          observedGeneration: 1,
          unavailableReplicas: 3,
          terminatingReplicas: 0,
          conditions: [
            { type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated', message: `Created new replica set "${name}"`, lastUpdateTime: at(9) },
            { type: 'Available', status: 'False' },
          ],
        },
      },
    });
  });

  test('no pod of it is updated yet, whatever was updated before', () => {
    const before = { ...known, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };
    const running = { replicas: 3, readyReplicas: 3, availableReplicas: 3, terminatingReplicas: 0 };
    const [, second] = create(rolling({ status: before }), [set('old', '1', { replicas: 3, status: running })]);
    expect(second).toMatchObject({ deployment: { status: { replicas: 3, readyReplicas: 3, availableReplicas: 3, unavailableReplicas: 1 } } });
    expect(second).not.toHaveProperty('deployment.status.updatedReplicas');
  });

  test('without a deadline there is no condition', () => {
    const { progressDeadlineSeconds: _, ...spec } = rolling().spec;
    const [, second] = create({ ...rolling(), spec });
    expect(second).toMatchObject({ step: 'status', deployment: { status: { conditions: [{ type: 'Available' }] } } });
  });

  test.each([
    [undefined, 1],
    [0, 1],
    [1, 2],
  ])('whose name is taken counts a collision: %s becomes %i', (collisionCount, expected) => {
    const steps = create(rolling({ status: { ...(collisionCount !== undefined && { collisionCount }) } }), [], { isTaken: () => true });
    expect(steps).toMatchObject([{ step: 'status', deployment: { status: { collisionCount: expected } }, reason: { code: 'hash-collision' } }]);
  });

  test('another collision count is another name', () => {
    const nameOf = (steps: readonly Step[]) => (steps[0]?.step === 'create' ? steps[0].draft.metadata.name : undefined);
    expect(nameOf(create(rolling({ status: { collisionCount: 1 } })))).not.toBe(nameOf(create(rolling())));
  });

  test.each([
    ['my-deployment', 'abcde12345', 'my-deployment-abcde12345'],
    ['a'.repeat(242), 'abcde12345', `${'a'.repeat(242)}-abcde12345`],
    ['b'.repeat(250), 'abcde12345', `${'b'.repeat(242)}-abcde12345`],
  ])('name (TestGenerateReplicaSetName): %s', (name, hash, expected) => expect(setName(name, hash)).toBe(expected));
});

describe('[DF3] the status', () => {
  const status = (subject: Deployment, sets: readonly ReplicaSet[]) => {
    const last = plan(subject, sets).steps.at(-1);
    return last?.step === 'status' ? last.deployment.status : undefined;
  };
  const running = (replicas: number, availableReplicas = replicas) => ({
    replicas,
    status: { replicas, readyReplicas: availableReplicas, availableReplicas, terminatingReplicas: 0 },
  });

  test('sums over all ReplicaSets; what is 0 is left out, terminatingReplicas is not', () => {
    const old = set('old', '1', running(2));
    const fresh = newSet({ ...running(2, 1), status: { replicas: 2, readyReplicas: 1, availableReplicas: 1, terminatingReplicas: 2 } });
    expect(status(rolling({ status: known, generation: 7 }), [old, fresh])).toMatchObject({
      observedGeneration: 7,
      replicas: 4,
      updatedReplicas: 2,
      readyReplicas: 3,
      availableReplicas: 3,
      unavailableReplicas: 1,
      terminatingReplicas: 2,
    });
    expect(Object.keys(status(rolling({ status: known }), [newSet({ status: { terminatingReplicas: 0 } })])!).sort()).toEqual([
      'conditions',
      'observedGeneration',
      'terminatingReplicas',
    ]);
  });

  // TestGetReplicaCountForReplicaSets: [wanted, there, stopping], not seen by its controller when there is no number.
  test.each<[string, (readonly [number, number, number | undefined, boolean])[], number | undefined]>([
    ['one', [[1, 2, 3, true]], 3],
    [
      'two',
      [
        [1, 2, 3, true],
        [2, 3, 1, true],
      ],
      4,
    ],
    ['one that was not seen yet', [[3, 0, undefined, false]], 0],
    [
      'with two others',
      [
        [1, 2, 3, true],
        [2, 3, 1, true],
        [3, 0, undefined, false],
      ],
      4,
    ],
    ['one that does not say', [[1, 1, undefined, true]], undefined],
    [
      'with others',
      [
        [1, 2, 3, true],
        [1, 1, undefined, true],
      ],
      undefined,
    ],
  ])('terminatingReplicas of %s', (_, rows, expected) => {
    const sets = rows.map(([replicas, there, stopping, seen], i) => {
      const { terminatingReplicas: __, observedGeneration: ___, ...made } = set(`s${i}`, '1').status;
      const base = set(`s${i}`, '1', { replicas });
      return {
        ...base,
        status: { ...made, replicas: there, ...(stopping !== undefined && { terminatingReplicas: stopping }), ...(seen && { observedGeneration: 1 }) },
      };
    });
    expect(statusOf(rolling({ replicas: 1 }), { newSet: undefined, oldSets: sets, all: sets }, atMs(9)).terminatingReplicas).toBe(expected);
  });

  test.each([
    [3, 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'],
    [2, 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'],
  ])('%i of 3 available: Available=%s', (available, value, reason, message) => {
    const fresh = newSet(running(3, available));
    expect(status(rolling({ status: known }), [fresh])?.conditions?.find(({ type }) => type === 'Available')).toMatchObject({ status: value, reason, message });
  });

  test('unavailable is never below 0', () => {
    const old = set('old', '1', { replicas: 0, status: { replicas: 2, availableReplicas: 2 } });
    expect(status(rolling({ status: known }), [old, newSet(running(3))])).not.toHaveProperty('unavailableReplicas');
  });
});

describe('[DF4] pausing', () => {
  const conditionAfter = (subject: Deployment) => {
    const [step] = plan(subject, [newSet()]).steps;
    return step?.step === 'status' ? step.deployment.status.conditions?.at(-1) : undefined;
  };
  const paused = (reason: string, status = 'True') => rolling({ spec: { paused: true }, status: { conditions: [progressing(reason, status)] } });

  test('is noted', () =>
    expect(conditionAfter(paused('NewReplicaSetAvailable'))).toMatchObject({
      status: 'Unknown',
      reason: 'DeploymentPaused',
      message: 'Deployment is paused',
      lastUpdateTime: at(9),
    }));
  test('so is going on', () =>
    expect(conditionAfter(rolling({ status: { conditions: [progressing('DeploymentPaused', 'Unknown')] } }))).toMatchObject({
      status: 'Unknown',
      reason: 'DeploymentResumed',
      message: 'Deployment is resumed',
      lastTransitionTime: at(0),
    }));
  test('a stall stays reported', () => expect(conditionAfter(paused('ProgressDeadlineExceeded', 'False'))).not.toMatchObject({ reason: 'DeploymentPaused' }));
  test('a paused Deployment rolls nothing and tidies its history', () => {
    const subject = rolling({ spec: { paused: true, revisionHistoryLimit: 0 }, status: { conditions: [progressing('DeploymentPaused', 'Unknown')] } });
    expect(brief(plan(subject, [set('old', '1'), set('older', '1', { replicas: 3, image: 'v0' })]).steps)).toEqual(['delete old (history-cleanup)', 'status']);
  });
});

describe('[DF5] the same template (TestEqualIgnoreHash)', () => {
  const hash = 'pod-template-hash';
  const cases: [title: string, a: object, b: object, expected: boolean][] = [
    ['same labels', template('v', { [hash]: '1', x: 'y' }), template('v', { [hash]: '1', x: 'y' }), true],
    ['another hash', template('v', { [hash]: '1', x: 'y' }), template('v', { [hash]: '2', x: 'y' }), true],
    ['no hash', template('v', { x: 'y' }), template('v', { [hash]: '2', x: 'y' }), true],
    ['a hash instead of a label', template('v', { x: 'y' }), template('v', { [hash]: '2' }), false],
    ['the same hash and one label more', template('v', { [hash]: '1' }), template('v', { [hash]: '1', x: 'y' }), false],
    ['another spec', template('v', { [hash]: '1', x: 'y' }), template('w', { [hash]: '1', x: 'y' }), false],
    ['an empty list', template('v', {}), { ...template('v', {}), spec: { ...template('v', {}).spec, volumes: [] } }, true],
    ['another label', template('v', { x: 'else' }), template('v', { y: 'else' }), false],
  ];
  test.each(cases)('%s', (_, a, b, expected) => {
    expect(sameTemplate(a as never, b as never)).toBe(expected);
    expect(sameTemplate(b as never, a as never)).toBe(expected);
  });

  test('of two with the template the oldest is the new one', () => {
    const subject = rolling({ status: known });
    expect(brief(plan(subject, [newSet({ replicas: 3, created: 5 }), set('older-new', '2', { image: 'v2', created: 1, replicas: 0 })]).steps)[0]).toMatch(
      /^older-new|^update older-new/,
    );
  });
});
