// Choosing a node, and the words when there is none.
import { describe, expect, test } from 'vitest';
import { Random } from '../../../server/src/cluster/clock/random.ts';
import { misfitMessage } from '../../../server/src/cluster/scheduler/misfit-message.ts';
import { preemptionOutcome } from '../../../server/src/cluster/scheduler/preemption.ts';
import { feasibleNodesToFind, schedule, totalScores } from '../../../server/src/cluster/scheduler/schedule.ts';
import type { Node, Pod } from '../../../server/src/schema/generated/types.ts';
import { infoOf, nodeOf, podOf, viewOf } from './fixtures.ts';

const first = () => 0;

function messageFor(pod: Pod, nodes: readonly Node[], pods: readonly Pod[] = []): string {
  const view = viewOf(nodes, pods);
  const info = infoOf(pod);
  const result = schedule(info, view, 0, first);
  if (result.node) return `fits ${result.node.name}`;
  return misfitMessage(result, view, preemptionOutcome(info, result, view));
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
