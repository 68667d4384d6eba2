import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterView, PodRow, Row } from '../../server/src/protocol/cluster-view.ts';
import { ClusterMirror } from '../../client/src/cluster-mirror.ts';
import { childLimit, childrenOf, concerned, leftOut } from '../../client/src/views/cluster-outline.ts';
import { bar, rowWords } from '../../client/src/views/row-words.ts';
import { tooltip } from '../../client/src/views/tooltip.ts';
import { translator } from '../../client/src/words/translate.ts';
import { start } from './play-rollout.ts';
import { deploymentRow, nodeRow, objectRow, podRow, replicaSetRow, workloadRow } from './rows.ts';

const t = translator();
const rest = { time: { now: start, elapsedMs: 0, speed: 1, paused: false }, totals: { pods: 0, podsReady: 0, podsFailing: 0, stalled: 0 } } as const;

function mirrorOf(...rows: readonly Row[]): ClusterMirror {
  const mirror = new ClusterMirror();
  mirror.reset({ revision: 0, rows, ...rest }, 0);
  return mirror;
}

function unbound(pod: PodRow): PodRow {
  const { node, ...rest } = pod;
  return node === undefined ? pod : rest;
}

/** The whole tree as indented lines. */
function outline(mirror: ClusterMirror, node?: string, depth = 0): string[] {
  return childrenOf(mirror, node).flatMap((child) => [`${'  '.repeat(depth)}${mirror.rows.get(child)?.name ?? child}`, ...outline(mirror, child, depth + 1)]);
}

describe('the mirror', () => {
  const delta = (from: number, upserts: readonly Row[], removals: readonly string[] = []) => ({ from, to: from + 1, upserts, removals, ...rest });

  test('a delta that follows is taken in; one too far ahead asks for the whole; an old one changes nothing', () => {
    const mirror = mirrorOf(nodeRow('node-1'));
    expect(mirror.apply(delta(0, [nodeRow('node-2')]), 0)).toEqual({ rows: new Set(['/Node//node-2']), parents: new Set(['']) });
    expect(mirror.apply(delta(5, []), 0)).toBeUndefined();
    expect(mirror.apply(delta(0, [], ['/Node//node-1']), 0)?.rows.size).toBe(0);
    expect([...mirror.rows.keys()]).toEqual(['/Node//node-1', '/Node//node-2']);
  });

  test('after any deltas it is what a mirror of the whole would be', () => {
    const row = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), parent: fc.constantFrom(undefined, 'a', 'b', 'c'), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 4 }), { maxLength: 12 }), (batches) => {
        const mirror = mirrorOf();
        const truth = new Map<string, Row>();
        for (const [index, batch] of batches.entries()) {
          const upserts = new Map<string, Row>();
          const removals = new Set<string>();
          for (const { name, parent, gone } of batch) {
            const id = objectRow('ConfigMap', name).id;
            if (gone) upserts.delete(id);
            else upserts.set(id, objectRow('ConfigMap', name, { ...(parent && { parent: `/ConfigMap/default/${parent}` }) }));
            if (gone) removals.add(id);
            else removals.delete(id);
          }
          for (const id of removals) truth.delete(id);
          for (const [id, value] of upserts) truth.set(id, value);
          mirror.apply(delta(index, [...upserts.values()], [...removals]), 0);
        }
        const fresh = mirrorOf(...truth.values());
        expect(new Map(mirror.rows)).toEqual(truth);
        expect(new Set(mirror.roots())).toEqual(new Set(fresh.roots()));
        for (const id of truth.keys()) expect(mirror.childrenOf(id)).toEqual(fresh.childrenOf(id));
      }),
    );
  });
});

describe('the outline', () => {
  const web = deploymentRow({ revision: 2 });
  const current = replicaSetRow('web-b87cd9dd8', { revision: 2 });
  const draining = replicaSetRow('web-59f8945fdf', { revision: 1, current: false, desired: 0, ready: 0 });
  const pods = [podRow('web-b87cd9dd8-bbbbb', { createdAt: start + 2 }), podRow('web-b87cd9dd8-aaaaa', { createdAt: start + 1 })];

  test('the current revision first; old ones fold once their last pod is gone', () => {
    const last = podRow('web-59f8945fdf-zzzzz', { health: 'stopping' });
    const rows: Row[] = [web, draining, current, ...pods, objectRow('Service', 'web'), nodeRow('node-1')];
    expect(outline(mirrorOf(...rows, last))).toEqual([
      'web',
      '  web-b87cd9dd8',
      '    web-b87cd9dd8-aaaaa',
      '    web-b87cd9dd8-bbbbb',
      '  web-59f8945fdf',
      '    web-59f8945fdf-zzzzz',
      'web',
      'nodes',
      '  node-1',
    ]);
    expect(outline(mirrorOf(...rows)).slice(4, 6)).toEqual(['  old:apps/Deployment/default/web', '    web-59f8945fdf']);
  });

  test('the current revision is first even when its number is lower', () => {
    const rows: Row[] = [web, replicaSetRow('web-a', { revision: 9, current: false }), replicaSetRow('web-b', { revision: 3, current: true })];
    expect(outline(mirrorOf(...rows))).toEqual(['web', '  web-b', '  web-a']);
  });

  test('pods of a StatefulSet stand by their ordinals, however often they were made anew', () => {
    const set = workloadRow({ name: 'db' });
    const made = (ordinal: number, createdAt: number) => podRow(`db-${ordinal}`, { parent: set.id, ordinal, createdAt });
    expect(outline(mirrorOf(set, made(10, start), made(2, start + 1), made(0, start + 2)))).toEqual(['db', '  db-0', '  db-2', '  db-10']);
  });

  test('another namespace stands for itself once it holds something; a row whose owner is unknown is not lost', () => {
    const namespace = (name: string): Row => ({ id: `/Namespace//${name}`, uid: name, type: 'namespace', name, createdAt: start, phase: 'Active' });
    const orphan = podRow('lost-1-xxxxx', { parent: 'apps/ReplicaSet/default/gone' });
    const mirror = mirrorOf(
      namespace('default'),
      namespace('prod'),
      namespace('kube-public'),
      deploymentRow({ id: 'apps/Deployment/prod/api', namespace: 'prod', name: 'api' }),
      orphan,
    );
    expect(outline(mirror)).toEqual(['lost-1-xxxxx', 'namespace:prod', '  api', 'namespaces', '  kube-public']);
  });

  test('of too many pods those in trouble come first, and the rest is counted', () => {
    const many = Array.from({ length: 250 }, (_, index) =>
      podRow(`web-b87cd9dd8-${String(index).padStart(5, '0')}`, { health: index === 249 ? 'failing' : 'ready' }),
    );
    const mirror = mirrorOf(web, current, ...many);
    const shown = childrenOf(mirror, current.id);
    expect(shown).toHaveLength(childLimit + 1);
    expect(mirror.rows.get(shown[0]!)?.name).toBe('web-b87cd9dd8-00249');
    expect(leftOut(mirror, shown.at(-1)!)).toBe(150);
  });

  test('a change redraws as little as possible', () => {
    const mirror = mirrorOf(web, current, ...pods, nodeRow('node-1'));
    expect(concerned(mirror, [pods[0]!.id], [])).toEqual([pods[0]!.id]);
    expect(concerned(mirror, [pods[0]!.id, web.id], [])).toEqual([web.id]);
    expect(concerned(mirror, [current.id], [])).toEqual([web.id]);
    expect(concerned(mirror, [pods[0]!.id], [current.id])).toEqual([web.id]);
    expect(concerned(mirror, ['/Node//node-1'], [])).toEqual(['nodes']);
    expect(concerned(mirror, [], [''])).toBeUndefined();
  });
});

describe('rows in words', () => {
  const words = (row: Row, now = start + 65_000) => {
    const { label, description } = rowWords(t, row, now);
    return `${label} | ${description}`;
  };

  test.each<[string, Row]>([
    ['web | 3/3 · nginx:1.25', deploymentRow()],
    ['web | 2/3 · 1 updated · nginx:1.26', deploymentRow({ health: 'progressing', ready: 2, updated: 1, images: ['nginx:1.26'] })],
    [
      'web | 3/3 · ImagePullBackOff · nginx:1.26',
      deploymentRow({ health: 'failing', stalled: { reason: 'ImagePullBackOff', message: '' }, images: ['nginx:1.26'] }),
    ],
    ['web | 3/3 · paused · nginx:1.25', deploymentRow({ paused: true })],
    ['web | deleting for 1 m', deploymentRow({ deletingSince: start })],
    ['revision 2 | 3/3 · current · b87cd9dd8', replicaSetRow('web-b87cd9dd8', { revision: 2 })],
    ['revision 1 | nginx:1.25 · 59f8945fdf', replicaSetRow('web-59f8945fdf', { current: false, desired: 0, ready: 0 })],
    ['…-x4k2p | ready 1 m · node-1', podRow('web-b87cd9dd8-x4k2p')],
    ['…-x4k2p | starting 1 s · on no node', unbound(podRow('web-b87cd9dd8-x4k2p', { health: 'progressing', since: start + 64_000 }))],
    ['…-x4k2p | CrashLoopBackOff 1 m · 3 restarts · node-1', podRow('web-b87cd9dd8-x4k2p', { health: 'failing', status: 'CrashLoopBackOff', restarts: 3 })],
    ['node-1 | ▁ cpu 6 % · 2 pods', nodeRow('node-1', { cpuRequested: 0.06, pods: 2 })],
    ['node-1 | not ready · unschedulable · █ cpu 100 % · 1 pod', nodeRow('node-1', { health: 'failing', unschedulable: true, cpuRequested: 1, pods: 1 })],
    ['web | Service', objectRow('Service', 'web')],
  ])('%s', (expected, row) => expect(words(row)).toBe(expected));

  test('a screen reader hears the kind and the whole name', () => {
    expect(rowWords(t, podRow('web-b87cd9dd8-x4k2p'), start + 5000).spoken).toBe('Pod web-b87cd9dd8-x4k2p, ready 5 s, node-1');
    expect(rowWords(t, deploymentRow(), start).spoken).toBe('Deployment web, 3 of 3 ready, nginx:1.25');
  });

  test('every health has a shape of its own or a colour that is not one of readiness', () => {
    const icons = (['ready', 'progressing', 'failing', 'stopping'] as const).map((health) => rowWords(t, podRow('a', { health }), start).icon);
    expect(new Set(icons.map((icon) => icon.name)).size).toBe(4);
    expect(new Set(icons.map((icon) => icon.color)).size).toBe(4);
  });

  test('a share is one of eight bars, whatever it is', () => {
    expect([-1, 0, 0.06, 0.5, 0.51, 1, 7].map(bar).join('')).toBe('▁▁▁▄▅██');
  });

  test('a tooltip holds the whole name, and Markdown in it stays text', () => {
    const row = podRow('web-b87cd9dd8-x4k2p', { message: 'Back-off pulling image "[x](command:evil)"' });
    const text = tooltip(t, row, start + 1000);
    expect(text).toContain('web\\-b87cd9dd8\\-x4k2p');
    expect(text).not.toContain('[x](command:evil)');
  });
});

test('a view with a whole new table forgets the old one', () => {
  const mirror = mirrorOf(nodeRow('node-1'));
  const view: ClusterView = { revision: 9, rows: [nodeRow('node-2')], ...rest };
  mirror.reset(view, 0);
  expect([...mirror.rows.keys()]).toEqual(['/Node//node-2']);
});
