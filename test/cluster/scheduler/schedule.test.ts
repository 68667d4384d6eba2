// Choosing a node, and the words when there is none.
import { describe, expect, test } from 'vitest';
import { Random } from '../../../server/src/cluster/clock/random.ts';
import { misfitMessage } from '../../../server/src/cluster/scheduler/misfit-message.ts';
import { preempt } from '../../../server/src/cluster/scheduler/preemption.ts';
import { feasibleNodesToFind, schedule, totalScores } from '../../../server/src/cluster/scheduler/schedule.ts';
import type { Node, Pod } from '../../../server/src/schema/generated/types.ts';
import { infoOf, nodeOf, podOf, viewOf } from './fixtures.ts';

const first = () => 0;

function messageFor(pod: Pod, nodes: readonly Node[], pods: readonly Pod[] = []): string {
  const view = viewOf(nodes, pods);
  const info = infoOf(pod);
  const result = schedule(info, view, 0, first);
  if (result.node) return `fits ${result.node.name}`;
  const preemption = preempt(info, result, view, (node) => pods.filter(({ spec }) => spec.nodeName === node));
  if ('victims' in preemption) return `preempts ${preemption.victims.map(({ metadata }) => metadata.name).join()} on ${preemption.node.name}`;
  return misfitMessage(result, view, preemption.message);
}

const three = ['node-1', 'node-2', 'node-3'].map((name) => nodeOf(name));

describe('why a pod fits nowhere', () => {
  test('larger than any node', () => {
    expect(messageFor(podOf([{ cpu: '64' }]), three)).toBe(
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
    );
  });
  test('no room left', () => {
    const used = three.map(({ metadata }) => podOf([{ cpu: '3', memory: '7Gi' }], { node: metadata.name }));
    expect(messageFor(podOf([{ cpu: '2', memory: '2Gi' }]), three, used)).toBe(
      '0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. no new claims to deallocate, preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    );
  });
  test('every node for a reason of its own, counted and sorted', () => {
    const nodes = [
      nodeOf('a', undefined, { unschedulable: true }),
      nodeOf('b', undefined, { taints: [{ key: 'k', effect: 'NoSchedule' }] }),
      nodeOf('c'),
      nodeOf('d', { cpu: '1', memory: '8Gi', pods: '110' }),
    ];
    const used = [podOf([{ cpu: '3' }], { node: 'c' })];
    expect(messageFor(podOf([{ cpu: '2' }]), nodes, used)).toBe(
      '0/4 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable, 2 Insufficient cpu. no new claims to deallocate, ' +
        'preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.',
    );
  });
  test('a pod that may not preempt', () => {
    expect(messageFor(podOf([{ cpu: '64' }], { spec: { preemptionPolicy: 'Never' } }), three)).toBe(
      '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    );
  });
  test('no nodes', () => expect(messageFor(podOf([{}]), [])).toBe('no nodes available to schedule pods'));
  const named = (...values: readonly string[]) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: values.map((value) => ({ key: 'metadata.name', operator: 'In', values: [value] })) }],
        },
      },
    },
  });
  test('a pod that names its node is only tried there', () => {
    expect(messageFor(podOf([{ cpu: '64' }], { spec: named('node-2') }), three)).toBe(
      "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    );
    expect(messageFor(podOf([{}], { spec: named('node-2') }), three)).toBe('fits node-2');
  });
  test('a pod that names a node in one term and not in another may go anywhere', () => {
    const { affinity } = named('node-2');
    const terms = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    const other = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-3'] }] };
    const either = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [...terms, other] } } } };
    const used = [podOf([{ cpu: '4' }], { node: 'node-2' })];
    expect(messageFor(podOf([{ cpu: '1' }], { spec: either }), three, used)).toBe('fits node-3');
  });
  test('a pod that names two nodes at once', () => {
    expect(messageFor(podOf([{}], { spec: named('node-1', 'node-2') }), three)).toBe('0/3 nodes are available: pod affinity terms conflict. not found');
  });
});

describe('making room for a more important pod', () => {
  const withPriority = (name: string, node: string, priority: number, cpu: string, startTime = '2026-01-01T00:00:00Z') => {
    const pod = podOf([{ cpu }], { name, node, spec: { priority } });
    return { ...pod, status: { ...pod.status, startTime } };
  };
  const important = (cpu: string) => podOf([{ cpu }], { spec: { priority: 10 } });
  test.each<[string, Pod, readonly Pod[], string]>([
    [
      'those that are not in the way stay',
      important('3'),
      [withPriority('small', 'a', 0, '1'), withPriority('large', 'a', 5, '2'), withPriority('b', 'b', 10, '4')],
      'preempts large on a',
    ],
    [
      'the less important go first',
      important('2'),
      [withPriority('low', 'a', 0, '2'), withPriority('high', 'a', 5, '2'), withPriority('b', 'b', 10, '4')],
      'preempts low on a',
    ],
    [
      'where the most important victim is least important',
      important('3'),
      [withPriority('five', 'a', 5, '3'), withPriority('four', 'b', 4, '3')],
      'preempts four on b',
    ],
    [
      'where the sum is lowest',
      important('4'),
      [withPriority('a1', 'a', 4, '2'), withPriority('a2', 'a', 4, '2'), withPriority('b1', 'b', 4, '2'), withPriority('b2', 'b', 3, '2')],
      'preempts b1,b2 on b',
    ],
    [
      'where fewest must go',
      important('4'),
      [withPriority('a1', 'a', 0, '2'), withPriority('a2', 'a', 0, '2'), withPriority('b1', 'b', 0, '4')],
      'preempts b1 on b',
    ],
    [
      'where they started last',
      important('3'),
      [withPriority('old', 'a', 0, '3'), withPriority('young', 'b', 0, '3', '2026-01-01T00:00:09Z')],
      'preempts young on b',
    ],
    [
      'the equally important stay',
      important('3'),
      [withPriority('equal', 'a', 10, '3'), withPriority('more', 'b', 11, '3')],
      '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.',
    ],
    [
      'when it would not be enough',
      important('4'),
      [withPriority('mine', 'a', 10, '1'), withPriority('low', 'a', 0, '3'), withPriority('b', 'b', 10, '1')],
      '0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 1 Insufficient cpu, 1 No preemption victims found for incoming pod.',
    ],
  ])('%s', (_title, pod, pods, expected) => expect(messageFor(pod, [nodeOf('a'), nodeOf('b')], pods)).toBe(expected));
  test('a pod that may not be near others removes them', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
    const alone = podOf([{}], { spec: { priority: 10, affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } } });
    expect(messageFor(alone, [nodeOf('a')], [podOf([{}], { name: 'near', node: 'a', labels: { app: 'web' } })])).toBe('preempts near on a');
  });
});

describe('which node', () => {
  test('the emptiest', () => {
    const view = viewOf(three, [podOf([{ cpu: '1' }], { node: 'node-1' }), podOf([{ cpu: '2' }], { node: 'node-3' })]);
    expect(schedule(infoOf(podOf([{ cpu: '1' }])), view, 0, first).node?.name).toBe('node-2');
  });
  test('weights: one avoided taint outweighs an empty node', () => {
    const nodes = [nodeOf('a', undefined, { taints: [{ key: 'k', effect: 'PreferNoSchedule' }] }), nodeOf('b')];
    const view = viewOf(nodes, [podOf([{ cpu: '3', memory: '6Gi' }], { node: 'b' })]);
    // a: 3·0 + 97 (cpu 97, memory 97), b: 3·100 + 22; the pod asks for nothing, so nothing is balanced.
    expect([...totalScores(infoOf(podOf([{}])), view, view.nodes)]).toEqual([97, 322]);
  });
  test('equal ones by the draw, every one of them', () => {
    const random = new Random(7);
    const view = viewOf(three);
    const chosen = Array.from({ length: 60 }, () => schedule(infoOf(podOf([{}])), view, 0, (below) => random.int(below)).node!.name);
    expect(new Set(chosen)).toEqual(new Set(['node-1', 'node-2', 'node-3']));
  });
});

describe('how many nodes are looked at', () => {
  test.each([
    [3, 3],
    [99, 99],
    [100, 100],
    [500, 230],
    [1000, 420],
    [5000, 500],
    [6000, 300],
  ])('%i nodes: %i that would do are enough', (nodes, expected) => expect(feasibleNodesToFind(nodes)).toBe(expected));
  test('the next search begins where the last one stopped', () => {
    const nodes = Array.from({ length: 500 }, (_, i) => nodeOf(`node-${i + 1}`));
    const view = viewOf(nodes);
    const info = infoOf(podOf([{}]));
    const one = schedule(info, view, 0, first);
    const two = schedule(info, view, one.nextStart, first);
    const three = schedule(info, view, two.nextStart, first);
    expect([one, two, three].map(({ node, nextStart }) => [node?.name, nextStart])).toEqual([
      ['node-1', 230],
      ['node-231', 460],
      ['node-461', 190],
    ]);
  });
});
