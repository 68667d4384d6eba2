import { expect, test } from 'vitest';
import { mergePatch } from '../../server/src/kubectl/patch/merge-patch.ts';
import { twoWayPatch } from '../../server/src/kubectl/patch/two-way-patch.ts';

const deployment = (container: object) => ({ spec: { template: { spec: { containers: [{ name: 'web', ...container }] } } } }) as never;

test('what one command changed, elements of lists by their key', () => {
  expect(twoWayPatch(deployment({ image: 'a', args: ['x'] }), deployment({ image: 'b', args: ['x'] }), 'Deployment')).toEqual({
    spec: { template: { spec: { '$setElementOrder/containers': [{ name: 'web' }], containers: [{ name: 'web', image: 'b' }] } } },
  });
  expect(twoWayPatch(deployment({ image: 'a' }), deployment({ image: 'a' }), 'Deployment')).toEqual({});
});

test('an element without its key is a problem that names it', () => {
  const bad = { spec: { template: { spec: { containers: [{ image: 'a' }] } } } } as never;
  expect(twoWayPatch(bad, deployment({}), 'Deployment')).toMatchObject({ alone: 'error: map: map[image:a] does not contain declared merge key: name' });
});

test('merge patch: null removes, lists are replaced', () => {
  expect(mergePatch({ a: 1, b: { c: 1, d: [1] }, e: 1 }, { a: 1, b: { c: 2, d: [1, 2] }, f: null })).toEqual({ b: { c: 2, d: [1, 2] }, e: null, f: null });
});
