// Stories on a whole cluster: registry, controllers, scheduler and kubelets.
import { describe, expect, test } from 'vitest';
import { controllerOf } from '../../../server/src/kube/object.ts';
import { Story } from './story.ts';

const oneByOne = { 'drydock.dev/ready-apart': '500ms' };
const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({ strategy: { rollingUpdate: { maxSurge, maxUnavailable } } });

describe('[ST1] a rolling update', () => {
  const cases: [title: string, replicas: number, surge: number | string, unavailable: number | string, expected: string][] = [
    ['of 3 with 25 % and 25 %', 3, '25%', '25%', 'B 0→1, A 3→2, B 1→2, A 2→1, B 2→3, A 1→0'],
    ['of 6 with 2 and 1', 6, 2, 1, 'B 0→2, A 6→5, B 2→3, A 5→4, B 3→4, A 4→3, B 4→5, A 3→2, B 5→6, A 2→1, A 1→0'],
    ['of 3 with 0 and 2', 3, 0, 2, 'A 3→1, B 0→2, A 1→0, B 2→3'],
    ['of 1 with 1 and 0', 1, 1, 0, 'B 0→1, A 1→0'],
  ];
  test.each(cases)('%s', (_, replicas, surge, unavailable, expected) => {
    const story = new Story();
    story.deploy({ replicas, ...rolling(surge, unavailable) }, 'a', oneByOne);
    story.settle();
    expect(story.trace()).toEqual([`A 0→${replicas}`]);
    story.image('b');
    story.settle();
    expect(story.trace().join(', ')).toBe(expected);
    expect(story.conditions()).toEqual(['Available=True MinimumReplicasAvailable', 'Progressing=True NewReplicaSetAvailable']);
    expect(story.deployment().status).toMatchObject({
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      terminatingReplicas: 0,
    });
    expect(story.deployment().metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2');
  });

  test('tells each step in an event, and its reason in the log', () => {
    const story = new Story();
    story.deploy({ replicas: 2, ...rolling(1, 0) }, 'a', oneByOne);
    story.settle().image('b');
    story.settle();
    const [a, b] = story.sets().map(({ metadata }) => metadata.name);
    expect(story.events('Deployment')).toEqual([
      `Normal ScalingReplicaSet Scaled up replica set ${a} from 0 to 2`,
      `Normal ScalingReplicaSet Scaled up replica set ${b} from 0 to 1`,
      `Normal ScalingReplicaSet Scaled down replica set ${a} from 2 to 1`,
      `Normal ScalingReplicaSet Scaled up replica set ${b} from 1 to 2`,
      `Normal ScalingReplicaSet Scaled down replica set ${a} from 1 to 0`,
    ]);
    const reasons = story.cluster.store.log.after(0).flatMap(({ cause }) => (cause.by === 'deployment-controller' && cause.reason ? [cause.reason] : []));
    expect(reasons).toEqual([
      { code: 'create-replicaset', args: { revision: 1, replicas: 2, atMost: 3, total: 2 } },
      { code: 'create-replicaset', args: { revision: 2, replicas: 1, atMost: 3, total: 3 } },
      { code: 'scale-down-old', args: { from: 2, to: 1, available: 3, atLeast: 2 } },
      { code: 'scale-up-new', args: { from: 1, to: 2, atMost: 3, total: 3 } },
      { code: 'scale-down-old', args: { from: 1, to: 0, available: 3, atLeast: 2 } },
    ]);
  });

  test('a second change mid-way takes the first one back', () => {
    const story = new Story();
    story.deploy({ replicas: 4, ...rolling(1, 0) }, 'a', oneByOne);
    story.settle().image('b');
    story.after(1_600).image('c');
    story.settle();
    // B has one ready pod and one that is not: the second makes room for C at once.
    expect(story.trace().join(', ')).toBe('A 0→4, B 0→1, A 4→3, B 1→2, B 2→1, C 0→1, A 3→2, C 1→2, A 2→1, C 2→3, A 1→0, C 3→4, B 1→0');
  });

  test('and going back uses the old ReplicaSet again, under a new revision', () => {
    const story = new Story();
    story.deploy({ replicas: 1 });
    story.settle().image('b');
    story.settle().image('a');
    story.settle();
    expect(story.trace()).toEqual(['A 0→1', 'B 0→1', 'A 1→0', 'A 0→1', 'B 1→0']);
    expect(
      story
        .sets()
        .map(({ metadata: { annotations } }) => [
          annotations?.['deployment.kubernetes.io/revision'],
          annotations?.['deployment.kubernetes.io/revision-history'],
        ]),
    ).toEqual([
      ['3', '1'],
      ['2', undefined],
    ]);
  });
});

describe('[ST2] Recreate', () => {
  test('no new pod before the last old one is gone', () => {
    const story = new Story();
    story.deploy({ replicas: 2, strategy: { type: 'Recreate' } }, 'a', { 'drydock.dev/stop-after': '2s' });
    story.settle().image('b');
    expect(story.trace()).toEqual(['A 0→2', 'A 2→0']);
    story.after(1_900);
    expect(story.trace()).toEqual([]);
    expect(story.pods().map(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([true, true]);
    story.after(200);
    expect(story.trace()).toEqual(['B 0→2']);
    expect(story.settle().conditions()).toEqual(['Available=True MinimumReplicasAvailable', 'Progressing=True NewReplicaSetAvailable']);
  });
});

describe('[ST3] progress', () => {
  test('a rollout that cannot finish is reported one second after its deadline, and undone', () => {
    const story = new Story();
    story.deploy({ replicas: 2, progressDeadlineSeconds: 6, ...rolling(1, 0) });
    story.settle().image('b', { 'drydock.dev/fault': 'image-pull' });
    story.after(6_900);
    expect(story.conditions().at(-1)).toBe('Progressing=True ReplicaSetUpdated');
    story.after(200);
    expect(story.conditions()).toEqual(['Available=True MinimumReplicasAvailable', 'Progressing=False ProgressDeadlineExceeded']);
    story.image('a', { 'drydock.dev/fault': null });
    expect(story.settle().conditions().at(-1)).toBe('Progressing=True NewReplicaSetAvailable');
  });

  test('a pause stops the clock', () => {
    const story = new Story();
    story.deploy({ replicas: 2, progressDeadlineSeconds: 5 }, 'a', { 'drydock.dev/fault': 'not-ready' });
    story.after(3_000).change({ spec: { paused: true } });
    story.after(60_000);
    expect(story.conditions()).toContain('Progressing=Unknown DeploymentPaused');
    story.change({ spec: { paused: false } });
    expect(story.conditions()).toContain('Progressing=Unknown DeploymentResumed');
    story.after(4_900);
    expect(story.conditions()).not.toContain('Progressing=False ProgressDeadlineExceeded');
    story.after(1_200);
    expect(story.conditions()).toContain('Progressing=False ProgressDeadlineExceeded');
  });

  test('pods of a complete Deployment may fail later without a stall', () => {
    const story = new Story();
    story.deploy({ replicas: 2, progressDeadlineSeconds: 5 });
    story.settle();
    for (const pod of story.pods()) story.remove('pods', pod.metadata.name, '', { gracePeriodSeconds: 0 });
    story.after(100);
    expect(story.conditions()).toEqual(['Progressing=True NewReplicaSetAvailable', 'Available=False MinimumReplicasUnavailable']);
    story.settle(20_000);
    expect(story.conditions()).toEqual(['Progressing=True NewReplicaSetAvailable', 'Available=True MinimumReplicasAvailable']);
  });
});

describe('[ST4] minReadySeconds', () => {
  test('ready pods count as available only after it, counted in whole seconds', () => {
    const story = new Story();
    story.deploy({ replicas: 1, minReadySeconds: 4 });
    const available = () => story.deployment().status.availableReplicas ?? 0;
    story.after(4_900);
    expect([story.deployment().status.readyReplicas, available()]).toEqual([1, 0]);
    story.after(200);
    expect(available()).toBe(1);
  });
});

describe('[ST5] owners', () => {
  const replicaSet = (name: string, replicas: number, labels: object) => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, labels },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'a' }] } } },
  });
  const pod = (name: string, labels: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [{ name: 'main', image: 'a' }] },
  });
  const owners = (story: Story) =>
    story
      .pods()
      .map((one) => controllerOf(one)?.name ?? 'nobody')
      .sort();

  test('a ReplicaSet adopts pods that are there, and deletes surplus ones', () => {
    const story = new Story();
    for (const name of ['p', 'q', 'r']) story.create('pods', '', pod(name, { app: 'x' }));
    story.settle().create('replicasets', 'apps', replicaSet('set', 2, { app: 'x' }));
    story.settle();
    expect(owners(story)).toEqual(['set', 'set']);
  });

  test('a pod that is created later is adopted too, and one goes', () => {
    const story = new Story();
    story.create('replicasets', 'apps', replicaSet('set', 2, { app: 'x' }));
    story.settle().create('pods', '', pod('late', { app: 'x' }));
    story.settle();
    expect(owners(story)).toEqual(['set', 'set']);
    expect(story.pods().some(({ metadata }) => metadata.name === 'late')).toBe(false);
  });

  test('a pod whose labels no longer match is released and replaced', () => {
    const story = new Story();
    story.create('replicasets', 'apps', replicaSet('set', 1, { app: 'x' }));
    const [first] = story.settle().pods();
    story.change({ metadata: { labels: { app: 'free' } } }, first!.metadata.name, 'pods', '');
    expect(owners(story.settle())).toEqual(['nobody', 'set']);
    story.change({ metadata: { labels: { app: 'x' } } }, first!.metadata.name, 'pods', '');
    expect(owners(story.settle())).toEqual(['set']);
  });

  test('a Deployment adopts a ReplicaSet with its labels, and takes it down when the new one has everything', () => {
    const story = new Story();
    story.deploy({ replicas: 2 });
    story.settle().create('replicasets', 'apps', replicaSet('stray', 2, { app: 'web', extra: 'y' }));
    story.settle();
    expect(story.sets().map((set) => [controllerOf(set)?.name, set.spec.replicas])).toEqual([
      ['web', 2],
      ['web', 0],
    ]);
  });

  test('and releases one that is relabelled', () => {
    const story = new Story();
    story.deploy({ replicas: 1 });
    const [set] = story.settle().sets();
    story.change({ metadata: { labels: { app: 'other' } } }, set!.metadata.name, 'replicasets');
    story.settle();
    expect(controllerOf(story.cluster.store.get('replicasets.apps', 'default', set!.metadata.name)!)).toBeUndefined();
    expect(story.deployment().status).toMatchObject({ collisionCount: 1, availableReplicas: 1 });
  });

  test('a deleted Deployment takes everything along', () => {
    const story = new Story();
    story.deploy({ replicas: 2 });
    story.settle().remove('deployments', 'web', 'apps');
    story.settle();
    expect([story.sets().length, story.pods().length]).toEqual([0, 0]);
  });
});

describe('[ST6] failures', () => {
  test('pods that are refused: one event a try, the reason on the Deployment, and all is well when the cause is gone', () => {
    const story = new Story();
    story.deploy({
      replicas: 3,
      template: { metadata: { labels: { app: 'web' } }, spec: { serviceAccountName: 'nobody', containers: [{ name: 'main', image: 'a' }] } },
    });
    story.after(100);
    const [set] = story.sets();
    expect(set!.status).toMatchObject({ replicas: 0, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }] });
    expect(story.conditions()).toEqual([
      'Progressing=True NewReplicaSetCreated',
      'Available=False MinimumReplicasUnavailable',
      'ReplicaFailure=True FailedCreate',
    ]);
    expect(story.events('ReplicaSet')[0]).toMatch(
      /^Warning FailedCreate Error creating: pods "web-[a-z0-9-]+" is forbidden: error looking up service account default\/nobody: serviceaccount "nobody" not found/,
    );
    story.create('serviceaccounts', '', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'nobody' } });
    story.settle(30_000);
    expect(story.deployment().status.availableReplicas).toBe(3);
    expect(story.conditions().toSorted()).toEqual(['Available=True MinimumReplicasAvailable', 'Progressing=True NewReplicaSetAvailable']);
  });

  test('tries are further and further apart', () => {
    const story = new Story();
    story.deploy({
      replicas: 1,
      template: { metadata: { labels: { app: 'web' } }, spec: { serviceAccountName: 'nobody', containers: [{ name: 'main', image: 'a' }] } },
    });
    const tries = () => story.events('ReplicaSet').reduce((sum, text) => sum + Number(/×(\d+)$/.exec(text)?.[1] ?? 1), 0);
    story.after(10_000);
    const early = tries();
    story.after(10_000);
    // 5 + 10 + 20 + … ms: eleven tries in the first 10.2 s, one in the next 10.
    expect(early).toBeGreaterThan(8);
    expect(tries() - early).toBeLessThanOrEqual(1);
  });
});

describe('[ST7] history', () => {
  test('old ReplicaSets beyond the limit go, the oldest revision first', () => {
    const story = new Story();
    story.deploy({ replicas: 1, revisionHistoryLimit: 1 });
    for (const image of ['b', 'c', 'd']) story.settle().image(image);
    story.settle();
    expect(story.trace().filter((step) => step.endsWith('gone'))).toEqual(['A gone', 'B gone']);
  });
});

describe('[ST8] scaling', () => {
  test('during a stalled rollout is shared out in proportion', () => {
    const story = new Story();
    story.deploy({ replicas: 6, ...rolling(2, 1) });
    story.settle().image('b', { 'drydock.dev/fault': 'image-pull' });
    story.settle();
    story.trace();
    story.scale(12);
    story.settle();
    // At most 14 instead of 8: old 5 × 14 ∕ 8 = 8.75 → 9, new 3 × 14 ∕ 8 = 5.25 → 5.
    expect(story.trace()).toEqual(['A 5→9', 'B 3→5']);
  });

  test('to nothing and back', () => {
    const story = new Story();
    story.deploy({ replicas: 3 });
    story.settle().scale(0);
    story.settle().scale(2);
    story.settle();
    expect(story.trace()).toEqual(['A 0→3', 'A 3→0', 'A 0→2']);
    expect(story.conditions()).toEqual(['Progressing=True NewReplicaSetAvailable', 'Available=True MinimumReplicasAvailable']);
  });
});
