import { expect, test } from 'vitest';
import { differences } from '../../client/src/webview/app/difference.ts';

const template = (container: object, rest: object = {}) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ ...container, name: 'nginx', image: 'nginx:1.16', ...container }], ...rest },
});

test('the same templates differ in nothing, whatever the order of their keys', () => {
  expect(differences(template({ a: 1, b: 2 }), template({ b: 2, a: 1 }))).toEqual([]);
  expect(differences(undefined, undefined)).toEqual([]);
});

test('the image comes first', () => {
  expect(differences(template({ command: ['sh'] }), template({ command: ['bash'], image: 'nginx:1.17' }, { terminationGracePeriodSeconds: 5 }))).toEqual([
    { path: 'spec.containers[nginx].image', before: 'nginx:1.16', after: 'nginx:1.17' },
    { path: 'spec.containers[nginx].command', before: '["sh"]', after: '["bash"]' },
    { path: 'spec.terminationGracePeriodSeconds', after: '5' },
  ]);
});

test('containers are matched by name, not by place', () => {
  const sidecar = { name: 'log', image: 'fluent:1' };
  const before = { spec: { containers: [{ name: 'nginx', image: 'nginx:1.16' }, sidecar] } };
  const after = { spec: { containers: [sidecar, { name: 'nginx', image: 'nginx:1.16' }] } };
  expect(differences(before, after)).toEqual([]);
  expect(differences(before, { spec: { containers: [sidecar] } })).toEqual([
    { path: 'spec.containers[nginx]', before: '{"name":"nginx","image":"nginx:1.16"}' },
  ]);
});

test('a key with dots is kept in one piece', () => {
  const restarted = { ...template({}), metadata: { labels: { app: 'web' }, annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' } } };
  expect(differences(template({}), restarted)).toEqual([
    { path: 'metadata.annotations', after: '{"kubectl.kubernetes.io/restartedAt":"2026-01-01T00:00:00Z"}' },
  ]);
  const again = { ...restarted, metadata: { ...restarted.metadata, annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:05:00Z' } } };
  expect(differences(restarted, again)).toMatchObject([{ path: 'metadata.annotations[kubectl.kubernetes.io/restartedAt]' }]);
});

test('two items of one name are compared as they stand', () => {
  const twice = {
    env: [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ],
  };
  expect(differences(twice, { env: [{ name: 'A', value: '1' }] })).toHaveLength(1);
});
