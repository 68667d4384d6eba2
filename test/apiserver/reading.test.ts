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

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const metadata = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
const offered = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const streamed = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
const noRoute = '406: Not Acceptable\n\nAvailable representations: ';

test.each([
  ['text/html', `${maps}/kube-root-ca.crt`, noRoute + offered],
  ['application/*', maps, `${noRoute}${offered}, ${streamed}`],
  ['text/html', '/api/v1', noRoute + offered],
  ['text/html', '/version', `${noRoute}application/json`],
  ['text/html', '/api/v1/namespaces/default/pods/x/log', `${noRoute}text/plain, ${offered}`],
  ['application/json;as=Foo;v=v1;g=meta.k8s.io', maps, `only the following media types are accepted: ${offered}`],
  [table, '/apis/apps/v1', `only the following media types are accepted: ${offered}`],
  [metadata, maps, 'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)'],
  [
    metadata.replace('Metadata', 'MetadataList'),
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/view',
    'you requested PartialObjectMetadataList, but the requested object is not a list (*rbac.ClusterRole)',
  ],
])('%s of %s is not acceptable', (accept, url, message) => {
  expect(frontOf().ask('GET', url, { accept }).body).toMatchObject({ code: 406, reason: 'NotAcceptable', message });
});

test('what went wrong is told as JSON to who wants a table in YAML, and as it is to who wants a table', () => {
  const { ask } = frontOf();
  expect(ask('GET', `${maps}/nope`, { accept: table.replace('json', 'yaml') }).type).toBe('application/json');
  ask('POST', maps, { body: configMap('one') });
  expect(ask('DELETE', `${maps}/one`, { accept: table }).body).toMatchObject({ kind: 'Status', status: 'Success' });
});

test('rows without objects say so; an unknown wish is refused', () => {
  const { ask } = frontOf();
  expect(ask('GET', `${maps}?includeObject=None`, { accept: table }).body.rows[0].object).toBeNull();
  expect(ask('GET', `${maps}?includeObject=Bad`, { accept: table }).body.message).toBe(
    `Unable to convert to Table as requested: includeObject: Invalid value: "Bad": must be 'Metadata', 'Object', 'None', or empty`,
  );
});

test('the body of a delete is of another kind', () => {
  const { ask } = frontOf();
  ask('POST', maps, { body: configMap('one') });
  expect(ask('DELETE', `${maps}/one`, { body: { apiVersion: 'v1', kind: 'ConfigMap' } }).body.message).toBe(
    'no kind "ConfigMap" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
  );
  expect(ask('DELETE', `${maps}/one`, { body: '[]' }).body.message).toMatch(/^couldn't get version\/kind; json parse error: json: cannot unmarshal array into/);
});
