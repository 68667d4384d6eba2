// The scheduler in a whole cluster.
import { describe, expect, test } from 'vitest';
import type { PodSpec } from '../../../server/src/schema/generated/types.ts';
import { readyCount, spread, StoryCluster } from '../kubelet/cluster.ts';

const asks = (requests: Readonly<Record<string, string>>, more: Partial<PodSpec> = {}): { readonly spec: Partial<PodSpec> } => ({
  spec: { containers: [{ name: 'web', image: 'nginx:1.25', resources: { requests } }], ...more },
});
const scheduled = (story: StoryCluster, name: string) => story.get(name)!.status.conditions!.find(({ type }) => type === 'PodScheduled')!;

describe('pods that fit', () => {
  test('pods of one owner are spread over the nodes', () => {
    expect(spread(new StoryCluster().deployment('web', 9).settle().pods)).toBe('node-1 3, node-2 3, node-3 3');
  });
  test('a pod with a scheduler of its own is left to it', () => {
    const story = new StoryCluster().pod('web', { spec: { schedulerName: 'mine' } }).settle();
    expect(story.get('web')!.spec.nodeName).toBeUndefined();
    expect(story.events('web')).toEqual([]);
  });
  test('nodes are filled up to the last pod, and no further', () => {
    const story = new StoryCluster().deployment('web', 13, asks({ cpu: '1' })).settle();
    expect(spread(story.pods)).toBe('node-1 4, node-2 4, node-3 4, none 1');
    expect(readyCount(story.pods)).toBe(12);
  });
});

describe('pods that do not fit', () => {
  const short =
    '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.';
  test('say why, in their status and in an event', () => {
    const story = new StoryCluster()
      .deployment('full', 3, asks({ cpu: '3' }))
      .settle()
      .pod('web', asks({ cpu: '2' }))
      .settle();
    expect(story.get('web')!.status).toMatchObject({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: short, observedGeneration: 1 }],
    });
    expect(story.events('web')).toEqual([`FailedScheduling: ${short}`]);
  });
  test('get the room that another pod gives up', () => {
    const story = new StoryCluster({ nodes: { count: 1 } })
      .pod('first', asks({ cpu: '3' }))
      .pod('second', asks({ cpu: '3' }))
      .settle();
    expect(story.get('second')!.spec.nodeName).toBeUndefined();
    story.deletePod('first').settle();
    expect(story.get('second')).toMatchObject({ spec: { nodeName: 'node-1' }, status: { phase: 'Running' } });
    expect(scheduled(story, 'second')).toMatchObject({ status: 'True' });
  });
  test('get the room of a pod that has ended, though its object stays', () => {
    const story = new StoryCluster({ nodes: { count: 1 } })
      .pod('job', { ...asks({ cpu: '3' }, { restartPolicy: 'Never' }), annotations: { 'drydock.dev/run-for': '5s' } })
      .pod('next', asks({ cpu: '3' }))
      .advance(4_000);
    expect(story.get('next')!.spec.nodeName).toBeUndefined();
    story.advance(1_000);
    expect(story.get('next')!.spec.nodeName).toBe('node-1');
  });
  test('in order of arrival when room comes', () => {
    const story = new StoryCluster({ nodes: { count: 1 } }).pod('first', asks({ cpu: '3' }));
    story
      .pod('second', asks({ cpu: '3' }))
      .pod('third', asks({ cpu: '3' }))
      .settle();
    story.deletePod('first').settle();
    expect([story.get('second')!.spec.nodeName, story.get('third')!.spec.nodeName]).toEqual(['node-1', undefined]);
  });
  test('are tried again when a node is uncordoned, and say what hinders them then', () => {
    const story = new StoryCluster().patchNode('node-1', { spec: { unschedulable: true } });
    story
      .deployment('full', 2, asks({ cpu: '3' }))
      .settle()
      .pod('web', asks({ cpu: '2' }))
      .settle();
    expect(scheduled(story, 'web').message).toMatch(/^0\/3 nodes are available: 1 node\(s\) were unschedulable, 2 Insufficient cpu\./);
    story.patchNode('node-1', { spec: { unschedulable: null } }).settle();
    expect(story.get('web')!.spec.nodeName).toBe('node-1');
  });
  test('are tried again when a node gets the label that they want', () => {
    const story = new StoryCluster().pod('web', { spec: { nodeSelector: { disk: 'ssd' } } }).settle();
    expect(story.get('web')!.spec.nodeName).toBeUndefined();
    story.patchNode('node-2', { metadata: { labels: { disk: 'hdd' } } }).settle();
    expect(story.events('web')).toHaveLength(1);
    story.patchNode('node-2', { metadata: { labels: { disk: 'ssd' } } }).settle();
    expect(story.get('web')!.spec.nodeName).toBe('node-2');
  });
  test('wait for a node when there is none', () => {
    const story = new StoryCluster({ nodes: { count: 0 } }).pod('web').settle();
    expect(scheduled(story, 'web').message).toBe('no nodes available to schedule pods');
  });
  test('are not written again and again', () => {
    const story = new StoryCluster().pod('web', asks({ cpu: '64' })).settle();
    const version = story.get('web')!.metadata.resourceVersion;
    story.advance(3_600_000);
    expect(story.get('web')!.metadata.resourceVersion).toBe(version);
  });
});

describe('preemption', () => {
  const urgent = { ...asks({ cpu: '3' }), spec: { ...asks({ cpu: '3' }).spec, priorityClassName: 'urgent' } };
  const begin = () => {
    const story = new StoryCluster({ nodes: { count: 1 } });
    story
      .priorityClass('urgent', 1000)
      .pod('modest', asks({ cpu: '3' }))
      .settle();
    return story;
  };
  test('a less important pod leaves, and the room is kept for the one it was made for', () => {
    const story = begin().pod('urgent', urgent);
    expect(story.get('urgent')!.status).toMatchObject({
      nominatedNodeName: 'node-1',
      conditions: [{ reason: 'Unschedulable', message: '0/1 nodes are available: 1 Insufficient cpu.' }],
    });
    expect(story.get('modest')).toMatchObject({ metadata: { deletionTimestamp: expect.any(String) } });
    expect(story.get('modest')!.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' }),
    );
    // Comes while the room is being made, and would fit into it.
    story.pod('other', asks({ cpu: '3' })).settle();
    expect(story.get('modest')).toBeUndefined();
    expect(story.get('urgent')).toMatchObject({ spec: { nodeName: 'node-1' }, status: { phase: 'Running' } });
    expect(story.get('other')!.spec.nodeName).toBeUndefined();
    expect(story.events('modest')).toContain(`Preempted: Preempted by pod ${story.get('urgent')!.metadata.uid} on node node-1`);
  });
  test('nobody is removed twice for the same pod', () => {
    const story = begin().pod('urgent', urgent);
    const version = story.get('modest')!.metadata.resourceVersion;
    story.patchNode('node-1', { metadata: { labels: { touched: 'yes' } } });
    expect(story.get('modest')!.metadata.resourceVersion).toBe(version);
  });
});

describe('scheduling gates', () => {
  test('a gated pod waits, and goes when the last gate is gone', () => {
    const story = new StoryCluster().pod('web', { spec: { schedulingGates: [{ name: 'example.com/ready' }] } }).settle();
    expect(story.get('web')!.spec.nodeName).toBeUndefined();
    expect(scheduled(story, 'web')).toMatchObject({
      status: 'False',
      reason: 'SchedulingGated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
    });
    expect(story.events('web')).toEqual([]);
    story.cluster.request({
      verb: 'patch',
      group: '',
      resource: 'pods',
      namespace: 'default',
      name: 'web',
      patchType: 'merge',
      body: { spec: { schedulingGates: [] } },
    });
    expect(story.settle().get('web')!.status.phase).toBe('Running');
  });
});

test('the same seed gives the same placement, another seed another', () => {
  const placement = (seed: number) =>
    new StoryCluster({ seed })
      .deployment('a', 5)
      .deployment('b', 5)
      .settle()
      .pods.map(({ spec }) => spec.nodeName)
      .join();
  expect(placement(7)).toBe(placement(7));
  expect(new Set([1, 2, 3, 4, 5].map(placement)).size).toBeGreaterThan(1);
});
