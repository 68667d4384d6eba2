// A node falls silent and comes back: the story of the recording zz-node-failure, moment by moment.
import { describe, expect, test } from 'vitest';
import { withExecuteTaints, withScheduleTaints } from '../../../../server/src/cluster/controllers/node-lifecycle/condition-taints.ts';
import { evictionPace } from '../../../../server/src/cluster/controllers/node-lifecycle/node-health.ts';
import { staysMs } from '../../../../server/src/cluster/controllers/node-lifecycle/taint-eviction.ts';
import type { Node } from '../../../../server/src/schema/generated/types.ts';
import { readyCount, StoryCluster } from '../../kubelet/cluster.ts';

const down = { metadata: { annotations: { 'drydock.dev/fault': 'down' } } };
const up = { metadata: { annotations: { 'drydock.dev/fault': null } } };
const taintsOf = ({ spec }: Node) => (spec.taints ?? []).map(({ key, effect }) => `${key}:${effect}`).sort();
const readyOf = ({ status }: Node) => status.conditions!.find(({ type }) => type === 'Ready')!;

const onNode3 = {
  nodeSelector: { 'kubernetes.io/hostname': 'node-3' },
  tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 6 }],
};

describe('a node falls silent', () => {
  test('its pods are not ready after 50 s, get their notice 5 s later, and are replaced when their toleration ends', () => {
    const story = new StoryCluster().deployment('web', 3, { spec: onNode3 }).settle().patchNode('node-3', down);
    // The last sign of life came at 0 s and was noticed at the look of 0 or 5 s; more than 50 s later is 55 or 60 s.
    story.advance(50_000);
    expect(readyOf(story.node('node-3')).status).toBe('True');
    story.advance(6_000);
    expect(story.node('node-3').status.conditions!.map(({ type, status, reason, message }) => `${type} ${status} ${reason} ${message}`)).toEqual(
      ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => `${type} Unknown NodeStatusUnknown Kubelet stopped posting node status.`),
    );
    expect(taintsOf(story.node('node-3'))).toEqual(['node.kubernetes.io/unreachable:NoSchedule']);
    expect(readyCount(story.pods)).toBe(0);
    // The kubelet's own words stay: nobody is there to change them.
    expect(story.pods.every(({ status }) => status.phase === 'Running' && status.containerStatuses![0]!.ready)).toBe(true);
    story.advance(5_000);
    expect(taintsOf(story.node('node-3'))).toEqual(['node.kubernetes.io/unreachable:NoExecute', 'node.kubernetes.io/unreachable:NoSchedule']);
    expect(story.pods).toHaveLength(3);
    story.advance(6_000);
    expect(story.pods.map(({ status, metadata }) => `${status.phase}${metadata.deletionTimestamp ? ' deleting' : ''}`).sort()).toEqual([
      'Pending',
      'Pending',
      'Pending',
      'Running deleting',
      'Running deleting',
      'Running deleting',
    ]);
    expect(story.pods.find(({ metadata }) => metadata.deletionTimestamp)!.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager' }),
    );
  });
  test('it comes back: what waits is placed, what was deleted goes, and notices are withdrawn', () => {
    const story = new StoryCluster().deployment('web', 3, { spec: onNode3 }).settle().patchNode('node-3', down).advance(75_000);
    const old = story.pods.filter(({ metadata }) => metadata.deletionTimestamp).map(({ metadata }) => metadata.name);
    const young = story.pods.filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => metadata.name);
    story.patchNode('node-3', up).advance(15_000).settle();
    expect(taintsOf(story.node('node-3'))).toEqual([]);
    expect(readyOf(story.node('node-3'))).toMatchObject({ status: 'True', reason: 'KubeletReady' });
    expect(story.pods.map(({ metadata }) => metadata.name).sort()).toEqual([...young].sort());
    expect(readyCount(story.pods)).toBe(3);
    const wanted = (name: string) => story.events(name).filter((line) => !/^(Pull|Created|Started|Killing)/.test(line));
    expect(wanted(old[0]!)).toEqual([
      `Scheduled: Successfully assigned default/${old[0]} to node-3`,
      'NodeNotReady: Node is not ready',
      `TaintManagerEviction: Marking for deletion Pod default/${old[0]}`,
    ]);
    expect(wanted(young[0]!)).toEqual([
      "FailedScheduling: 0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
      `Scheduled: Successfully assigned default/${young[0]} to node-3`,
      `TaintManagerEviction: Cancelling deletion of Pod default/${young[0]}`,
    ]);
  });
  test('it comes back before anything was deleted: the pods are ready again as they were', () => {
    const story = new StoryCluster().deployment('web', 3).settle().patchNode('node-3', down).advance(70_000);
    expect(readyCount(story.pods)).toBe(2);
    const names = story.pods.map(({ metadata }) => metadata.name);
    story.patchNode('node-3', up).settle();
    expect(readyCount(story.pods)).toBe(3);
    expect(story.pods.map(({ metadata }) => metadata.name)).toEqual(names);
  });
  test('all nodes silent: nobody is evicted', () => {
    const story = new StoryCluster().deployment('web', 3).settle();
    for (const name of ['node-1', 'node-2', 'node-3']) story.patchNode(name, down);
    story.advance(600_000);
    expect(taintsOf(story.node('node-1'))).toEqual(['node.kubernetes.io/unreachable:NoSchedule']);
    expect(story.pods.filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
  });
});

describe('taints of a node', () => {
  const node = (ready: string, more: Partial<Node['spec']> = {}): Node => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n', uid: 'n', resourceVersion: '1', creationTimestamp: '' },
    spec: more,
    status: { conditions: [{ type: 'Ready', status: ready }] } as unknown as Node['status'],
  });
  const keys = (taints: readonly { key: string; effect: string }[] | undefined) => taints?.map(({ key, effect }) => `${key}:${effect}`);
  test('follow its conditions; those of others stay', () => {
    const own = { key: 'team', value: 'blue', effect: 'NoSchedule' };
    expect(keys(withScheduleTaints(node('False', { taints: [own] }), 't'))).toEqual(['team:NoSchedule', 'node.kubernetes.io/not-ready:NoSchedule']);
    const before = [{ key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }, own];
    expect(keys(withScheduleTaints(node('Unknown', { taints: before }), 't'))).toEqual(['team:NoSchedule', 'node.kubernetes.io/unreachable:NoSchedule']);
    expect(keys(withScheduleTaints(node('True', { taints: before }), 't'))).toEqual(['team:NoSchedule']);
  });
  test('cordoning is one', () => {
    expect(keys(withScheduleTaints(node('True', { unschedulable: true }), 't'))).toEqual(['node.kubernetes.io/unschedulable:NoSchedule']);
  });
  test('nothing to do', () => {
    const taints = [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }];
    expect(withExecuteTaints(node('Unknown', { taints }), 'Unknown', 't')).toBeUndefined();
    expect(withScheduleTaints(node('True'), 't')).toBeUndefined();
  });
});

test('how long a pod stays beside NoExecute taints: the shortest toleration', () => {
  const taint = (key: string) => ({ key, effect: 'NoExecute' });
  expect(staysMs([], [])).toBe(Number.POSITIVE_INFINITY);
  expect(staysMs([taint('a')], [])).toBe(0);
  expect(staysMs([taint('a')], [{ key: 'a', operator: 'Exists' }])).toBe(Number.POSITIVE_INFINITY);
  expect(
    staysMs(
      [taint('a'), taint('b')],
      [
        { key: 'a', operator: 'Exists', tolerationSeconds: 9 },
        { operator: 'Exists', tolerationSeconds: 300 },
      ],
    ),
  ).toBe(9_000);
});

describe('how fast nodes are evicted', () => {
  const zone = (name: string, ready: number, lost: number) =>
    [...Array(ready).fill('True'), ...Array(lost).fill('Unknown')].map(
      (status) => ({ metadata: { labels: { 'topology.kubernetes.io/zone': name } }, status: { conditions: [{ type: 'Ready', status }] } }) as unknown as Node,
    );
  test.each([
    ['a few of many', [...zone('a', 8, 2)], { a: 10_000 }],
    ['one of one, others are well', [...zone('a', 0, 1), ...zone('b', 1, 0)], { a: 10_000, b: 10_000 }],
    ['most of a small zone', [...zone('a', 4, 6), ...zone('b', 1, 0)], { b: 10_000 }],
    ['most of a large zone', [...zone('a', 20, 40)], { a: 100_000 }],
    ['all of them', [...zone('a', 0, 2), ...zone('b', 0, 1)], {}],
  ])('%s', (_title, nodes, expected) => expect(Object.fromEntries(evictionPace(nodes))).toEqual(expected));
});
