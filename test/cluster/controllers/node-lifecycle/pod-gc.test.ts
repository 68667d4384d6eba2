// What nobody else takes away is deleted by force: the story moment by moment.
import { describe, expect, test } from 'vitest';
import { Cluster } from '../../../../server/src/cluster/cluster.ts';
import { surplusOf } from '../../../../server/src/cluster/controllers/node-lifecycle/ended-pods.ts';
import type { Pod } from '../../../../server/src/schema/generated/types.ts';
import { StoryCluster } from '../../kubelet/cluster.ts';

const on = (node: string) => ({ spec: { nodeName: node } });

class GcStory extends StoryCluster {
  /** Whether the node was cleared away and not simply shut down: nothing of it is left. */
  removeNode(name: string): this {
    this.cluster.request({ verb: 'delete', group: '', resource: 'nodes', name });
    return this;
  }

  addNode(name: string): this {
    this.cluster.request({ verb: 'create', group: '', resource: 'nodes', body: { apiVersion: 'v1', kind: 'Node', metadata: { name } } });
    return this;
  }

  patchPod(name: string, body: object): this {
    this.cluster.request({ verb: 'patch', patchType: 'merge', group: '', resource: 'pods', namespace: 'default', name, body });
    return this;
  }

  /** Seconds since the cluster came up. */
  to(seconds: number): this {
    this.cluster.advanceTo(this.cluster.startedAt + seconds * 1_000);
    return this;
  }

  /** The last version of a pod that is gone. */
  last(name: string): Pod {
    return this.cluster.store.log.after(0).findLast(({ key, resource, after }) => resource === 'pods' && key === `default/${name}` && !after)!.before as Pod;
  }

  get names(): readonly string[] {
    return this.pods.map(({ metadata }) => metadata.name).sort();
  }
}

describe('[PG1] pods of a node that is gone', () => {
  test('are deleted when it has been missed for 40 s, and say why', () => {
    const story = new GcStory().pod('a', on('node-3')).pod('b', on('node-1')).to(7).removeNode('node-3').to(59);
    expect(story.names).toEqual(['a', 'b']);
    expect(story.get('a')!.status.phase).toBe('Running');
    story.to(60);
    expect(story.names).toEqual(['b']);
    const { status, metadata } = story.last('a');
    expect(status.phase).toBe('Failed');
    expect(status.conditions!.at(-1)).toEqual({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
      lastTransitionTime: '2026-01-01T00:01:00Z',
      lastProbeTime: null,
      observedGeneration: 1,
    });
    expect([status.observedGeneration, metadata.generation]).toEqual([1, 1]);
  });
  test('are replaced by their owner elsewhere', () => {
    const story = new GcStory().deployment('web', 3).settle().removeNode('node-3').to(90);
    expect(story.pods.map(({ spec, status }) => `${spec.nodeName === 'node-3' ? 'lost' : 'kept'} ${status.phase}`)).toEqual(Array(3).fill('kept Running'));
  });
  test('stay when the node comes back in time', () => {
    const story = new GcStory().pod('a', on('node-3')).to(7).removeNode('node-3').to(45).addNode('node-3').to(200);
    expect(story.names).toEqual(['a']);
  });
  test('go as well when they name a node that never was', () => {
    const story = new GcStory().to(25).pod('a', on('nowhere')).to(79);
    expect(story.names).toEqual(['a']);
    expect(story.to(80).names).toEqual([]);
  });
  test('a pod that had ended keeps what it said', () => {
    const done = { spec: { nodeName: 'node-3', restartPolicy: 'Never' }, annotations: { 'drydock.dev/run-for': '1s' } };
    const story = new GcStory().pod('a', done).to(15).removeNode('node-3').to(60);
    expect(story.names).toEqual([]);
    expect(story.last('a').status.phase).toBe('Succeeded');
    expect(story.last('a').status.conditions!.some(({ type }) => type === 'DisruptionTarget')).toBe(false);
  });
});

test('[PG2] a pod that stops without a node has failed at the next look, and goes when nothing holds it any more', () => {
  const story = new GcStory().pod('a', { spec: { nodeSelector: { no: 'where' } } }).to(5);
  story
    .patchPod('a', { metadata: { finalizers: ['example.com/wait'] } })
    .deletePod('a')
    .to(19);
  expect([story.get('a')!.metadata.deletionTimestamp !== undefined, story.get('a')!.status.phase]).toEqual([true, 'Pending']);
  expect(story.to(20).get('a')!.status.phase).toBe('Failed');
  const version = story.get('a')!.metadata.resourceVersion;
  expect(story.to(200).get('a')!.metadata.resourceVersion).toBe(version);
  story.patchPod('a', { metadata: { finalizers: null } });
  expect(story.names).toEqual([]);
});

describe('[PG3] pods that stop on a node that is out of service', () => {
  const outOfService = { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] } };
  const down = { metadata: { annotations: { 'drydock.dev/fault': 'down' } } };
  test('are deleted once the node is not ready', () => {
    const story = new GcStory().pod('a', on('node-3')).to(5).patchNode('node-3', down).to(70).patchNode('node-3', outOfService);
    story.to(79);
    // The taint has asked it to stop; nobody is there to do so.
    expect(story.get('a')!.metadata.deletionTimestamp).toBeDefined();
    expect(story.to(80).names).toEqual([]);
    expect(story.last('a').status.phase).toBe('Failed');
  });
  test('are left to the kubelet while the node is ready', () => {
    const slow = { annotations: { 'drydock.dev/stop-after': '25s' }, ...on('node-3') };
    const story = new GcStory().pod('a', slow).to(18).patchNode('node-3', outOfService).to(21);
    expect(story.names).toEqual(['a']);
    expect(story.to(50).names).toEqual([]);
    expect(story.last('a').status.conditions!.find(({ type }) => type === 'DisruptionTarget')!.reason).toBe('DeletionByTaintManager');
  });
});

describe('[PG4] too many pods that have ended', () => {
  const ended = (name: string, seconds: number, reason?: string): Pod =>
    ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: new Date(seconds * 1000).toISOString().replace('.000', '') },
      spec: { containers: [], nodeName: 'node-1' },
      status: reason ? { phase: 'Failed', reason } : { phase: 'Succeeded' },
    }) as unknown as Pod;

  test.each<[threshold: number, gone: readonly string[]]>([
    [5, []],
    [4, ['evicted']],
    [3, ['evicted', 'oldest']],
    [2, ['evicted', 'oldest', 'b']],
    [0, ['evicted', 'oldest', 'b', 'c', 'newest']],
  ])('of five, %i may stay', (threshold, gone) => {
    const pods = [ended('newest', 9), ended('c', 5), ended('b', 5), ended('oldest', 1), ended('evicted', 10, 'Evicted')];
    expect(surplusOf(pods, threshold).map(({ metadata }) => metadata.name)).toEqual(gone);
  });

  test('12,500 may stay', () => {
    const cluster = new Cluster();
    for (let i = 0; i < 12_502; i++) {
      const after = ended(`pod-${i}`, 100 + i);
      cluster.store.commit({ resource: 'pods', namespace: 'default', name: after.metadata.name, after, cause: { by: 'test', because: 0 } });
    }
    cluster.advanceTo(cluster.startedAt + 19_000);
    expect(cluster.store.collection('pods').size).toBe(12_502);
    cluster.advanceTo(cluster.startedAt + 20_000);
    expect(cluster.store.collection('pods').size).toBe(12_500);
    expect(['pod-0', 'pod-1', 'pod-2'].map((name) => cluster.store.get('pods', 'default', name) !== undefined)).toEqual([false, false, true]);
  });
});

test('[PG5] a fork looks at the same moments, and remembers what is missed', () => {
  const story = new GcStory({ startAt: Date.UTC(2026, 0, 1, 0, 0, 3) }).pod('a', on('node-3')).to(7).removeNode('node-3').to(33);
  const fork = story.cluster.fork();
  fork.advance(26_000);
  expect(fork.store.collection('pods').size).toBe(1);
  fork.advance(1_000);
  expect(fork.store.collection('pods').size).toBe(0);
});
