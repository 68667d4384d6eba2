import { describe, expect, test } from 'vitest';
import { boundsOf, updateOf } from '../../../../server/src/cluster/controllers/daemon-set/bounds.ts';
import { roll } from '../../../../server/src/cluster/controllers/daemon-set/rolling.ts';
import type { Rules } from '../../../../server/src/cluster/controllers/daemon-set/node.ts';
import { censusOf, daemonSet, names } from './builders.ts';

function rolled(nodes: readonly string[], bounds: { maxSurge?: number; maxUnavailable?: number }, more: Partial<Rules> = {}): string {
  const { maxSurge = 0, maxUnavailable = 0 } = bounds;
  const { create, remove } = roll(censusOf(nodes, { update: maxSurge > 0 ? 'surge' : 'replace', ...more }).summary, { maxSurge, maxUnavailable });
  return [...create.map((name) => `+${name}`), ...names(remove).map((name) => `-${name}`)].join(' ');
}

describe('[DS6] old pods go while no more than maxUnavailable nodes are without an available one', () => {
  test.each([
    ['all new', ['run new+', 'run new+', 'run new+'], 1, ''],
    ['the first goes', ['run old+', 'run old+', 'run old+'], 1, '-old+@n0'],
    ['two may', ['run old+', 'run old+', 'run old+'], 2, '-old+@n0 -old+@n1'],
    ['no more than there are', ['run old+', 'run new+'], 5, '-old+@n0'],
    ['one is on its way', ['run new-', 'run old+', 'run old+'], 1, ''],
    ['one is on its way, two may', ['run new-', 'run old+', 'run old+'], 2, '-old+@n1'],
    ['one is missing', ['run', 'run old+', 'run old+'], 1, ''],
    ['one is terminating', ['run oldx', 'run old+'], 1, ''],
    ['nobody misses what is not available', ['run old-', 'run old-', 'run old+'], 1, '-old-@n0 -old-@n1'],
    ['what is not available counts', ['run old-', 'run old+', 'run old+'], 2, '-old-@n0 -old+@n1'],
    ['several of a sort: the node counts as unavailable', ['run old+ old+', 'run old+'], 1, ''],
    ['nodes that need none do not count', ['leave', 'stay', 'run old+'], 1, '-old+@n2'],
    ['but their pods are replaced', ['stay old+', 'run new+'], 1, '-old+@n0'],
  ])('%s', (_title, nodes, maxUnavailable, expected) => {
    expect(rolled(nodes, { maxUnavailable })).toBe(expected);
  });
  test('a new pod counts when it is ready for long enough', () => {
    expect(rolled(['run new~', 'run old+'], { maxUnavailable: 1 }, { minReadySeconds: 1 })).toBe('-old+@n1');
    expect(rolled(['run new~', 'run old+'], { maxUnavailable: 1 }, { minReadySeconds: 2 })).toBe('');
    expect(rolled(['run old~', 'run old+'], { maxUnavailable: 1 }, { minReadySeconds: 2 })).toBe('-old~@n0');
  });
  test('OnDelete does nothing', () => {
    expect(rolled(['run old+', 'run old-'], { maxUnavailable: 2 }, { update: 'onDelete' })).toBe('');
  });
});

describe('[DS7] new pods come beside old ones, no more than maxSurge at a time', () => {
  test.each([
    ['the first gets a new one', ['run old+', 'run old+'], 1, '+n0'],
    ['two may', ['run old+', 'run old+', 'run old+'], 2, '+n0 +n1'],
    ['one waits for its new one', ['run old+ new-', 'run old+'], 1, ''],
    ['the new one serves', ['run old+ new+', 'run old+'], 1, '+n1 -old+@n0'],
    ['nobody waits for what is not available', ['run old-', 'run old+', 'run old+'], 1, '+n0 +n1'],
    ['a missing one is for others to make', ['run', 'run old+'], 1, '+n1'],
    ['several of a sort: the node counts as surging', ['run old+ old+', 'run old+'], 1, ''],
    ['should not run, and does not serve', ['stay old-', 'run new+'], 1, '-old-@n0'],
    ['should not run, and is not needed any more', ['stay old+', 'run new+'], 1, '-old+@n0'],
    ['should not run, but the others do not serve yet', ['stay old+', 'run new-'], 1, ''],
    ['as many as are to spare', ['stay old+', 'stay old+', 'run new+', 'run new-'], 1, '-old+@n0'],
    ['a node that is gone', ['gone old+', 'run new+'], 1, ''],
  ])('%s', (_title, nodes, maxSurge, expected) => {
    expect(rolled(nodes, { maxSurge })).toBe(expected);
  });
});

describe('[DS8] bounds', () => {
  const strategy = (maxUnavailable: number | string, maxSurge: number | string = 0) =>
    daemonSet({}, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable, maxSurge } } });
  test.each([
    [1, 0, 3, 1, 0],
    ['10%', 0, 3, 1, 0],
    ['50%', 0, 5, 3, 0],
    ['100%', 0, 7, 7, 0],
    [0, '10%', 11, 0, 2],
    [0, 0, 3, 1, 0],
    ['0%', '0%', 3, 1, 0],
    ['0%', '0%', 0, 0, 0],
  ])('unavailable %s and surge %s of %i: %i and %i', (unavailable, surge, desired, maxUnavailable, maxSurge) => {
    expect(boundsOf(strategy(unavailable, surge), desired)).toEqual({ maxUnavailable, maxSurge });
  });
  test('the way of an update', () => {
    expect([strategy(1), strategy(0, 1), strategy(0, '1%'), strategy(1, '0%'), daemonSet({}, { updateStrategy: { type: 'OnDelete' } })].map(updateOf)).toEqual([
      'replace',
      'surge',
      'surge',
      'replace',
      'onDelete',
    ]);
  });
});
