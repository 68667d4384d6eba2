// Stories of StatefulSets on a whole cluster: registry, controllers, scheduler, kubelets, garbage collection.
import { describe, expect, test } from 'vitest';
import { controllerOf, type KubeObject } from '../../../../server/src/kube/object.ts';
import type { ControllerRevision, PersistentVolumeClaim, StatefulSet } from '../../../../server/src/schema/generated/types.ts';
import { Story } from '../story.ts';

class StatefulStory extends Story {
  #seen = 0;

  stateful(spec: object = {}, annotations: object = {}, image = 'a'): this {
    const template = { metadata: { labels: { app: 'db' }, annotations }, spec: { containers: [{ name: 'main', image }] } };
    this.create('statefulsets', 'apps', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: { serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template, replicas: 3, ...spec },
    });
    return this;
  }

  set(spec: object): this {
    this.change({ spec }, 'db', 'statefulsets');
    return this;
  }

  roll(image: string, annotations: object = {}): this {
    return this.set({ template: { metadata: { annotations }, spec: { containers: [{ name: 'main', image }] } } });
  }

  /** A volume that somebody made beforehand. */
  volume(name: string): this {
    const spec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: `/data/${name}` } };
    this.cluster.request({
      verb: 'create',
      group: '',
      resource: 'persistentvolumes',
      body: { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec },
    });
    return this;
  }

  get live(): StatefulSet {
    return this.cluster.store.get<StatefulSet>('statefulsets.apps', 'default', 'db')!;
  }

  all<T extends KubeObject>(resource: string): readonly T[] {
    return [...this.cluster.store.collection(resource).values()] as T[];
  }

  /** 'db-0 a', by name. */
  images(): string {
    return this.pods()
      .map(({ metadata, spec }) => `${metadata.name} ${spec.containers[0]!.image}`)
      .sort()
      .join(', ');
  }

  /** Pods that came and went since this was last asked: '+db-0 +db-1 −db-1', '−' when the removal was asked for. */
  moves(): string {
    const moves: string[] = [];
    for (const { resource, before, after, resourceVersion } of this.cluster.store.log.after(this.#seen)) {
      this.#seen = resourceVersion;
      if (resource !== 'pods') continue;
      if (!before) moves.push(`+${after!.metadata.name}`);
      else if (after?.metadata.deletionTimestamp && !before.metadata.deletionTimestamp) moves.push(`−${after.metadata.name}`);
    }
    return moves.join(' ');
  }

  claims(): string {
    return this.all<PersistentVolumeClaim>('persistentvolumeclaims')
      .map((claim) => `${claim.metadata.name} ${controllerOf(claim)?.kind ?? 'nobody'}`)
      .sort()
      .join(', ');
  }
}

const volumes = {
  volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }],
};

test('[SY1] pods are made, updated and scaled in their order', () => {
  const story = new StatefulStory().stateful().settle() as StatefulStory;
  expect(story.moves()).toBe('+db-0 +db-1 +db-2');
  story.roll('b').settle();
  expect(story.moves()).toBe('−db-2 +db-2 −db-1 +db-1 −db-0 +db-0');
  story.set({ replicas: 1 }).settle();
  expect(story.moves()).toBe('−db-2 −db-1');
  expect(story.live.status).toMatchObject({ replicas: 1, readyReplicas: 1, currentReplicas: 1, updatedReplicas: 1, observedGeneration: 3 });
  expect(story.live.status.currentRevision).toBe(story.live.status.updateRevision);
});

test('[SY2] a pod knows who it is', () => {
  const story = new StatefulStory().stateful({ replicas: 1, ordinals: { start: 7 } }).settle() as StatefulStory;
  const [pod] = story.pods();
  expect(pod).toMatchObject({
    metadata: {
      name: 'db-7',
      generateName: 'db-',
      labels: {
        app: 'db',
        'apps.kubernetes.io/pod-index': '7',
        'statefulset.kubernetes.io/pod-name': 'db-7',
        'controller-revision-hash': story.live.status.updateRevision,
      },
    },
    spec: { hostname: 'db-7', subdomain: 'db' },
  });
});

test('[SY3] Parallel makes and removes all at once, and updates one by one', () => {
  const story = new StatefulStory().stateful({ podManagementPolicy: 'Parallel' }) as StatefulStory;
  story.after(0);
  expect(story.moves()).toBe('+db-0 +db-1 +db-2');
  story.settle();
  story.roll('b').settle();
  expect(story.moves()).toBe('−db-2 +db-2 −db-1 +db-1 −db-0 +db-0');
  story.set({ replicas: 0 }).after(0);
  expect(story.moves()).toBe('−db-2 −db-1 −db-0');
});

test('[SY4] a canary: the partition holds, also for a pod that somebody deletes', () => {
  const story = new StatefulStory().stateful({ updateStrategy: { rollingUpdate: { partition: 2 } } }).settle() as StatefulStory;
  story.roll('b').settle();
  expect(story.images()).toBe('db-0 a, db-1 a, db-2 b');
  story.remove('pods', 'db-0');
  story.settle();
  expect(story.images()).toBe('db-0 a, db-1 a, db-2 b');
  story.set({ updateStrategy: { rollingUpdate: { partition: 0 } } }).settle();
  expect(story.images()).toBe('db-0 b, db-1 b, db-2 b');
});

test('[SY5] OnDelete leaves it to people', () => {
  const story = new StatefulStory().stateful({ updateStrategy: { type: 'OnDelete' } }).settle() as StatefulStory;
  story.roll('b').settle();
  expect(story.images()).toBe('db-0 a, db-1 a, db-2 a');
  story.remove('pods', 'db-1');
  story.settle();
  expect(story.images()).toBe('db-0 a, db-1 b, db-2 a');
});

test('[SY6] a broken update waits for somebody to delete its pod, though the template is mended', () => {
  const story = new StatefulStory().stateful().settle() as StatefulStory;
  story.roll('broken', { 'drydock.dev/fault': 'image-pull' }).settle();
  story.roll('b', { 'drydock.dev/fault': null }).settle();
  expect(story.images()).toBe('db-0 a, db-1 a, db-2 broken');
  story.remove('pods', 'db-2');
  story.settle();
  expect(story.images()).toBe('db-0 b, db-1 b, db-2 b');
});

describe('[SY7] history', () => {
  const numbers = (story: StatefulStory) =>
    story
      .all<ControllerRevision>('controllerrevisions.apps')
      .map(({ revision }) => revision)
      .sort((a, b) => a - b);

  test('a template that comes back gets the next number', () => {
    const story = new StatefulStory().stateful({ replicas: 1 }).settle() as StatefulStory;
    for (const image of ['b', 'c', 'a']) story.roll(image).settle();
    expect(numbers(story)).toEqual([2, 3, 4]);
  });
  test('keeps its limit', () => {
    const story = new StatefulStory().stateful({ replicas: 1, revisionHistoryLimit: 1 }).settle() as StatefulStory;
    for (const image of ['b', 'c', 'd']) story.roll(image).settle();
    expect(numbers(story)).toEqual([3, 4]);
  });
  test('comes back with a set that was orphaned and made anew', () => {
    const story = new StatefulStory().stateful({ replicas: 1 }).settle() as StatefulStory;
    story.roll('b').settle();
    story.remove('statefulsets', 'db', 'apps', { propagationPolicy: 'Orphan' });
    story.settle();
    story.moves();
    story.stateful({ replicas: 1 }, {}, 'b').settle();
    expect(numbers(story)).toEqual([1, 2]);
    expect(story.moves()).toBe('');
    expect(controllerOf(story.pods()[0]!)?.uid).toBe(story.live.metadata.uid);
    expect(story.all<ControllerRevision>('controllerrevisions.apps').map((revision) => controllerOf(revision)?.uid)).toEqual(
      Array.from({ length: 2 }, () => story.live.metadata.uid),
    );
  });
});

test('[SY8] a pod that is not selected any more is let go; its ordinal stays taken until it is gone', () => {
  const story = new StatefulStory().stateful({ replicas: 1 }).settle() as StatefulStory;
  story.change({ metadata: { labels: { app: 'other' } } }, 'db-0', 'pods', '');
  story.settle();
  expect(story.pods().map((pod) => controllerOf(pod))).toEqual([undefined]);
  story.change({ metadata: { labels: { app: 'db' } } }, 'db-0', 'pods', '');
  story.settle();
  expect(story.pods().map((pod) => controllerOf(pod)?.kind)).toEqual(['StatefulSet']);
});

test('[SY9] minReadySeconds: the next pod is made when the one before is available', () => {
  const story = new StatefulStory().stateful({ minReadySeconds: 5 }) as StatefulStory;
  story.after(3_000);
  expect(story.pods()).toHaveLength(1);
  expect(story.live.status).toMatchObject({ readyReplicas: 1, availableReplicas: 0 });
  story.settle(10_000);
  expect(story.live.status).toMatchObject({ readyReplicas: 3, availableReplicas: 3 });
});

describe('[SY10] claims', () => {
  const bound = (spec: object = {}): StatefulStory => {
    const story = new StatefulStory();
    for (let i = 0; i < 3; i++) story.volume(`pv-${i}`);
    return story.stateful({ ...volumes, ...spec }).settle() as StatefulStory;
  };
  const policy = (whenDeleted: string, whenScaled: string) => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } });

  test('without a volume a pod waits for its claim', () => {
    const story = new StatefulStory().stateful(volumes).settle() as StatefulStory;
    expect(story.pods().map(({ status }) => status.phase)).toEqual(['Pending']);
    expect(story.events('PersistentVolumeClaim')).toEqual(['Normal FailedBinding no persistent volumes available for this claim and no storage class is set']);
    expect(story.events('Pod')).toEqual(['Warning FailedScheduling 0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found']);
    story.volume('late');
    story.after(20_000).settle();
    expect(story.pods().map(({ metadata, status }) => `${metadata.name} ${status.phase}`)).toEqual(['db-0 Running', 'db-1 Pending']);
  });
  test('stay when pods and set go', () => {
    const story = bound();
    expect(story.claims()).toBe('data-db-0 nobody, data-db-1 nobody, data-db-2 nobody');
    story.remove('statefulsets', 'db', 'apps');
    story.settle();
    expect([story.pods().length, story.claims()]).toEqual([0, 'data-db-0 nobody, data-db-1 nobody, data-db-2 nobody']);
  });
  test('whenDeleted: Delete, they go with the set, and not with scaling', () => {
    const story = bound(policy('Delete', 'Retain'));
    expect(story.claims()).toBe('data-db-0 StatefulSet, data-db-1 StatefulSet, data-db-2 StatefulSet');
    story.set({ replicas: 1 }).settle();
    expect(story.claims()).toBe('data-db-0 StatefulSet, data-db-1 StatefulSet, data-db-2 StatefulSet');
    story.remove('statefulsets', 'db', 'apps');
    story.settle();
    expect(story.claims()).toBe('');
  });
  test('whenScaled: Delete, they go with the pod that is scaled away, and are made anew', () => {
    const story = bound(policy('Retain', 'Delete'));
    expect(story.claims()).toBe('data-db-0 nobody, data-db-1 nobody, data-db-2 nobody');
    story.set({ replicas: 1 }).settle();
    expect(story.claims()).toBe('data-db-0 nobody');
    story.volume('pv-4');
    story.set({ replicas: 2 }).settle();
    expect(story.claims()).toBe('data-db-0 nobody, data-db-1 nobody');
    expect(story.pods().map(({ status }) => status.phase)).toEqual(['Running', 'Running']);
  });
});

test('[SY11] a quota that is used up is told in events, and the set goes on when there is room', () => {
  const story = new StatefulStory();
  story.create('resourcequotas', '', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few' }, spec: { hard: { pods: '1' } } });
  story.stateful({ replicas: 2 }).settle();
  expect(story.pods()).toHaveLength(1);
  expect(
    story
      .events('StatefulSet')
      .find((text) => text.includes('Warning'))
      ?.replace(/ ×\d+$/, ''),
  ).toBe(
    'Warning FailedCreate Create Pod db-1 in StatefulSet db failed error: pods "db-1" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1',
  );
  story.change({ spec: { hard: { pods: '2' } } }, 'few', 'resourcequotas', '');
  story.after(60_000).settle();
  expect(story.pods()).toHaveLength(2);
});
