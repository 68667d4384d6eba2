// Cases from TestSortingActivePodsWithRanks (controller_utils_test.go) and TestGetPodsToDelete (replica_set_test.go) of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { Random } from '../../../../server/src/cluster/clock/random.ts';
import { choosePods, deletionCost, logAge } from '../../../../server/src/cluster/controllers/replicaset/scale-down.ts';
import type { Pod } from '../../../../server/src/schema/generated/types.ts';
import { atMs, pod, type PodShape } from '../builders.ts';

const hour = 3600;
const now = 100 * 24 * hour;
const monthAgo = now - 30 * 24 * hour;
const none = () => 0;

const shapes = {
  unscheduled: { phase: 'Pending', created: null },
  pending: { node: 'node', phase: 'Pending', created: null },
  unknownPhase: { node: 'node', phase: 'Unknown', created: null },
  notReady: { node: 'node', created: null },
  readyNobodyKnowsSince: { node: 'node', readySince: null, created: null },
  readyNow: { node: 'node', readySince: now, created: now },
  readyLongAgo: { node: 'node', readySince: monthAgo, created: monthAgo },
  manyRestarts: { node: 'node', readySince: now, created: now, restarts: 9001 },
  manySidecarRestarts: { node: 'node', readySince: now, created: now, restarts: 9001, sidecarRestarts: 9001 },
  readyNowCreatedLongAgo: { node: 'node', readySince: now, created: monthAgo },
  lowCost: { node: 'node', readySince: now, created: monthAgo, annotations: { 'controller.kubernetes.io/pod-deletion-cost': '10' } },
  highCost: { node: 'node', readySince: now, created: monthAgo, annotations: { 'controller.kubernetes.io/pod-deletion-cost': '100' } },
  unscheduled5h: { phase: 'Pending', created: now - 5 * hour },
  unscheduled8h: { phase: 'Pending', created: now - 8 * hour },
  ready2h: { readySince: now - 2 * hour, created: monthAgo },
  ready5h: { readySince: now - 5 * hour, created: monthAgo },
  ready8h: { readySince: now - 8 * hour, created: monthAgo },
} satisfies Record<string, PodShape>;

type Name = keyof typeof shapes;

/** The one of two pods that goes first, by uid when nothing else tells them apart. `related`: pods on their nodes. */
function first([a, b]: readonly [Name, Name], [relatedA, relatedB]: readonly [number, number] = [1, 1], uids: readonly [string, string] = ['a', 'b']): string {
  const named = (name: Name, uid: string, node: string): Pod => {
    const made = pod(uid, { ...shapes[name], ...('node' in shapes[name] && { node }) });
    return { ...made, metadata: { ...made.metadata, labels: { name } } };
  };
  const related = new Map([
    ['node-a', relatedA],
    ['node-b', relatedB],
  ]);
  const [chosen] = choosePods([named(a, uids[0], 'node-a'), named(b, uids[1], 'node-b')], 2, 1, (node) => related.get(node) ?? 0, atMs(now));
  return chosen!.metadata.uid;
}

describe('[RD1] which of two pods goes first', () => {
  const cases: [rule: string, first: Name, second: Name, related?: readonly [number, number]][] = [
    ['1 without a node', 'unscheduled', 'pending', [1, 2]],
    ['1 without a node', 'unscheduled', 'pending', [2, 1]],
    ['2 Pending before Unknown', 'pending', 'unknownPhase', [1, 2]],
    ['2 Unknown before Running', 'unknownPhase', 'notReady', [1, 2]],
    ['3 not ready', 'notReady', 'readyNobodyKnowsSince'],
    ['6 nobody knows since when', 'readyNobodyKnowsSince', 'readyNow'],
    ['5 more company', 'readyNow', 'readyNobodyKnowsSince', [2, 1]],
    ['6 ready for a shorter time', 'readyNow', 'readyLongAgo'],
    ['5 more company', 'readyLongAgo', 'readyNow', [2, 1]],
    ['7 more restarts', 'manyRestarts', 'readyNow'],
    ['7 more sidecar restarts', 'manySidecarRestarts', 'manyRestarts'],
    ['5 more company', 'readyNow', 'manyRestarts', [2, 1]],
    ['8 created later', 'readyNow', 'readyNowCreatedLongAgo'],
    ['5 more company', 'readyNowCreatedLongAgo', 'readyNow', [2, 1]],
    ['4 the lower cost', 'lowCost', 'highCost', [2, 1]],
    ['4 the lower cost', 'lowCost', 'highCost', [1, 2]],
    ['4 a cost before none', 'readyNowCreatedLongAgo', 'lowCost', [1, 2]],
    ['6 ready for a shorter time', 'ready2h', 'ready5h'],
  ];
  test.each(cases)('%s: %s before %s', (_, lesser, greater, related = [1, 1]) => {
    expect(first([lesser, greater], related, ['y', 'x'])).toBe('y');
    expect(first([greater, lesser], [related[1], related[0]], ['x', 'y'])).toBe('y');
  });

  test.each<[Name, Name]>([
    ['unscheduled5h', 'unscheduled8h'],
    ['ready5h', 'ready8h'],
  ])('%s and %s are as good as equally old: the uid decides', (a, b) => {
    expect(first([a, b], [1, 1], ['x', 'y'])).toBe('x');
    expect(first([a, b], [1, 1], ['y', 'x'])).toBe('x');
  });
});

describe('[RD2] which of many', () => {
  const shapesOnNodes = {
    unscheduled: { phase: 'Pending' },
    pending: { phase: 'Pending', node: 'n0' },
    notReady: { node: 'n0' },
    onNode1: { node: 'n1', readySince: 0 },
    onNode2: { node: 'n2', readySince: 0 },
  } satisfies Record<string, PodShape>;
  type Which = keyof typeof shapesOnNodes;
  const cases: [title: string, pods: Which[], count: number, expected: Which[], related?: Readonly<Record<string, number>>][] = [
    ['none', [], 0, []],
    ['all: as they are', ['notReady', 'onNode1'], 2, ['notReady', 'onNode1']],
    ['not ready', ['onNode1', 'notReady'], 1, ['notReady']],
    [
      'all of several sorts: as they are',
      ['onNode1', 'onNode1', 'onNode2', 'notReady', 'pending', 'unscheduled'],
      6,
      ['onNode1', 'onNode1', 'onNode2', 'notReady', 'pending', 'unscheduled'],
    ],
    ['without a node', ['pending', 'unscheduled'], 1, ['unscheduled']],
    ['two that are not ready', ['onNode1', 'notReady', 'notReady'], 2, ['notReady', 'notReady']],
    ['with more company', ['onNode1', 'onNode2'], 1, ['onNode2'], { n1: 1, n2: 2 }],
    ['Pending before Running', ['pending', 'notReady'], 1, ['pending']],
    ['three, in order', ['onNode1', 'onNode2', 'notReady', 'pending', 'unscheduled'], 3, ['unscheduled', 'pending', 'notReady']],
  ];
  test.each(cases)('%s', (_, given, count, expected, related = {}) => {
    const pods = given.map((which, i) => pod(`${which} ${i}`, shapesOnNodes[which]));
    expect(choosePods(pods, pods.length, count, (node) => related[node] ?? 0, atMs(10)).map(({ metadata }) => metadata.name.split(' ')[0])).toEqual(expected);
  });
});

test('[RD3] a few of many are the same as the first of all in order', () => {
  const random = new Random(3);
  const pods = Array.from({ length: 300 }, (_, i) =>
    pod(`pod-${random.suffix(8)}-${i}`, {
      ...(random.int(9) > 0 && { node: `node-${random.int(7)}` }),
      phase: random.int(5) > 0 ? 'Running' : 'Pending',
      // Ready times with different logarithms, and no two pods created at once: otherwise the rules do not make one order.
      ...(random.int(3) > 0 && { readySince: 9_000 - 1_000 * 2 ** random.int(4) }),
      created: i,
      restarts: random.int(2),
    }),
  );
  const related = (node: string) => Number(node.slice(5)) % 3;
  const names = (chosen: readonly Pod[]) => chosen.map(({ metadata }) => metadata.name);
  const everything = names(choosePods(pods, pods.length, 299, related, atMs(9_000)));
  for (const count of [1, 2, 17, 150]) expect(names(choosePods(pods, pods.length, count, related, atMs(9_000)))).toEqual(everything.slice(0, count));
  expect(new Set(everything).size).toBe(299);
});

test('[RD4] ages by their logarithm: 40 s and 60 s are alike, 80 s is older', () => {
  expect([0, 1, 40, 60, 80].map((age) => logAge(atMs(100 - age), atMs(100)))).toEqual([-1, 29, 35, 35, 36]);
});

test.each([
  ['10', 10],
  ['-10', -10],
  ['0', 0],
  ['+10', 0],
  ['008', 0],
  ['-08', -8],
  ['x', 0],
  ['', 0],
  ['2147483648', 0],
])('[RD5] a deletion cost of %j counts as %i', (text, expected) => {
  expect(deletionCost(pod('pod', { annotations: { 'controller.kubernetes.io/pod-deletion-cost': text } }))).toBe(expected);
  expect(choosePods([], 0, 0, none, 0)).toEqual([]);
});
