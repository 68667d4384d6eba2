import { expect, test } from 'vitest';
import { jsonPatch } from '../../../../server/src/cluster/registry/patch/json-patch.ts';

const object = { kind: 'ConfigMap', data: { b: '2', a: '1' }, list: [{ z: 1, y: 2 }, { x: 3 }] };
const patched = (...operations: object[]) => jsonPatch(object, operations)?.value;

test.each([
  ['a value that is missing is null', { op: 'add', path: '/data/x' }, { data: { a: '1', b: '2', x: null } }],
  ['what stands before the first slash does not count', { op: 'add', path: 'data/x', value: 1 }, { x: 1 }],
  ['a key that is not there is replaced all the same', { op: 'replace', path: '/data/c', value: '3' }, { data: { a: '1', b: '2', c: '3' } }],
  ['what is not there is copied as null', { op: 'copy', from: '/data/c', path: '/data/d' }, { data: { a: '1', b: '2', d: null } }],
  ['what is not there equals null', { op: 'test', path: '/data/c', value: null }, {}],
  ['an index from the end', { op: 'remove', path: '/list/-1' }, { list: [{ z: 1, y: 2 }] }],
  ['an index with a zero before it', { op: 'replace', path: '/list/01', value: 1 }, { list: [{ z: 1, y: 2 }, 1] }],
  ['after the last', { op: 'add', path: '/list/-', value: 1 }, { list: [{ z: 1, y: 2 }, { x: 3 }, 1] }],
  ['escapes', { op: 'add', path: '/data/a~1b~0c', value: '' }, { data: { a: '1', b: '2', 'a/b~c': '' } }],
])('%s', (_title, operation, changed) => expect(patched(operation)).toEqual({ ...object, ...changed }));

test.each([
  { op: 'remove', path: '/data/c' },
  { op: 'move', from: '/data/c', path: '/data/d' },
  { op: 'add', path: '/nope/x', value: 1 },
  { op: 'add', path: '', value: 1 },
  { op: 'add', path: '/list/3', value: 1 },
  { op: 'add', path: '/list/x', value: 1 },
  { op: 'replace', path: '/list/2', value: 1 },
  { op: 'test', path: '/data/a', value: 1 },
  { op: 'copy', path: '/data/a' },
  { op: 'ADD', path: '/data/x', value: 1 },
])('cannot be carried out: %j', (operation) => expect(patched(operation)).toBeUndefined());

test('what is looked into is written with sorted keys, the rest as it was', () => {
  expect(jsonPatch(object, [{ op: 'replace', path: '/list/1/x', value: { d: 1, c: 2 } }])?.text).toBe(
    '{"data":{"b":"2","a":"1"},"kind":"ConfigMap","list":[{"z":1,"y":2},{"x":{"d":1,"c":2}}]}',
  );
});

test('the object that was patched stays as it was', () => {
  const before = JSON.stringify(object);
  jsonPatch(object, [{ op: 'remove', path: '/data' }]);
  expect(JSON.stringify(object)).toBe(before);
});
