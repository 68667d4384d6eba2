// InterPodAffinity and PodTopologySpread. Nodes a1 and a2 are in zone a, b1 in zone b, c1 in zone c, none1 in no zone.
import { describe, expect, test } from 'vitest';
import type { Pod, PodAffinityTerm, PodSpec, TopologySpreadConstraint } from '../../../server/src/schema/generated/types.ts';
import { interPodAffinity, interPodAffinityScore } from '../../../server/src/cluster/scheduler/plugins/inter-pod-affinity.ts';
import { podTopologySpread, podTopologySpreadScore } from '../../../server/src/cluster/scheduler/plugins/pod-topology-spread.ts';
import type { FilterPlugin, ScorePlugin } from '../../../server/src/cluster/scheduler/plugin.ts';
import { infoOf, nodeOf, podOf, viewOf } from './fixtures.ts';

const zoned = (name: string) => nodeOf(name, undefined, { labels: name.startsWith('none') ? {} : { zone: name[0]! } });
const nodes = ['a1', 'a2', 'b1', 'c1', 'none1'].map(zoned);

/** 'a1 web, a1 web, b1 db' → pods with app=web or app=db on these nodes. */
const existing = (text: string, spec: Partial<PodSpec> = {}): readonly Pod[] =>
  text === ''
    ? []
    : text.split(', ').map((one) => {
        const [node, app] = one.split(' ') as [string, string];
        return podOf([{}], { node, labels: { app }, spec });
      });

/** What is said of every node: 'a1 ok' or the reason. */
function answers(filter: FilterPlugin, pod: Pod, pods: readonly Pod[]): string {
  const view = viewOf(nodes, pods);
  const check = filter.prepare(infoOf(pod), view);
  return view.nodes.map((node) => `${node.name} ${short(check?.(node)?.reasons[0])}`).join(', ');
}

const words: readonly (readonly [string, string])[] = [
  ["node(s) didn't match pod affinity rules", 'not near'],
  ["node(s) didn't match pod anti-affinity rules", 'too near'],
  ["node(s) didn't satisfy existing pods anti-affinity rules", 'unwanted'],
  ["node(s) didn't match pod topology spread constraints (missing required label)", 'no label'],
  ["node(s) didn't match pod topology spread constraints", 'uneven'],
];
const short = (reason: string | undefined) => (reason === undefined ? 'ok' : (words.find(([text]) => text === reason)?.[1] ?? reason));

const term = (app: string, topologyKey = 'zone', more: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey,
  labelSelector: { matchLabels: { app } },
  ...more,
});
const near = (...terms: readonly PodAffinityTerm[]): Partial<PodSpec> => ({
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
});
const away = (...terms: readonly PodAffinityTerm[]): Partial<PodSpec> => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } },
});
const web = (spec: Partial<PodSpec>) => podOf([{}], { labels: { app: 'web' }, spec });

describe('required affinity', () => {
  test.each<[string, Pod, string, string]>([
    ['in the zone of another', web(near(term('db'))), 'a1 db', 'a1 ok, a2 ok, b1 not near, c1 not near, none1 not near'],
    ['on the node of another', web(near(term('db', 'kubernetes.io/hostname'))), 'a1 db', 'a1 ok, a2 not near, b1 not near, c1 not near, none1 not near'],
    ['nobody is there', web(near(term('db'))), 'a1 web', 'a1 not near, a2 not near, b1 not near, c1 not near, none1 not near'],
    ['the first of its kind may begin in any zone', web(near(term('web'))), '', 'a1 ok, a2 ok, b1 ok, c1 ok, none1 not near'],
    ['the second goes where the first is', web(near(term('web'))), 'b1 web', 'a1 not near, a2 not near, b1 ok, c1 not near, none1 not near'],
    [
      'one pod must be meant by all terms',
      web(near(term('db'), term('cache'))),
      'a1 db, a1 cache',
      'a1 not near, a2 not near, b1 not near, c1 not near, none1 not near',
    ],
    [
      'another namespace does not count',
      web(near(term('db', 'zone', { namespaces: ['other'] }))),
      'a1 db',
      'a1 not near, a2 not near, b1 not near, c1 not near, none1 not near',
    ],
    ['every namespace', web(near(term('db', 'zone', { namespaceSelector: {} }))), 'a1 db', 'a1 ok, a2 ok, b1 not near, c1 not near, none1 not near'],
  ])('%s', (_title, pod, pods, expected) => expect(answers(interPodAffinity, pod, existing(pods))).toBe(expected));
});

describe('required anti-affinity', () => {
  test.each<[string, Pod, string, string]>([
    ['not in the zone of another', web(away(term('db'))), 'a1 db', 'a1 too near, a2 too near, b1 ok, c1 ok, none1 ok'],
    ['one on each node', web(away(term('web', 'kubernetes.io/hostname'))), 'a1 web, b1 web', 'a1 too near, a2 ok, b1 too near, c1 ok, none1 ok'],
    [
      'any of the terms',
      web(away(term('db'), term('cache', 'kubernetes.io/hostname'))),
      'a1 db, c1 cache',
      'a1 too near, a2 too near, b1 ok, c1 too near, none1 ok',
    ],
  ])('%s', (_title, pod, pods, expected) => expect(answers(interPodAffinity, pod, existing(pods))).toBe(expected));
  test('of the pods that are there', () => {
    expect(answers(interPodAffinity, web({}), existing('a1 db', away(term('web'))))).toBe('a1 unwanted, a2 unwanted, b1 ok, c1 ok, none1 ok');
    expect(answers(interPodAffinity, podOf([{}], { labels: { app: 'x' } }), existing('a1 db', away(term('web'))))).toBe('a1 ok, a2 ok, b1 ok, c1 ok, none1 ok');
  });
  test('a finished pod holds nothing against anybody', () => {
    const done = existing('a1 db', away(term('web'))).map((pod) => ({ ...pod, status: { phase: 'Succeeded' } }));
    expect(answers(interPodAffinity, web({}), done)).toBe('a1 ok, a2 ok, b1 ok, c1 ok, none1 ok');
  });
});

function scoresOf(plugin: ScorePlugin, pod: Pod, pods: readonly Pod[]): readonly number[] | 'skipped' {
  const view = viewOf(nodes, pods);
  const scores = new Float64Array(view.nodes.length);
  return plugin.score(infoOf(pod), view, view.nodes, scores) ? [...scores] : 'skipped';
}

describe('preferred affinity', () => {
  const prefer = (sort: 'podAffinity' | 'podAntiAffinity', ...weighted: readonly (readonly [number, PodAffinityTerm])[]): Partial<PodSpec> => ({
    affinity: { [sort]: { preferredDuringSchedulingIgnoredDuringExecution: weighted.map(([weight, podAffinityTerm]) => ({ weight, podAffinityTerm })) } },
  });
  test.each<[string, Pod, readonly Pod[], readonly number[] | 'skipped']>([
    ['none', web({}), existing('a1 db'), 'skipped'],
    ['the zone with the most', web(prefer('podAffinity', [10, term('db')])), existing('a1 db, a2 db, b1 db'), [100, 100, 50, 0, 0]],
    ['away from others', web(prefer('podAntiAffinity', [10, term('db')])), existing('a1 db, b1 db, b1 db'), [50, 50, 0, 100, 100]],
    [
      'near one and away from the other',
      web({ affinity: { ...prefer('podAffinity', [8, term('db')]).affinity, ...prefer('podAntiAffinity', [4, term('cache')]).affinity } }),
      existing('a1 db, b1 cache'),
      [100, 100, 0, 33, 33],
    ],
    ['what those who are there prefer', web({}), existing('b1 db', prefer('podAffinity', [5, term('web')])), [0, 0, 100, 0, 0]],
    ['those who require it like it a little', web({}), existing('b1 db', near(term('web'))), [0, 0, 100, 0, 0]],
    ['what those who are there dislike', web({}), existing('b1 db', prefer('podAntiAffinity', [5, term('web')])), [100, 100, 0, 100, 100]],
  ])('%s', (_title, pod, pods, expected) => expect(scoresOf(interPodAffinityScore, pod, pods)).toEqual(expected));
});

const spread = (more: Partial<TopologySpreadConstraint> = {}): Partial<PodSpec> => ({
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } }, ...more }],
});

describe('spreading that is required', () => {
  test.each<[string, Pod, string, string]>([
    ['nothing there', web(spread()), '', 'a1 ok, a2 ok, b1 ok, c1 ok, none1 no label'],
    ['one zone is ahead', web(spread()), 'a1 web', 'a1 uneven, a2 uneven, b1 ok, c1 ok, none1 no label'],
    ['even', web(spread()), 'a1 web, b1 web, c1 web', 'a1 ok, a2 ok, b1 ok, c1 ok, none1 no label'],
    ['a skew of two', web(spread({ maxSkew: 2 })), 'a1 web, a2 web, b1 web', 'a1 uneven, a2 uneven, b1 ok, c1 ok, none1 no label'],
    ['by node', web(spread({ topologyKey: 'kubernetes.io/hostname' })), 'a1 web, b1 web', 'a1 uneven, a2 ok, b1 uneven, c1 ok, none1 ok'],
    ['others do not count', web(spread()), 'a1 db, a1 db', 'a1 ok, a2 ok, b1 ok, c1 ok, none1 no label'],
    [
      'a pod that is not of the sort adds nothing',
      podOf([{}], { labels: { app: 'x' }, spec: spread() }),
      'a1 web',
      'a1 ok, a2 ok, b1 ok, c1 ok, none1 no label',
    ],
    ['nodes that it may not use do not count', web({ ...spread(), nodeSelector: { zone: 'a' } }), 'a1 web', 'a1 ok, a2 ok, b1 ok, c1 ok, none1 no label'],
    [
      'unless it says so',
      web({ ...spread({ nodeAffinityPolicy: 'Ignore' }), nodeSelector: { zone: 'a' } }),
      'a1 web',
      'a1 uneven, a2 uneven, b1 ok, c1 ok, none1 no label',
    ],
    [
      'places that are still missing count as empty',
      web(spread({ minDomains: 5 })),
      'a1 web, b1 web, c1 web',
      'a1 uneven, a2 uneven, b1 uneven, c1 uneven, none1 no label',
    ],
  ])('%s', (_title, pod, pods, expected) => expect(answers(podTopologySpread, pod, existing(pods))).toBe(expected));
  test('only pods of the same revision count', () => {
    const pod = podOf([{}], { labels: { app: 'web', hash: '2' }, spec: spread({ matchLabelKeys: ['hash'] }) });
    const old = podOf([{}], { node: 'a1', labels: { app: 'web', hash: '1' } });
    expect(answers(podTopologySpread, pod, [old])).toBe('a1 ok, a2 ok, b1 ok, c1 ok, none1 no label');
  });
  test('a pod that is being deleted does not count', () => {
    expect(answers(podTopologySpread, web(spread()), [podOf([{}], { node: 'a1', labels: { app: 'web' }, deleting: true })])).toBe(
      'a1 ok, a2 ok, b1 ok, c1 ok, none1 no label',
    );
  });
  test('tainted nodes count, unless the pod says otherwise', () => {
    const tainted = [
      nodeOf('a1', undefined, { labels: { zone: 'a' } }),
      nodeOf('b1', undefined, { labels: { zone: 'b' }, taints: [{ key: 'k', effect: 'NoSchedule' }] }),
    ];
    const pods = existing('a1 web');
    const check = (policy: string) =>
      podTopologySpread.prepare(infoOf(web(spread({ nodeTaintsPolicy: policy }))), viewOf(tainted, pods))?.(viewOf(tainted, pods).nodes[0]!)?.reasons[0];
    expect([short(check('Ignore')), short(check('Honor'))]).toEqual(['uneven', 'ok']);
  });
});

test('spreading that is preferred: fewer is better, no zone is worst', () => {
  // Zones and weight: a, b, c and none → ln 6 = 1.79. a: round(2·1.79) = 4; b: 2; c: 0 → 100·(4 + 0 − score)/4
  expect(scoresOf(podTopologySpreadScore, web(spread({ whenUnsatisfiable: 'ScheduleAnyway' })), existing('a1 web, a2 web, b1 web'))).toEqual([
    0, 0, 50, 100, 0,
  ]);
});
