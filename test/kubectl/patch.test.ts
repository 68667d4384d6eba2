import { expect, test } from 'vitest';
import { mergePatch } from '../../server/src/kubectl/patch/merge-patch.ts';
import { threeWayPatch, twoWayPatch } from '../../server/src/kubectl/patch/strategic-patch.ts';

const deployment = (container: object, spec: object = {}) => ({ spec: { ...spec, template: { spec: { containers: [{ name: 'web', ...container }] } } } });
const inContainer = (container: object) => ({
  spec: { template: { spec: { '$setElementOrder/containers': [{ name: 'web' }], containers: [{ name: 'web', ...container }] } } },
});

function checkApply(lastApplied: object, file: object, server: object, patch: object): void {
  expect(threeWayPatch(lastApplied as never, file as never, server as never, 'Deployment')).toEqual(patch);
}

test('[P1] nothing changed: an empty patch, whatever the server has defaulted', () => {
  const file = deployment({ image: 'a' });
  checkApply(file, file, deployment({ image: 'a', imagePullPolicy: 'Always' }, { replicas: 1 }), {});
});

test('[P2] a field that somebody else changed goes back to what the file says', () => {
  const file = deployment({ image: 'a' }, { replicas: 2 });
  checkApply(file, file, deployment({ image: 'a' }, { replicas: 4 }), { spec: { replicas: 2 } });
});

test('[P3] a field that left the file is removed, one that was never in it stays', () => {
  checkApply(deployment({}, { paused: true }), deployment({}), deployment({}, { paused: true, replicas: 3 }), { spec: { paused: null } });
});

test('[P4] elements of a list are merged by key: changed, added, deleted; those of others stay', () => {
  const env = (...pairs: readonly string[]) => ({ env: pairs.map((pair) => ({ name: pair[0], value: pair[1] })) });
  checkApply(
    deployment(env('A1', 'B2')),
    deployment(env('B3', 'C4')),
    deployment(env('A1', 'B2', 'Ey')),
    inContainer({
      '$setElementOrder/env': [{ name: 'B' }, { name: 'C' }],
      env: [{ name: 'B', value: '3' }, { name: 'C', value: '4' }, { name: 'A', $patch: 'delete' }],
    }),
  );
});

test('[P5] a list without a merge key is replaced whole', () => {
  checkApply(deployment({ args: ['one', 'two'] }), deployment({ args: ['three'] }), deployment({ args: ['one', 'two'] }), inContainer({ args: ['three'] }));
});

test('[P6] strategy keeps only the keys that the file has', () => {
  const file = (strategy: object) => ({ spec: { strategy } });
  checkApply(
    file({ type: 'RollingUpdate' }),
    file({ type: 'Recreate' }),
    file({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }),
    { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
  );
});

test('[P7] lists of scalars that merge: additions and deletions apart', () => {
  const finalizers = (...names: readonly string[]) => ({ metadata: { finalizers: names } });
  checkApply(finalizers('a', 'b'), finalizers('b', 'c'), finalizers('a', 'b', 'x'), {
    metadata: { finalizers: ['c'], '$deleteFromPrimitiveList/finalizers': ['a'], '$setElementOrder/finalizers': ['b', 'c'] },
  });
});

test('[P8] a type that changed is replaced', () => {
  checkApply(deployment({}, { replicas: 1 }), deployment({}, { replicas: 'three' }), deployment({}, { replicas: 1 }), { spec: { replicas: 'three' } });
});

test('[P9] an element without its key is an error that names it', () => {
  const file = { spec: { template: { spec: { containers: [{ image: 'a' }] } } } };
  expect(threeWayPatch(file, file, deployment({}), 'Deployment')).toEqual({ error: 'map: {"image":"a"} does not contain declared merge key: name' });
});

test('[P10] two objects: what one command changed', () => {
  expect(twoWayPatch(deployment({ image: 'a', args: ['x'] }), deployment({ image: 'b', args: ['x'] }), 'Deployment')).toEqual(inContainer({ image: 'b' }));
  expect(twoWayPatch(deployment({ image: 'a' }), deployment({ image: 'a' }), 'Deployment')).toEqual({});
});

test('[P11] merge patch: null removes, lists are replaced', () => {
  expect(mergePatch({ a: 1, b: { c: 1, d: [1] }, e: 1 }, { a: 1, b: { c: 2, d: [1, 2] }, f: null })).toEqual({ b: { c: 2, d: [1, 2] }, e: null, f: null });
});
