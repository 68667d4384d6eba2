// What scheduler, kubelets and node controller remember goes along when a cluster is forked: the same future, twice.
import { expect, test } from 'vitest';
import type { Cluster } from '../../../server/src/cluster/cluster.ts';
import { StoryCluster } from './cluster.ts';

const state = ({ store }: Cluster) =>
  ['pods', 'nodes', 'events', 'leases.coordination.k8s.io'].map((resource) =>
    [...store.collection(resource).values()].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)),
  );

const large = { containers: [{ name: 'c', image: 'nginx', resources: { requests: { cpu: '3' } } }] };

test.each([0, 700, 1_700, 12_300, 70_000])('a fork after %i ms lives on like the original', (ms) => {
  const story = new StoryCluster();
  story.deployment('web', 4, { annotations: { 'drydock.dev/ready-apart': '500ms' } }).deployment('crash', 2, { annotations: { 'drydock.dev/fault': 'crash' } });
  story.deployment('large', 5, { spec: large }).pod('broken', { annotations: { 'drydock.dev/fault': 'image-pull' } });
  story.patchNode('node-3', { metadata: { annotations: { 'drydock.dev/fault': 'down' } } }).advance(ms);
  const fork = story.cluster.fork();
  story.cluster.advance(90_000);
  // The fork is not touched by what the original did.
  fork.advance(90_000);
  expect(state(fork)).toEqual(state(story.cluster));
});

test('a fork may go another way', () => {
  const story = new StoryCluster({ nodes: { count: 1 } }).pod('first', { spec: large }).pod('second', { spec: large }).settle();
  const fork = story.cluster.fork();
  fork.request({ verb: 'delete', group: '', resource: 'pods', namespace: 'default', name: 'first' });
  fork.settle();
  story.settle();
  const nodeOf = (cluster: Cluster, name: string) =>
    (cluster.store.get('pods', 'default', name) as { spec?: { nodeName?: string } } | undefined)?.spec?.nodeName;
  expect([nodeOf(story.cluster, 'second'), nodeOf(fork, 'second')]).toEqual([undefined, 'node-1']);
});
