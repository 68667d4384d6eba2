import { expect, test } from 'vitest';
import { storedForm } from '../../../server/src/cluster/store/stored-form.ts';
import type { KubeObject, ObjectMeta } from '../../../server/src/kube/object.ts';
import { fieldsOf } from '../../../server/src/schema/fields.ts';

/** Every field that metadata has in the schema, with a value of its own. */
const everything = Object.fromEntries([...fieldsOf('ObjectMeta').keys()].map((name, i) => [name, { value: i }])) as unknown as ObjectMeta;

const object = (rest: object, metadata: ObjectMeta = everything) => ({ apiVersion: 'v1', kind: 'Pod', metadata, ...rest }) as KubeObject;

test.each<[string, object]>([
  ['with spec and status', { spec: { a: 1 }, status: { b: 2 } }],
  ['with a status that is empty', { spec: {}, status: {} }],
  ['with more beside them', { spec: {}, status: {}, data: { c: 'd' } }],
  ['without a status', { spec: {} }],
  ['with fields of its own', { data: { c: 'd' }, immutable: true }],
])('an object %s keeps every field and gets its version', (_, rest) => {
  expect(storedForm(object(rest), 7)).toStrictEqual(object(rest, { ...everything, resourceVersion: '7' }));
});

test.each<[string, (keyof ObjectMeta)[]]>([
  ['a name only', ['name', 'uid', 'creationTimestamp']],
  ['a namespace', ['name', 'namespace', 'uid', 'creationTimestamp']],
  ['a generation', ['name', 'uid', 'generation', 'creationTimestamp']],
  ['both', ['name', 'namespace', 'uid', 'generation', 'creationTimestamp']],
  ['a generated name', ['name', 'generateName', 'namespace', 'uid', 'generation', 'creationTimestamp', 'labels']],
])('metadata with %s gains nothing but the version, in the order of the server', (_, names) => {
  const metadata = Object.fromEntries(names.map((name) => [name, everything[name]])) as unknown as ObjectMeta;
  const form = storedForm(object({}, metadata), 7).metadata;
  const order = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'labels'];
  expect(Object.keys(form)).toEqual(order.filter((name) => name === 'resourceVersion' || names.includes(name as keyof ObjectMeta)));
});

test('what has its version already is stored as it is', () => {
  const complete = object({ spec: {} }, { ...everything, resourceVersion: '7' });
  expect(storedForm(complete, 7)).toBe(complete);
});
