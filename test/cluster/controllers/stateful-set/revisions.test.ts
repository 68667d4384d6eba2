import { describe, expect, test } from 'vitest';
import { expiredRevisions, planRevisions } from '../../../../server/src/cluster/controllers/stateful-set/revisions.ts';
import { bareView, podFrom, revisionOf, statefulSet } from './sets.ts';

const named = (image: string) => revisionOf(image).metadata.name;

describe('[SR1] the revision of the template', () => {
  test('is made when there is none', () => {
    const plan = planRevisions(bareView(statefulSet({ image: 'v1' })));
    expect(plan).toMatchObject({ collisionCount: 0, create: { revision: 1, metadata: { name: plan.update.name } } });
    expect(plan.current).toEqual(plan.update);
    expect(plan.update.template).toEqual(statefulSet({ image: 'v1' }).spec.template);
  });
  test('is the newest when that has the same data', () => {
    const plan = planRevisions(bareView(statefulSet({ image: 'v1' }), [revisionOf('v1')]));
    expect([plan.update.name, plan.create, plan.renumber]).toEqual([named('v1'), undefined, undefined]);
  });
  test('gets the next number when it is another one', () => {
    const set = statefulSet({ image: 'v2', status: { currentRevision: named('v1') } });
    const plan = planRevisions(bareView(set, [revisionOf('v1', 4)]));
    expect([plan.current.name, plan.update.name, plan.create?.revision]).toEqual([named('v1'), named('v2'), 5]);
  });
  test('an old one that comes back is numbered anew', () => {
    const plan = planRevisions(bareView(statefulSet({ image: 'v1' }), [revisionOf('v1', 1), revisionOf('v2', 2)]));
    expect([plan.create, plan.renumber?.metadata.name, plan.renumber?.revision]).toEqual([undefined, named('v1'), 3]);
  });
});

test('[SR2] a name that other data has taken counts as a collision, and another name is found', () => {
  const taken = { ...revisionOf('v2'), metadata: { ...revisionOf('v2').metadata, name: named('v1') } };
  const plan = planRevisions({ ...bareView(statefulSet({ image: 'v1' })), revisionNamed: (name) => (name === named('v1') ? taken : undefined) });
  expect(plan.collisionCount).toBe(1);
  expect(plan.update.name).not.toBe(named('v1'));
  expect(plan.create?.metadata.name).toBe(plan.update.name);
});

test('[SR3] history keeps its limit of revisions that nobody uses, the newest ones', () => {
  const images = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'];
  const revisions = images.map((image, i) => revisionOf(image, i + 1));
  const pods = [podFrom('0 old ready', { old: named('v2'), new: '' })];
  const kept = (limit: number, podsThere = pods) => {
    const set = statefulSet({ image: 'v6', spec: { revisionHistoryLimit: limit }, status: { currentRevision: named('v3') } });
    const view = bareView(set, revisions, { pods: podsThere });
    return expiredRevisions(view, planRevisions(view)).map(({ revision }) => revision);
  };
  expect(kept(10)).toEqual([]);
  expect(kept(2)).toEqual([1]);
  expect(kept(0)).toEqual([1, 4, 5]);
  expect(kept(0, [])).toEqual([1, 2, 4, 5]);
});
