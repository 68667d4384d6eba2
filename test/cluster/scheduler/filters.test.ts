// The filters one by one; rows follow Kubernetes' own tests of the same names.
import { describe, expect, test } from 'vitest';
import type { Node, NodeSelectorTerm, Pod, PodSpec, Taint, Toleration } from '../../../server/src/schema/generated/types.ts';
import type { FilterPlugin } from '../../../server/src/cluster/scheduler/plugin.ts';
import { nodeAffinity } from '../../../server/src/cluster/scheduler/plugins/node-affinity.ts';
import { nodeName } from '../../../server/src/cluster/scheduler/plugins/node-name.ts';
import { nodePorts } from '../../../server/src/cluster/scheduler/plugins/node-ports.ts';
import { nodeResourcesFit } from '../../../server/src/cluster/scheduler/plugins/node-resources-fit.ts';
import { nodeUnschedulable } from '../../../server/src/cluster/scheduler/plugins/node-unschedulable.ts';
import { taintToleration } from '../../../server/src/cluster/scheduler/plugins/taint-toleration.ts';
import { containersOf, infoOf, nodeOf, podOf, viewOf } from './fixtures.ts';

type Answer = 'fits' | { readonly reasons: readonly string[]; readonly preemptable: boolean };

function answerOf(filter: FilterPlugin, pod: Pod, node: Node, others: readonly Pod[] = []): Answer {
  const view = viewOf([node], others);
  const refusal = filter.prepare(infoOf(pod), view)?.(view.nodes[0]!);
  return refusal ? { reasons: refusal.reasons, preemptable: refusal.preemptable } : 'fits';
}

describe('NodeResourcesFit', () => {
  const node = nodeOf('machine', { cpu: '10m', memory: '20', pods: '32', 'example.com/aaa': '5', 'ephemeral-storage': '20', 'hugepages-2Mi': '5' });
  const short = (names: string, preemptable = true): Answer => ({ reasons: names.split(' ').map((name) => `Insufficient ${name}`), preemptable });
  type Amounts = Record<string, string>;
  const rows: readonly (readonly [title: string, wants: readonly Amounts[], init: readonly Amounts[], used: Amounts, expected: Answer])[] = [
    ['nothing asked always fits', [], [], { cpu: '10m', memory: '20' }, 'fits'],
    ['too much of everything', [{ cpu: '1m', memory: '1' }], [], { cpu: '10m', memory: '20' }, short('cpu memory')],
    ['an init container asks too much cpu', [{ cpu: '1m', memory: '1' }], [{ cpu: '3m', memory: '1' }], { cpu: '8m', memory: '19' }, short('cpu')],
    ['the larger init container counts', [{ cpu: '1m', memory: '1' }], [{ cpu: '3m' }, { cpu: '2m' }], { cpu: '8m', memory: '19' }, short('cpu')],
    ['an init container asks too much memory', [{ cpu: '1m', memory: '1' }], [{ cpu: '1m', memory: '3' }], { cpu: '9m', memory: '19' }, short('memory')],
    ['init containers are not added to containers', [{ cpu: '1m', memory: '1' }], [{ cpu: '1m', memory: '1' }], { cpu: '9m', memory: '19' }, 'fits'],
    ['both fit', [{ cpu: '1m', memory: '1' }], [], { cpu: '5m', memory: '5' }, 'fits'],
    ['cpu does not fit', [{ cpu: '2m', memory: '1' }], [], { cpu: '9m', memory: '5' }, short('cpu')],
    ['memory does not fit', [{ cpu: '1m', memory: '2' }], [], { cpu: '5m', memory: '19' }, short('memory')],
    ['exactly what is left', [{ cpu: '5m', memory: '1' }], [], { cpu: '5m', memory: '19' }, 'fits'],
    ['more than an empty node has: removing pods cannot help', [{ cpu: '11m' }], [], {}, short('cpu', false)],
    ['one of two resources is more than the node has', [{ cpu: '2m', memory: '21' }], [], { cpu: '9m' }, short('cpu memory', false)],
    ['a device fits', [{ 'example.com/aaa': '1' }], [], {}, 'fits'],
    ['more devices than there are', [{ 'example.com/aaa': '10' }], [], {}, short('example.com/aaa', false)],
    ['all devices are taken', [{ 'example.com/aaa': '1' }], [], { 'example.com/aaa': '5' }, short('example.com/aaa')],
    [
      'devices of all containers are added',
      [{ 'example.com/aaa': '3' }, { 'example.com/aaa': '3' }],
      [],
      { 'example.com/aaa': '2' },
      short('example.com/aaa', false),
    ],
    ['a device that the node does not have', [{ 'example.com/bbb': '1' }], [], {}, short('example.com/bbb', false)],
    ['huge pages are taken', [{ 'hugepages-2Mi': '1' }], [], { 'hugepages-2Mi': '5' }, short('hugepages-2Mi')],
    ['ephemeral storage is taken', [{ 'ephemeral-storage': '10' }], [], { 'ephemeral-storage': '11' }, short('ephemeral-storage')],
    ['ephemeral storage does not matter to who does not ask', [{ cpu: '1m' }], [], { 'ephemeral-storage': '25' }, 'fits'],
  ];
  test.each(rows)('%s', (_title, wants, init, used, expected) => {
    const others = Object.keys(used).length > 0 ? [podOf([used], { node: 'machine' })] : [];
    const pod = podOf(wants, { spec: init.length > 0 ? { initContainers: containersOf(init) } : {} });
    expect(answerOf(nodeResourcesFit, pod, node, others)).toEqual(expected);
  });
  test('the node has as many pods as it may', () => {
    const small = nodeOf('machine', { cpu: '4', memory: '8Gi', pods: '1' });
    expect(answerOf(nodeResourcesFit, podOf([{}]), small, [podOf([{}], { node: 'machine' })])).toEqual({ reasons: ['Too many pods'], preemptable: true });
  });
  test('a finished pod takes no room', () => {
    expect(answerOf(nodeResourcesFit, podOf([{ cpu: '1m' }]), node, [podOf([{ cpu: '10m' }], { node: 'machine', phase: 'Succeeded' })])).toBe('fits');
  });
});

describe('NodePorts', () => {
  const refused: Answer = { reasons: ["node(s) didn't have free ports for the requested pod ports"], preemptable: true };
  /** 'TCP/127.0.0.1/8080' */
  const portsOf = (texts: readonly string[]): Partial<PodSpec> => ({
    containers: containersOf([{}], {
      ports: texts.map((text) => {
        const [protocol, hostIP, port] = text.split('/') as [string, string, string];
        return { protocol, hostIP, hostPort: Number(port), containerPort: 80 };
      }),
    }),
  });
  test.each<[string, string[], string[], Answer]>([
    ['nothing wanted', [], ['UDP/127.0.0.1/9090'], 'fits'],
    ['another port', ['UDP/127.0.0.1/8080'], ['UDP/127.0.0.1/9090'], 'fits'],
    ['the same udp port', ['UDP/127.0.0.1/8080'], ['UDP/127.0.0.1/8080'], refused],
    ['the same tcp port', ['TCP/127.0.0.1/8080'], ['TCP/127.0.0.1/8080'], refused],
    ['another address', ['TCP/127.0.0.1/8080'], ['TCP/127.0.0.2/8080'], 'fits'],
    ['another protocol', ['UDP/127.0.0.1/8080'], ['TCP/127.0.0.1/8080'], 'fits'],
    ['second of two ports', ['UDP/127.0.0.1/8000', 'UDP/127.0.0.1/8080'], ['UDP/127.0.0.1/8080'], refused],
    ['every address wanted', ['TCP/0.0.0.0/8001'], ['TCP/127.0.0.1/8001'], refused],
    ['every address taken', ['TCP/10.0.10.10/8001', 'TCP/0.0.0.0/8002'], ['TCP/0.0.0.0/8001'], refused],
    ['every address, another protocol', ['UDP/0.0.0.0/8001'], ['TCP/127.0.0.1/8001'], 'fits'],
  ])('%s', (_title, wanted, taken, expected) => {
    const other = podOf([{}], { node: 'm', spec: portsOf(taken) });
    expect(answerOf(nodePorts, podOf([{}], { spec: portsOf(wanted) }), nodeOf('m'), [{ ...other, spec: { ...other.spec, nodeName: 'm' } }])).toEqual(expected);
  });
});

describe('TaintToleration', () => {
  const refused: Answer = { reasons: ['node(s) had untolerated taint(s)'], preemptable: false };
  const dedicated: Taint = { key: 'dedicated', value: 'user1', effect: 'NoSchedule' };
  test.each<[string, Toleration[], Taint[], Answer]>([
    ['no toleration', [], [dedicated], refused],
    ['the right toleration', [{ key: 'dedicated', value: 'user1', effect: 'NoSchedule' }], [dedicated], 'fits'],
    ['another value', [{ key: 'dedicated', operator: 'Equal', value: 'user2', effect: 'NoSchedule' }], [dedicated], refused],
    ['exists', [{ key: 'foo', operator: 'Exists', effect: 'NoSchedule' }], [{ key: 'foo', value: 'bar', effect: 'NoSchedule' }], 'fits'],
    ['everything', [{ operator: 'Exists' }], [dedicated, { key: 'x', effect: 'NoExecute' }], 'fits'],
    ['only one of two', [{ key: 'foo', operator: 'Exists' }], [{ key: 'foo', effect: 'NoSchedule' }, dedicated], refused],
    [
      'another effect',
      [{ key: 'foo', operator: 'Equal', value: 'bar', effect: 'PreferNoSchedule' }],
      [{ key: 'foo', value: 'bar', effect: 'NoSchedule' }],
      refused,
    ],
    ['every effect', [{ key: 'foo', operator: 'Equal', value: 'bar' }], [{ key: 'foo', value: 'bar', effect: 'NoSchedule' }], 'fits'],
    ['a preference only', [], [{ key: 'dedicated', value: 'user1', effect: 'PreferNoSchedule' }], 'fits'],
  ])('%s', (_title, tolerations, taints, expected) => {
    expect(answerOf(taintToleration, podOf([{}], { spec: { tolerations } }), nodeOf('m', undefined, { taints }))).toEqual(expected);
  });
});

describe('NodeUnschedulable', () => {
  const cordoned = nodeOf('m', undefined, { unschedulable: true });
  test('a cordoned node', () =>
    expect(answerOf(nodeUnschedulable, podOf([{}]), cordoned)).toEqual({ reasons: ['node(s) were unschedulable'], preemptable: false }));
  test('a pod that tolerates it', () => {
    const tolerations = [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', operator: 'Exists' }];
    expect(answerOf(nodeUnschedulable, podOf([{}], { spec: { tolerations } }), cordoned)).toBe('fits');
  });
  test('an open node', () => expect(answerOf(nodeUnschedulable, podOf([{}]), nodeOf('m'))).toBe('fits'));
});

test('NodeName', () => {
  expect(answerOf(nodeName, podOf([{}], { node: 'other' }), nodeOf('m'))).toEqual({
    reasons: ["node(s) didn't match the requested node name"],
    preemptable: false,
  });
});

describe('NodeAffinity', () => {
  const refused: Answer = { reasons: ["node(s) didn't match Pod's node affinity/selector"], preemptable: false };
  const term = (key: string, operator: string, ...values: readonly string[]): NodeSelectorTerm => ({
    matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
  });
  const required = (...nodeSelectorTerms: readonly NodeSelectorTerm[]): Partial<PodSpec> => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
  });
  test.each<[string, Partial<PodSpec>, Record<string, string>, Answer]>([
    ['no selector', {}, {}, 'fits'],
    ['a label is missing', { nodeSelector: { foo: 'bar' } }, {}, refused],
    ['same labels', { nodeSelector: { foo: 'bar' } }, { foo: 'bar' }, 'fits'],
    ['more labels on the node', { nodeSelector: { foo: 'bar' } }, { foo: 'bar', baz: 'blah' }, 'fits'],
    ['fewer labels on the node', { nodeSelector: { foo: 'bar', baz: 'blah' } }, { foo: 'bar' }, refused],
    ['In', required(term('foo', 'In', 'bar', 'value2')), { foo: 'bar' }, 'fits'],
    ['In, not among them', required(term('foo', 'In', 'value1', 'value2')), { foo: 'bar' }, refused],
    ['Gt', required(term('kernel-version', 'Gt', '0204')), { 'kernel-version': '0206' }, 'fits'],
    ['Gt of a text', required(term('kernel-version', 'Gt', '0204')), { 'kernel-version': 'v6' }, refused],
    ['Lt', required(term('kernel-version', 'Lt', '0206')), { 'kernel-version': '0204' }, 'fits'],
    ['NotIn', required(term('mem-type', 'NotIn', 'DDR', 'DDR2')), { 'mem-type': 'DDR3' }, 'fits'],
    ['NotIn of a missing label', required(term('mem-type', 'NotIn', 'DDR')), {}, 'fits'],
    ['Exists', required(term('GPU', 'Exists')), { GPU: 'NVIDIA' }, 'fits'],
    ['DoesNotExist', required(term('GPU', 'DoesNotExist')), { GPU: 'NVIDIA' }, refused],
    ['no terms match nothing', required(), { foo: 'bar' }, refused],
    ['an empty term matches nothing', required({}), { foo: 'bar' }, refused],
    [
      'all expressions of a term',
      required({
        matchExpressions: [
          { key: 'GPU', operator: 'Exists' },
          { key: 'GPU', operator: 'NotIn', values: ['AMD'] },
        ],
      }),
      { GPU: 'AMD' },
      refused,
    ],
    ['any of the terms', required(term('foo', 'In', 'x'), term('diffkey', 'In', 'wrong', 'y')), { diffkey: 'y' }, 'fits'],
    ['selector and affinity', { nodeSelector: { foo: 'bar' }, ...required(term('foo', 'Exists')) }, { foo: 'bar' }, 'fits'],
    ['affinity but not the selector', { nodeSelector: { foo: 'x' }, ...required(term('foo', 'Exists')) }, { foo: 'bar' }, refused],
    ['the node of this name', required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['m'] }] }), {}, 'fits'],
    ['the node of another name', required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] }), {}, refused],
    [
      'name and label of one term',
      required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['m'] }], matchExpressions: [{ key: 'foo', operator: 'Exists' }] }),
      {},
      refused,
    ],
  ])('%s', (_title, spec, labels, expected) => {
    expect(answerOf(nodeAffinity, podOf([{}], { spec }), nodeOf('m', undefined, { labels }))).toEqual(expected);
  });
});
