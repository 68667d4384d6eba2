// The scores one by one; most rows are those of Kubernetes' own tests, with their arithmetic.
import { describe, expect, test } from 'vitest';
import type { Node, Pod, PreferredSchedulingTerm, Taint, Toleration } from '../../../server/src/schema/generated/types.ts';
import type { ScorePlugin } from '../../../server/src/cluster/scheduler/plugin.ts';
import { balancedAllocation } from '../../../server/src/cluster/scheduler/plugins/balanced-allocation.ts';
import { defaultSpread } from '../../../server/src/cluster/scheduler/plugins/default-spread.ts';
import { leastAllocated } from '../../../server/src/cluster/scheduler/plugins/least-allocated.ts';
import { nodeAffinityScore } from '../../../server/src/cluster/scheduler/plugins/node-affinity.ts';
import { taintTolerationScore } from '../../../server/src/cluster/scheduler/plugins/taint-toleration.ts';
import { infoOf, nodeOf, podOf, viewOf } from './fixtures.ts';

function scoresOf(plugin: ScorePlugin, pod: Pod, nodes: readonly Node[], pods: readonly Pod[] = [], tallies: object = {}): readonly number[] | 'skipped' {
  const view = viewOf(nodes, pods, tallies);
  const scores = new Float64Array(view.nodes.length);
  return plugin.score(infoOf(pod), view, view.nodes, scores) ? [...scores] : 'skipped';
}

const node = (name: string, cpu: string, memory: string) => nodeOf(name, { cpu, memory, pods: '110' });
const on = (name: string, ...requests: readonly Record<string, string>[]) => podOf(requests, { node: name });

describe('LeastAllocated', () => {
  const cpuAndMemory = podOf([
    { cpu: '1000', memory: '2000' },
    { cpu: '2000', memory: '3000' },
  ]);
  test.each<[string, Pod, Node[], Pod[], number[]]>([
    ['nothing there, nothing asked', podOf([]), [node('a', '4000', '10000'), node('b', '4000', '10000')], [], [100, 100]],
    // a: cpu 25, memory 50; b: cpu 50, memory 50
    ['nodes of different size', cpuAndMemory, [node('a', '4000', '10000'), node('b', '6000', '10000')], [], [37, 50]],
    // a: cpu 40, memory 100; b: cpu 40, memory 75
    [
      'nothing asked, pods there',
      podOf([]),
      [node('a', '10000', '20000'), node('b', '10000', '20000')],
      [
        on('a', { cpu: '3000', memory: '0' }),
        on('a', { cpu: '3000', memory: '0' }),
        on('b', { cpu: '3000', memory: '0' }),
        on('b', { cpu: '3000', memory: '5000' }),
      ],
      [70, 57],
    ],
    [
      'asked and pods there',
      cpuAndMemory,
      [node('a', '10000', '20000'), node('b', '10000', '50000')],
      [on('a', { cpu: '3000', memory: '0' }), on('b', { cpu: '3000', memory: '5000' })],
      [57, 60],
    ],
    [
      'more than there is',
      podOf([{ cpu: '3000', memory: '0' }]),
      [node('a', '4000', '10000'), node('b', '4000', '10000')],
      [on('a', { cpu: '3000', memory: '0' }), on('b', { cpu: '3000', memory: '5000' })],
      [50, 25],
    ],
    ['nodes that offer nothing', podOf([]), [node('a', '0', '0')], [on('a', { cpu: '3000' })], [0]],
  ])('%s', (_title, pod, nodes, pods, expected) => expect(scoresOf(leastAllocated, pod, nodes, pods)).toEqual(expected));
});

describe('BalancedAllocation', () => {
  const cpuAndMemory = podOf([
    { cpu: '1000', memory: '2000' },
    { cpu: '2000', memory: '3000' },
  ]);
  const cpuOnly = podOf([
    { cpu: '1000', memory: '0' },
    { cpu: '2000', memory: '0' },
  ]);
  const used = [on('a', { cpu: '3000', memory: '0' }), on('b', { cpu: '3000', memory: '5000' })];
  test.each<[string, Pod, Node[], Pod[], number[] | 'skipped']>([
    ['a pod that asks for nothing', podOf([{}]), [node('a', '4000', '10000')], [], 'skipped'],
    // a: 0.75 and 0.5 → 1 − 0.125
    ['nodes of different size', cpuAndMemory, [node('a', '4000', '10000'), node('b', '6000', '10000')], [], [87, 100]],
    // a: 0.6 and 0.25; b: 0.6 and 0.5
    ['pods there', cpuAndMemory, [node('a', '10000', '20000'), node('b', '10000', '20000')], used, [82, 95]],
    ['pods there, nodes of different size', cpuAndMemory, [node('a', '10000', '20000'), node('b', '10000', '50000')], used, [82, 80]],
    ['cpu is full', cpuOnly, [node('a', '6000', '10000'), node('b', '6000', '10000')], used, [50, 75]],
  ])('%s', (_title, pod, nodes, pods, expected) => expect(scoresOf(balancedAllocation, pod, nodes, pods)).toEqual(expected));
});

describe('TaintToleration', () => {
  const taint = (key: string, effect = 'PreferNoSchedule'): Taint => ({ key, value: 'x', effect });
  const tolerate = (key: string, effect = 'PreferNoSchedule'): Toleration => ({ key, operator: 'Equal', value: 'x', effect });
  const tainted = (...taints: readonly (readonly Taint[])[]) => taints.map((some, i) => nodeOf(`n${i}`, undefined, { taints: some }));
  test.each<[string, Toleration[], Node[], readonly number[] | 'skipped']>([
    ['no taints', [], tainted([], []), 'skipped'],
    ['the tolerated one is better', [tolerate('foo')], tainted([taint('foo')], [taint('bar')]), [100, 0]],
    ['all tolerated are alike', [tolerate('a'), tolerate('b')], tainted([], [taint('a')], [taint('a'), taint('b')]), [100, 100, 100]],
    ['the more the worse', [tolerate('foo')], tainted([], [taint('a')], [taint('a'), taint('b')]), [100, 50, 0]],
    ['tolerations of other effects do not count', [tolerate('a', 'NoSchedule')], tainted([], [taint('a')]), [100, 0]],
  ])('%s', (_title, tolerations, nodes, expected) => expect(scoresOf(taintTolerationScore, podOf([{}], { spec: { tolerations } }), nodes)).toEqual(expected));
});

describe('NodeAffinity, preferred', () => {
  const prefer = (weight: number, key: string, value: string): PreferredSchedulingTerm => ({
    weight,
    preference: { matchExpressions: [{ key, operator: 'In', values: [value] }] },
  });
  const labelled = (...labels: readonly Record<string, string>[]) => labels.map((some, i) => nodeOf(`n${i}`, undefined, { labels: some }));
  test.each<[string, PreferredSchedulingTerm[], Node[], readonly number[] | 'skipped']>([
    ['none', [], labelled({ foo: 'bar' }), 'skipped'],
    ['one matches', [prefer(2, 'foo', 'bar')], labelled({ foo: 'bar' }, { key: 'value' }), [100, 0]],
    [
      'weights add up',
      [prefer(2, 'foo', 'bar'), prefer(4, 'key', 'value'), prefer(5, 'az', 'az1')],
      labelled({ foo: 'bar' }, { key: 'value' }, { foo: 'bar', key: 'value', az: 'az1' }),
      [18, 36, 100],
    ],
    ['an empty preference matches nothing', [{ weight: 5, preference: {} }], labelled({ foo: 'bar' }), [0]],
  ])('%s', (_title, preferred, nodes, expected) => {
    const pod = podOf([{}], { spec: { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } } });
    expect(scoresOf(nodeAffinityScore, pod, nodes)).toEqual(expected);
  });
});

describe('default spreading', () => {
  const nodes = ['a', 'b', 'c'].map((zone) => nodeOf(`node-${zone}`, undefined, { labels: { 'topology.kubernetes.io/zone': zone } }));
  const bare = podOf([{}]);
  const owned: Pod = {
    ...bare,
    metadata: { ...bare.metadata, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'rs', controller: true }] },
  };
  const tallies = (counts: Record<string, number>) => ({
    node: new Map(Object.entries(counts).map(([zone, n]) => [`node-${zone}`, n])),
    zone: new Map(Object.entries(counts)),
  });
  test('a pod without an owner', () => expect(scoresOf(defaultSpread, bare, nodes)).toBe('skipped'));
  test('the first pod', () => expect(scoresOf(defaultSpread, owned, nodes)).toBe('skipped'));
  // ln 5 = 1.609 for both. a: round(1.609 + 2 + 1.609 + 4) = 9; b, c: 6; 100·(9 + 6 − 9)/9 = 66
  test('one pod on one node', () => expect(scoresOf(defaultSpread, owned, nodes, [], tallies({ a: 1 }))).toEqual([66, 100, 100]));
  // raw: 3·2·1.609 + 6 = 15.7 → 16; 2·1.609 + 6 = 9.2 → 9; 6
  test('three pods, one pod, none', () => expect(scoresOf(defaultSpread, owned, nodes, [], tallies({ a: 3, b: 1 }))).toEqual([37, 81, 100]));
  test('a pod with constraints of its own', () => {
    const topologySpreadConstraints = [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }];
    expect(scoresOf(defaultSpread, { ...owned, spec: { ...owned.spec, topologySpreadConstraints } }, nodes, [], tallies({ a: 1 }))).toBe('skipped');
  });
});
