// DaemonSets in a cluster that moves: what comes of it, moment by moment.
import { describe, expect, test } from 'vitest';
import type { ControllerRevision, DaemonSet, Pod } from '../../../../server/src/schema/generated/types.ts';
import { Story } from '../story.ts';

const template = (image: string, annotations: object = {}, spec: object = {}) => ({
  metadata: { labels: { app: 'agent' }, annotations },
  spec: { containers: [{ name: 'main', image }], ...spec },
});

class DaemonStory extends Story {
  begin(spec: object = {}, pods: Parameters<typeof template> = ['a']): this {
    this.create('daemonsets', 'apps', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: { selector: { matchLabels: { app: 'agent' } }, template: template(...pods), ...spec },
    });
    return this.settle();
  }

  edit(body: object): this {
    this.change(body, 'agent', 'daemonsets');
    return this;
  }

  to(...pods: Parameters<typeof template>): this {
    return this.edit({ spec: { template: template(...pods) } });
  }

  node(name: string, body: object): this {
    this.cluster.request({ verb: 'patch', patchType: 'merge', resource: 'nodes', group: '', name, body });
    return this;
  }

  get set(): DaemonSet {
    return this.cluster.store.get<DaemonSet>('daemonsets.apps', 'default', 'agent')!;
  }

  /** 'desired current ready updated available misscheduled' */
  get counts(): string {
    const {
      desiredNumberScheduled,
      currentNumberScheduled,
      numberReady,
      updatedNumberScheduled = 0,
      numberAvailable = 0,
      numberMisscheduled,
    } = this.set.status;
    return [desiredNumberScheduled, currentNumberScheduled, numberReady, updatedNumberScheduled, numberAvailable, numberMisscheduled].join(' ');
  }

  /** 'node-1 a', with '!' when it is being deleted. */
  get where(): readonly string[] {
    return this.pods()
      .map(({ spec, metadata }) => `${spec.nodeName ?? '?'} ${spec.containers[0]!.image}${metadata.deletionTimestamp ? '!' : ''}`)
      .sort();
  }

  get revisions(): readonly ControllerRevision[] {
    return ([...this.cluster.store.collection('controllerrevisions.apps').values()] as ControllerRevision[]).sort((a, b) => a.revision - b.revision);
  }

  /** The fewest ready and the most pods at any moment while time passes until nothing moves. */
  watchedSettle(): { readonly fewestReady: number; readonly mostPods: number } {
    let [fewestReady, mostPods] = [Number.POSITIVE_INFINITY, 0];
    const stop = this.cluster.store.onCommit(({ resource }) => {
      if (resource !== 'pods') return;
      const kept = this.pods().filter(({ metadata }) => !metadata.deletionTimestamp);
      const ready = kept.filter(({ status }) => status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'));
      fewestReady = Math.min(fewestReady, ready.length);
      mostPods = Math.max(mostPods, kept.length);
    });
    this.settle();
    stop();
    return { fewestReady, mostPods };
  }
}

const start = () => new DaemonStory();
const three = (image: string) => [`node-1 ${image}`, `node-2 ${image}`, `node-3 ${image}`];

describe('[DS11] pods and nodes', () => {
  test('every node gets a pod, by way of the scheduler', () => {
    const story = start().begin();
    expect(story.where).toEqual(three('a'));
    expect(story.counts).toBe('3 3 3 3 3 0');
    const [pod] = story.pods() as [Pod];
    const { spec, metadata } = pod;
    expect(spec.affinity).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [spec.nodeName] }] }],
        },
      },
    });
    expect(metadata).toMatchObject({
      generateName: 'agent-',
      labels: { 'pod-template-generation': '1', 'controller-revision-hash': story.revisions[0]!.metadata.name.slice('agent-'.length) },
    });
    expect(story.events('DaemonSet')).toEqual(story.pods().map((each) => `Normal SuccessfulCreate Created pod: ${each.metadata.name}`));
  });
  test('each pod asks for its own node, and keeps what else the template says of nodes and pods', () => {
    const requirement = (key: string) => ({ matchExpressions: [{ key, operator: 'Exists' }] });
    const preferred = [{ weight: 1, preference: requirement('disk') }];
    const required = { nodeSelectorTerms: [requirement('kubernetes.io/hostname')] };
    const podAntiAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'x' } } }],
    };
    const nodeAffinity = { preferredDuringSchedulingIgnoredDuringExecution: preferred, requiredDuringSchedulingIgnoredDuringExecution: required };
    const story = start().begin({}, ['a', {}, { affinity: { nodeAffinity, podAntiAffinity } }]);
    expect(story.where).toEqual(three('a'));
    for (const { spec } of story.pods()) {
      const named = { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [spec.nodeName] }] }] };
      expect(spec.affinity).toEqual({ podAntiAffinity, nodeAffinity: { ...nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: named } });
      expect(spec.hostname).toBeUndefined();
    }
  });
  test('a label brings a pod, its end takes it away', () => {
    const story = start().begin({}, ['a', {}, { nodeSelector: { disk: 'ssd' } }]);
    expect([story.where, story.counts]).toEqual([[], '0 0 0 0 0 0']);
    story.node('node-2', { metadata: { labels: { disk: 'ssd' } } }).settle();
    expect([story.where, story.counts]).toEqual([['node-2 a'], '1 1 1 1 1 0']);
    story.node('node-2', { metadata: { labels: { disk: null } } }).settle();
    expect([story.where, story.counts]).toEqual([[], '0 0 0 0 0 0']);
  });
  test('a cordoned node gets one too; a NoSchedule taint lets it stay and makes it misplaced; a NoExecute taint ends it', () => {
    const story = start()
      .node('node-1', { spec: { unschedulable: true } })
      .begin();
    expect(story.where).toEqual(three('a'));
    story.node('node-2', { spec: { taints: [{ key: 'team', value: 'blue', effect: 'NoSchedule' }] } }).settle();
    expect([story.where, story.counts]).toEqual([three('a'), '2 2 2 2 2 1']);
    story.node('node-2', { spec: { taints: [{ key: 'team', value: 'blue', effect: 'NoExecute' }] } }).settle();
    expect([story.where, story.counts]).toEqual([['node-1 a', 'node-3 a'], '2 2 2 2 2 0']);
  });
  test('a deleted pod comes back when it is gone', () => {
    const story = start().begin();
    story.remove('pods', story.pods()[0]!.metadata.name);
    expect(story.where.filter((each) => each.endsWith('!'))).toHaveLength(1);
    expect(story.pods()).toHaveLength(3);
    story.settle();
    expect(story.where).toEqual(three('a'));
  });
  test('a node that does not fit it has its pod waiting, and the others go on', () => {
    const big = { containers: [{ name: 'main', image: 'a', resources: { requests: { cpu: '5' } } }] };
    const story = start().begin({}, ['a', {}, big]);
    expect([story.where, story.counts]).toEqual([['? a', '? a', '? a'], '3 3 0 3 0 0']);
    story.cluster.request({ verb: 'delete', resource: 'nodes', group: '', name: 'node-3' });
    expect(story.after(1_000).where).toEqual(['? a', '? a']);
  });
});

describe('[DS12] updates', () => {
  test('one node at a time, with never more than one missing', () => {
    const story = start().begin().to('b');
    expect(story.watchedSettle()).toEqual({ fewestReady: 2, mostPods: 3 });
    expect([story.where, story.counts]).toEqual([three('b'), '3 3 3 3 3 0']);
    expect(story.revisions.map(({ revision }) => revision)).toEqual([1, 2]);
  });
  test('maxUnavailable 2', () => {
    const story = start()
      .begin({ updateStrategy: { rollingUpdate: { maxUnavailable: '50%' } } })
      .to('b');
    expect(story.watchedSettle().fewestReady).toBe(1);
    expect(story.where).toEqual(three('b'));
  });
  test('maxSurge: the new one first, and nothing missing', () => {
    const story = start()
      .begin({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } })
      .to('b');
    expect(story.watchedSettle()).toEqual({ fewestReady: 3, mostPods: 4 });
    expect([story.where, story.counts]).toEqual([three('b'), '3 3 3 3 3 0']);
  });
  test('a broken image stops after the first node, and a good one goes on from there', () => {
    const story = start().begin().to('broken', { 'drydock.dev/fault': 'image-pull' }).settle();
    expect([story.where, story.counts]).toEqual([['node-1 broken', 'node-2 a', 'node-3 a'], '3 3 2 1 2 0']);
    story.to('c', { 'drydock.dev/fault': null }).settle();
    expect([story.where, story.counts]).toEqual([three('c'), '3 3 3 3 3 0']);
  });
  test('minReadySeconds: a node counts when its pod has been ready for so long', () => {
    const story = start().begin({ minReadySeconds: 5 }).settle(6_000);
    expect(story.counts).toBe('3 3 3 3 3 0');
    story.to('b').after(4_000);
    expect([story.where, story.counts]).toEqual([['node-1 b', 'node-2 a', 'node-3 a'], '3 3 3 1 2 0']);
    story.after(4_000);
    expect(story.set.status.numberUnavailable).toBe(1);
    story.settle(10_000);
    expect([story.where, story.counts]).toEqual([three('b'), '3 3 3 3 3 0']);
  });
  test('OnDelete: whatever is deleted comes back new', () => {
    const story = start()
      .begin({ updateStrategy: { type: 'OnDelete' } })
      .to('b')
      .settle();
    expect([story.where, story.counts]).toEqual([three('a'), '3 3 3 0 3 0']);
    story.remove('pods', story.pods().find(({ spec }) => spec.nodeName === 'node-2')!.metadata.name);
    story.settle();
    expect([story.where, story.counts]).toEqual([['node-1 a', 'node-2 b', 'node-3 a'], '3 3 3 1 3 0']);
  });
  test('back to an earlier template: its revision is the newest, and what is of it already stays', () => {
    const story = start().begin().to('broken', { 'drydock.dev/fault': 'image-pull' }).settle();
    const kept = story.pods().flatMap(({ metadata, spec }) => (spec.containers[0]!.image === 'a' ? [metadata.name] : []));
    story.to('a', { 'drydock.dev/fault': null }).settle();
    expect(story.where).toEqual(three('a'));
    expect(story.pods().map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(kept));
    expect(story.revisions.map(({ revision }) => revision)).toEqual([2, 3]);
    expect(story.set.metadata.annotations!['deprecated.daemonset.template.generation']).toBe('3');
  });
  test('no more old revisions than the limit', () => {
    const story = start().begin({ revisionHistoryLimit: 1 });
    for (const image of ['b', 'c', 'd']) story.to(image).settle();
    expect(story.revisions.map(({ revision }) => revision)).toEqual([3, 4]);
  });
  test('somebody has taken the name of a revision', () => {
    const story = start().begin();
    const [first] = story.revisions;
    story.remove('daemonsets', 'agent', 'apps');
    story.settle();
    const { metadata, ...rest } = first!;
    story.create('controllerrevisions', 'apps', { ...rest, metadata: { name: metadata.name }, data: { spec: {} } });
    story.begin();
    expect([story.where, story.set.status.collisionCount]).toEqual([three('a'), 1]);
    expect(story.revisions.map(({ metadata: { name } }) => name)).toContain(metadata.name);
  });
});

describe('[DS13] owners', () => {
  test('orphans are adopted with their revision, and nothing restarts', () => {
    const story = start().begin();
    const names = story.pods().map(({ metadata }) => metadata.name);
    story.remove('daemonsets', 'agent', 'apps', { propagationPolicy: 'Orphan' });
    story.settle();
    expect(story.pods().every(({ metadata }) => metadata.ownerReferences === undefined)).toBe(true);
    story.begin();
    expect(story.pods().map(({ metadata }) => metadata.name)).toEqual(names);
    expect(story.pods().every(({ metadata }) => metadata.ownerReferences![0]!.uid === story.set.metadata.uid)).toBe(true);
    expect(story.revisions).toHaveLength(1);
    expect(story.counts).toBe('3 3 3 3 3 0');
  });
  test('a pod that is not selected any more is released, and replaced', () => {
    const story = start().begin();
    const [pod] = story.pods();
    story.change({ metadata: { labels: { app: 'other' } } }, pod!.metadata.name, 'pods', '');
    story.settle();
    expect(story.pods()).toHaveLength(4);
    expect(story.pods().find(({ metadata }) => metadata.name === pod!.metadata.name)!.metadata.ownerReferences).toBeUndefined();
    expect(story.counts).toBe('3 3 3 3 3 0');
  });
  test('deleted with its pods and revisions', () => {
    const story = start().begin();
    story.remove('daemonsets', 'agent', 'apps');
    story.settle();
    expect([story.pods(), story.revisions]).toEqual([[], []]);
  });
});

describe('[DS14] failures', () => {
  test('failed pods are replaced, ever more slowly', () => {
    const story = start();
    story.node('node-2', { spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] } }).node('node-3', { spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] } });
    story.begin();
    // The kubelet would say at once that it still runs.
    story.node('node-1', { metadata: { annotations: { 'drydock.dev/fault': 'down' } } });
    const [first] = story.pods();
    const kept = () => story.pods().filter(({ metadata }) => !metadata.deletionTimestamp);
    const fail = ({ metadata }: Pod) =>
      story.cluster.request({
        verb: 'patch',
        patchType: 'merge',
        resource: 'pods',
        group: '',
        namespace: 'default',
        name: metadata.name,
        subresource: 'status',
        body: { status: { phase: 'Failed' } },
      });
    fail(first!);
    expect(story.events('DaemonSet')).toContain(
      `Warning FailedDaemonPod Found failed daemon pod default/${first!.metadata.name} on node node-1, will try to kill it`,
    );
    story.after(600);
    const [second] = kept();
    expect(second!.metadata.name).not.toBe(first!.metadata.name);
    fail(second!);
    expect(kept()).toEqual([expect.objectContaining({ metadata: expect.objectContaining({ name: second!.metadata.name }) })]);
    // A second has passed since the first one was deleted, or has when it is asked again.
    story.after(1_000);
    expect(kept().map(({ metadata }) => metadata.name)).not.toContain(second!.metadata.name);
    expect(kept()).toHaveLength(1);
  });
  test('a quota: what is refused is told, and tried again when there is room', () => {
    const story = start();
    story.create('resourcequotas', '', { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { pods: '2' } } });
    story.begin();
    expect(story.pods()).toHaveLength(2);
    expect(story.events('DaemonSet').some((event) => event.startsWith('Warning FailedCreate Error creating: pods "agent-'))).toBe(true);
    story.change({ spec: { hard: { pods: '3' } } }, 'q', 'resourcequotas', '');
    story.settle(1_000_000);
    expect(story.counts).toBe('3 3 3 3 3 0');
  });
});
