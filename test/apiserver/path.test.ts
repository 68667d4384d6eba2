import { expect, test } from 'vitest';
import { nameProblem, parseResourcePath, splitPath } from '../../server/src/apiserver/path.ts';

const checkPath = (path: string, expected: object | undefined) =>
  expect(parseResourcePath(splitPath(path)!)).toEqual(expected && { watch: false, ...expected });

test('a path names group, version, namespace, resource, name and subresource', () => {
  checkPath('/api/v1/pods', { group: '', version: 'v1', resource: 'pods' });
  checkPath('/api/v1/namespaces/demo/pods/web-1', { group: '', version: 'v1', namespace: 'demo', resource: 'pods', name: 'web-1' });
  checkPath('/apis/apps/v1/namespaces/demo/deployments/web/scale', {
    group: 'apps',
    version: 'v1',
    namespace: 'demo',
    resource: 'deployments',
    name: 'web',
    subresource: 'scale',
  });
  checkPath('/api/v1/nodes/node-1/proxy/a/b', { group: '', version: 'v1', resource: 'nodes', name: 'node-1', subresource: 'proxy', rest: 'a/b' });
});

test('a namespace is a resource itself', () => {
  checkPath('/api/v1/namespaces', { group: '', version: 'v1', resource: 'namespaces' });
  checkPath('/api/v1/namespaces/demo', { group: '', version: 'v1', resource: 'namespaces', name: 'demo' });
  checkPath('/api/v1/namespaces/demo/finalize', { group: '', version: 'v1', resource: 'namespaces', name: 'demo', subresource: 'finalize' });
});

test('the old form of a watch', () => {
  checkPath('/api/v1/watch/namespaces/demo/pods', { group: '', version: 'v1', namespace: 'demo', resource: 'pods', watch: true });
});

test('a path of discovery names no resource', () => {
  for (const path of ['/api', '/api/v1', '/apis/apps', '/apis/apps/v1', '/version']) checkPath(path, undefined);
});

test('a path that cannot be decoded is none; a decoded slash or percent is no name', () => {
  expect(splitPath('/api/v1/%E0%A4%A')).toBeUndefined();
  expect(nameProblem('o%ne')).toBe("may not contain '%'");
  expect(nameProblem('a/b%')).toBe("may not contain '/', may not contain '%'");
  expect(nameProblem('..')).toBe("may not be '..'");
  expect(nameProblem('web')).toBeUndefined();
});
