// ReplicationControllers: the ReplicaSet controller's tables (replicaset/) hold for them; here is what differs.
import { describe, expect, test } from 'vitest';
import type { Pod, ReplicationController } from '../../../server/src/schema/generated/types.ts';
import { Story } from './story.ts';

const resource = 'replicationcontrollers';

const body = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ReplicationController',
  metadata: { name: 'old' },
  spec: { replicas: 2, ...spec, template: { metadata: { labels: { app: 'old' } }, spec: { containers: [{ name: 'main', image: 'a' }] } } },
});

const names = (story: Story) => story.pods().map(({ metadata }) => metadata.name);
const controller = (story: Story) => story.cluster.store.get<ReplicationController>(resource, 'default', 'old')!;
const loner = (name: string, labels: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'main', image: 'a' }] },
});

describe('[RC1] a ReplicationController', () => {
  test('makes its pods, replaces one that goes, tells of them, and counts none that stop', () => {
    const story = new Story();
    story.create(resource, '', body());
    story.settle();
    expect(story.pods().map(({ metadata: { name, ownerReferences } }) => [/^old-.{5}$/.test(name), ownerReferences])).toEqual(
      Array.from({ length: 2 }, () => [
        true,
        [{ apiVersion: 'v1', kind: 'ReplicationController', name: 'old', uid: controller(story).metadata.uid, controller: true, blockOwnerDeletion: true }],
      ]),
    );
    expect(controller(story).status).toEqual({ replicas: 2, fullyLabeledReplicas: 2, readyReplicas: 2, availableReplicas: 2, observedGeneration: 1 });
    const [first] = names(story);
    story.remove('pods', first!);
    expect(story.after(100).pods()).toHaveLength(3);
    expect(story.settle().pods()).toHaveLength(2);
    expect(controller(story).status).not.toHaveProperty('terminatingReplicas');
    expect(story.events('ReplicationController').map((text) => text.slice(0, 'Normal SuccessfulCreate Created pod: old-'.length))).toEqual(
      Array.from({ length: 3 }, () => 'Normal SuccessfulCreate Created pod: old-'),
    );
  });

  test('adopts an orphan that it selects, and lets go of a pod that it no longer does', () => {
    const story = new Story();
    story.create(resource, '', body({ selector: { app: 'old' } }));
    story.create('pods', '', loner('stranger', { app: 'new' }));
    story.settle().change({ metadata: { labels: { app: 'old' } } }, 'stranger', 'pods', '');
    story.settle();
    expect(story.pods()).toHaveLength(2);
    const [kept] = names(story);
    story.change({ metadata: { labels: { app: 'gone' } } }, kept, 'pods', '');
    story.settle();
    const owners = (pod: Pod) => (pod.metadata.ownerReferences ?? []).map(({ kind }) => kind);
    expect(Object.fromEntries(story.pods().map((pod) => [pod.metadata.name === kept, owners(pod)]))).toEqual({ true: [], false: ['ReplicationController'] });
    expect(story.pods()).toHaveLength(3);
  });

  test('says why it cannot make pods', () => {
    const story = new Story();
    story.create('resourcequotas', '', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'one' }, spec: { hard: { pods: '1' } } });
    story.settle().create(resource, '', body());
    story.settle();
    expect(controller(story).status).toMatchObject({
      replicas: 1,
      conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: expect.stringContaining('exceeded quota: one') }],
    });
    story.change({ spec: { replicas: 1 } }, 'old', resource, '');
    expect(controller(story.settle()).status).not.toHaveProperty('conditions');
  });

  test('keeps its pods when it is deleted, unless the client says otherwise', () => {
    const [story, other] = [new Story(), new Story()];
    for (const one of [story, other]) one.create(resource, '', body());
    story.settle().remove(resource, 'old');
    expect(
      story
        .settle()
        .pods()
        .map(({ metadata }) => metadata.ownerReferences),
    ).toEqual([undefined, undefined]);
    other.settle().remove(resource, 'old', '', { propagationPolicy: 'Background' });
    expect(other.settle().pods()).toEqual([]);
  });
});
