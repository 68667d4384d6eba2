// Pods and nodes in a whole cluster.
import { describe, expect, test } from 'vitest';
import type { Lease } from '../../../server/src/schema/generated/types.ts';
import { readyCount, StoryCluster } from './cluster.ts';

describe('pods', () => {
  test('few commits: bound, accepted, ready; and last status, gone', () => {
    const story = new StoryCluster();
    const seen: string[] = [];
    story.cluster.store.onCommit(({ resource, cause, after, at }) => {
      if (resource === 'pods') seen.push(`${at - story.cluster.startedAt} ${cause.by} ${after ? 'writes' : 'removes'}`);
    });
    story.pod('web').settle().deletePod('web').settle();
    expect(seen).toEqual([
      '0 unknown writes',
      '0 default-scheduler writes',
      '0 kubelet writes',
      '1000 kubelet writes',
      '4000 unknown writes',
      '4500 kubelet writes',
      '4500 kubelet removes',
    ]);
  });
  test('a quiet pod has no timer', () => {
    const story = new StoryCluster().pod('web').settle();
    const before = story.cluster.store.log.after(0).filter(({ resource }) => resource === 'pods').length;
    story.advance(3_600_000);
    expect(story.cluster.store.log.after(0).filter(({ resource }) => resource === 'pods').length).toBe(before);
  });
  test('pods of one owner become ready one after another, and others do not wait for them', () => {
    const story = new StoryCluster();
    const readyAt: number[] = [];
    story.cluster.store.onCommit(({ resource, after, at }) => {
      const isReady = (after as { status?: { conditions?: { type: string; status: string }[] } } | undefined)?.status?.conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      );
      if (resource === 'pods' && isReady && !after!.metadata.name.startsWith('other')) readyAt.push(at - story.cluster.startedAt);
    });
    story
      .deployment('web', 4, { annotations: { 'drydock.dev/ready-apart': '500ms' } })
      .pod('other')
      .advance(1_000);
    expect(readyCount(story.pods)).toBe(2);
    story.settle();
    expect(readyAt).toEqual([1_000, 1_500, 2_000, 2_500]);
  });
  test('a pod that joins later takes its turn after those that are waiting', () => {
    const story = new StoryCluster().deployment('web', 3, { annotations: { 'drydock.dev/ready-apart': '500ms' } }).advance(1_100);
    story.scale('web', 4).advance(1_399);
    expect([story.cluster.agenda.now - story.cluster.startedAt, readyCount(story.pods)]).toEqual([2_499, 3]);
    expect(readyCount(story.advance(1).pods)).toBe(4);
  });
  test('every pod of a node has an address of its own, and one that was given back is not used at once', () => {
    const story = new StoryCluster({ nodes: { count: 1 } }).deployment('web', 5).settle();
    const addresses = () => story.pods.map(({ status }) => status.podIP).sort();
    expect(addresses()).toEqual(['10.244.1.2', '10.244.1.3', '10.244.1.4', '10.244.1.5', '10.244.1.6']);
    story.deletePod(story.pods.find(({ status }) => status.podIP === '10.244.1.3')!.metadata.name).settle();
    expect(addresses()).toEqual(['10.244.1.2', '10.244.1.4', '10.244.1.5', '10.244.1.6', '10.244.1.7']);
  });
  test('a pod that comes again under the same name is another one', () => {
    const story = new StoryCluster().pod('web', { annotations: { 'drydock.dev/fault': 'crash' } }).advance(60_000);
    expect(story.get('web')!.status.containerStatuses![0]!.restartCount).toBeGreaterThan(1);
    story.deletePod('web').advance(1_000).pod('web').settle();
    expect(story.get('web')!.status).toMatchObject({ phase: 'Running', containerStatuses: [{ restartCount: 0, ready: true }] });
  });
  test('events in order, from the node', () => {
    const story = new StoryCluster({ nodes: { count: 1 } }).pod('web').settle().deletePod('web').settle();
    expect(story.events('web')).toEqual([
      'Scheduled: Successfully assigned default/web to node-1',
      'Pulling: Pulling image "nginx:1.25"',
      expect.stringContaining('Pulled: Successfully pulled image "nginx:1.25" in 1s'),
      'Created: Container created',
      'Started: Container started',
      'Killing: Stopping container web',
    ]);
  });
  test('a finalizer holds the object, and the kubelet leaves it alone', () => {
    const story = new StoryCluster();
    story.cluster.request({
      verb: 'create',
      group: '',
      resource: 'pods',
      namespace: 'default',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'held', finalizers: ['example.com/hold'] },
        spec: {
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          schedulerName: 'default-scheduler',
          containers: [{ name: 'c', image: 'i', resources: {} }],
        },
      },
    });
    story.settle().deletePod('held').settle();
    expect(story.get('held')).toMatchObject({ metadata: { deletionTimestamp: expect.any(String) }, status: { phase: 'Succeeded' } });
  });
});

describe('nodes', () => {
  test('they are ready from the start, and look like nodes', () => {
    const { labels } = new StoryCluster().node('node-2').metadata;
    expect(labels).toEqual({
      'beta.kubernetes.io/arch': 'amd64',
      'beta.kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': 'node-2',
      'kubernetes.io/os': 'linux',
      'topology.kubernetes.io/zone': 'zone-b',
    });
    const node = new StoryCluster().node('node-2');
    expect(node.spec).toEqual({ podCIDR: '10.244.2.0/24', podCIDRs: ['10.244.2.0/24'] });
    expect(node.status).toMatchObject({ allocatable: { cpu: '4', memory: '8Gi', pods: '110' }, nodeInfo: { kubeletVersion: 'v1.36.3' } });
    expect(node.status.conditions?.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'MemoryPressure False',
      'DiskPressure False',
      'PIDPressure False',
      'Ready True',
    ]);
  });
  test('heartbeats: a lease every 10 s, the status every 5 minutes, and nothing of it counts as a change', () => {
    const story = new StoryCluster();
    const lease = () => story.cluster.store.get<Lease>('leases.coordination.k8s.io', 'kube-node-lease', 'node-1')!;
    expect(lease().spec).toMatchObject({ holderIdentity: 'node-1', leaseDurationSeconds: 40, renewTime: '2026-01-01T00:00:00.000000Z' });
    story.advance(25_000);
    expect(lease().spec.renewTime).toBe('2026-01-01T00:00:20.000000Z');
    expect(story.node('node-1').status.conditions![3]!.lastHeartbeatTime).toBe('2026-01-01T00:00:00Z');
    story.advance(300_000);
    expect(story.node('node-1').status.conditions![3]).toMatchObject({ lastHeartbeatTime: '2026-01-01T00:05:00Z', lastTransitionTime: '2026-01-01T00:00:00Z' });
    const before = story.cluster.agenda.now;
    story.settle(60_000);
    expect(story.cluster.agenda.now - before).toBe(60_000);
  });
  test('a node that is made by hand gets a kubelet that says what it is, and takes pods', () => {
    const story = new StoryCluster({ nodes: { count: 1 } });
    story.cluster.request({
      verb: 'create',
      group: '',
      resource: 'nodes',
      body: {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'big', labels: { disk: 'ssd' } },
        status: { capacity: { cpu: '64', memory: '256Gi', pods: '500' } },
      },
    });
    const node = story.node('big');
    expect(node.metadata.labels).toMatchObject({ disk: 'ssd', 'kubernetes.io/hostname': 'big' });
    expect(node.spec).toEqual({ podCIDR: '10.244.2.0/24', podCIDRs: ['10.244.2.0/24'] });
    expect(node.status).toMatchObject({ nodeInfo: { kubeletVersion: 'v1.36.3' }, allocatable: { pods: expect.any(String) } });
    story.pod('web', { spec: { nodeSelector: { disk: 'ssd' } } }).settle();
    expect(story.get('web')!.status).toMatchObject({ phase: 'Running', podIP: '10.244.2.2', hostIP: '172.18.0.3' });
  });
  test('a node that is down does nothing, and goes on when it is up again', () => {
    const story = new StoryCluster({ nodes: { count: 1 } })
      .patchNode('node-1', { metadata: { annotations: { 'drydock.dev/fault': 'down' } } })
      .pod('web')
      .advance(20_000);
    expect(story.get('web')!.status).toMatchObject({ phase: 'Pending' });
    expect(story.get('web')!.spec.nodeName).toBe('node-1');
    expect(story.get('web')!.status.containerStatuses).toBeUndefined();
    story.patchNode('node-1', { metadata: { annotations: { 'drydock.dev/fault': null } } }).advance(1_000);
    expect(story.get('web')!.status).toMatchObject({ phase: 'Running' });
  });
});
