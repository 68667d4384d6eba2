// What a Kubernetes 1.36.3 server said to the same requests: reads, pages, selectors, methods.
import { expect, test } from 'vitest';
import { configMap, frontOf } from './support/front.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const badToken = 'invalid continue token: continue key is not valid:';
const unknownField = (label: string) => `"${label}" is not a known field selector: only "metadata.name", "metadata.namespace"`;

test.each([
  [`${maps}?fieldSelector=data.a%3D1`, unknownField('data.a')],
  ['/apis/apps/v1/replicasets?fieldSelector=status.replicas%3D1', unknownField('status.replicas')],
  ['/api/v1/pods?fieldSelector=spec.image%3Dx', 'field label not supported: spec.image'],
  ['/apis/batch/v1/jobs?fieldSelector=spec.nope%3D1', 'field label "spec.nope" not supported for Job'],
  ['/apis/resource.k8s.io/v1/resourceslices?fieldSelector=spec.nope%3D1', 'field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: spec.nope'],
  [`${maps}?resourceVersion=x`, 'invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax'],
  [`${maps}?continue=abc`, `${badToken} invalid character 'i' looking for beginning of value`],
  [`${maps}?continue=abc&resourceVersion=1`, `${badToken} invalid character 'i' looking for beginning of value`],
  [`${maps}?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ`, `${badToken} incorrect encoded start resourceVersion (version meta.k8s.io/v1)`],
  [`${maps}?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiIn0`, `${badToken} encoded start key empty (version meta.k8s.io/v1)`],
  [`${maps}?continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NSwic3RhcnQiOiIuLi8uLiJ9`, `${badToken} ../..`],
  [`${maps}/one?export=true`, 'the export parameter, deprecated since v1.14, is no longer supported'],
])('a bad request: %s', (url, message) => {
  const { code, body } = frontOf().ask('GET', url);
  expect([code, body.reason, body.message]).toEqual([400, 'BadRequest', message]);
});

test('a list of any age knows no pages', () => {
  const { ask } = frontOf();
  for (const name of ['a', 'b', 'c']) ask('POST', maps, { body: configMap(name) });
  const { body } = ask('GET', `${maps}?limit=1&resourceVersion=0`);
  expect(body.items).toHaveLength(4);
  expect(body.metadata.continue).toBeUndefined();
});

test.each([
  ['HEAD', `${maps}/one`, 405],
  ['OPTIONS', maps, 405],
  ['HEAD', '/api/v1/namespaces/default/pods/a/log', 405],
  ['POST', '/api/v1', 405],
  ['PUT', '/apis/apps/v1', 405],
  ['PUT', '/apis/apps', 200],
  ['DELETE', '/version', 405],
  ['GET', '/readyz/etcd-readiness', 200],
  ['GET', '/livez/etcd-readiness', 404],
  ['GET', '/healthz/poststarthook/rbac/bootstrap-roles', 200],
])('%s %s: %i', (method, url, code) => expect(frontOf().ask(method, url).code).toBe(code));

test('what may not be done is not warned of', () => {
  expect(frontOf().ask('POST', '/api/v1/componentstatuses', { body: {} })).toMatchObject({ code: 405, warnings: undefined });
});

test('a Status that says that an object is gone names no code; one of an eviction does', () => {
  const { ask } = frontOf();
  ask('POST', maps, { body: configMap('one') });
  const { code, body } = ask('DELETE', `${maps}/one`);
  expect([code, body.status, 'code' in body]).toEqual([200, 'Success', false]);
});

test('columns of a table say what they are', () => {
  const { body } = frontOf().ask('GET', maps, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
  expect(body.columnDefinitions[0].description).toMatch(/^Name must be unique within a namespace\. Is required when creating resources/);
  expect(body.columnDefinitions[1].description).toMatch(/^Data contains the configuration data\. Each key must consist/);
});
