import { expect, test } from 'vitest';
import { configMap, frontOf } from './support/front.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const strategic = 'application/strategic-merge-patch+json';
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';

test('create, get, patch, replace, delete', () => {
  const { ask } = frontOf();
  const created = ask('POST', maps, { body: configMap('one') });
  expect(created.code).toBe(201);
  expect(ask('GET', `${maps}/one`).body).toEqual(created.body);
  expect(ask('PATCH', `${maps}/one`, { contentType: strategic, body: { data: { b: '2' } } }).body.data).toEqual({ a: '1', b: '2' });
  const replaced = ask('PUT', `${maps}/one`, { body: configMap('one') });
  expect([replaced.code, replaced.body.data]).toEqual([200, { a: '1' }]);
  expect(ask('DELETE', `${maps}/one`).body.status).toBe('Success');
  expect(ask('GET', `${maps}/one`).code).toBe(404);
});

test('YAML in, YAML out', () => {
  const { ask } = frontOf();
  const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata: {a: "1"}\n';
  const { code, type, body: text } = ask('POST', maps, { contentType: 'application/yaml', accept: 'application/yaml', body });
  expect([code, type]).toEqual([201, 'application/yaml']);
  expect(text).toMatch(/^apiVersion: v1\ndata:\n {2}a: "1"\nkind: ConfigMap\n/);
});

test('unknown fields: an error, a warning, or nothing', () => {
  const { ask } = frontOf();
  const body = { ...configMap('one'), datum: 1 };
  expect(ask('POST', `${maps}?fieldValidation=Strict`, { body }).body.message).toContain('strict decoding error: unknown field "datum"');
  expect(ask('POST', `${maps}?dryRun=All`, { body }).warnings).toEqual(['unknown field "datum"']);
  expect(ask('POST', `${maps}?fieldValidation=Ignore`, { body }).warnings).toBeUndefined();
});

test('the manager of a client that names none is the first word of its User-Agent', () => {
  const { ask } = frontOf();
  const { body } = ask('POST', maps, { body: configMap('one'), userAgent: 'kubectl/v1.36.3 (linux/amd64)' });
  expect(body.metadata.managedFields[0].manager).toBe('kubectl');
});

test('a list in pages, without kinds in its items', () => {
  const { ask } = frontOf();
  for (const name of ['a', 'b', 'c']) ask('POST', maps, { body: configMap(name, { mine: 'yes' }) });
  const first = ask('GET', `${maps}?limit=2`).body;
  expect(first.items.map((item: { kind?: string; metadata: { name: string } }) => [item.kind, item.metadata.name])).toEqual([
    [undefined, 'a'],
    [undefined, 'b'],
  ]);
  const rest = ask('GET', `${maps}?limit=5&continue=${first.metadata.continue}`).body;
  expect(rest.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toEqual(['c', 'kube-root-ca.crt']);
});

test('a table has the columns of kubectl get and the metadata of its rows', () => {
  const { ask } = frontOf();
  const { body } = ask('GET', '/api/v1/nodes', { accept: `${table},application/json` });
  expect(body.columnDefinitions.map(({ name }: { name: string }) => name).slice(0, 5)).toEqual(['Name', 'Status', 'Roles', 'Age', 'Version']);
  expect(body.rows[0].cells.slice(0, 2)).toEqual(['node-1', 'Ready']);
  expect(Object.keys(body.rows[0].object)).toEqual(['kind', 'apiVersion', 'metadata']);
  expect(ask('GET', '/api/v1/nodes?includeObject=None', { accept: table }).body.rows[0].object).toBeNull();
  expect(ask('GET', '/api/v1/nodes?includeObject=Object', { accept: table }).body.rows[0].object.spec).toBeDefined();
});

test('rows of a table carry the fields of components as the objects themselves do', () => {
  const { ask, watch } = frontOf();
  const plain = ask('GET', '/api/v1/nodes').body.items[0].metadata.managedFields;
  expect(plain.map(({ manager }: { manager: string }) => manager)).toContain('kubelet');
  for (const include of ['Metadata', 'Object']) {
    const url = `/api/v1/nodes?includeObject=${include}`;
    expect(ask('GET', url, { accept: table }).body.rows[0].object.metadata.managedFields).toEqual(plain);
    expect(JSON.parse(watch(`${url}&watch=true`, { accept: table }).next()!).object.rows[0].object.metadata.managedFields).toEqual(plain);
  }
});

test('metadata alone', () => {
  const { ask } = frontOf();
  const { body } = ask('GET', '/api/v1/nodes', { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' });
  expect([body.kind, Object.keys(body.items[0])]).toEqual(['PartialObjectMetadataList', ['kind', 'apiVersion', 'metadata']]);
});

test('scale is a kind of its own', () => {
  const { ask } = frontOf();
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx' }] } };
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template },
  };
  ask('POST', '/apis/apps/v1/namespaces/default/deployments', { body });
  const scaled = ask('PATCH', '/apis/apps/v1/namespaces/default/deployments/web/scale', {
    contentType: 'application/merge-patch+json',
    body: { spec: { replicas: 4 } },
  });
  expect([scaled.body.kind, scaled.body.spec.replicas]).toEqual(['Scale', 4]);
});

test.each([
  ['GET', '/nope', 404, '404 page not found\n'],
  ['GET', '/apis/example.com/v1/things', 404, '404 page not found\n'],
  ['GET', '/apis/apps/v9', 404, 'the server could not find the requested resource'],
  ['GET', `${maps}/o%25ne`, 400, `Name parameter invalid: "o%ne": may not contain '%'`],
  ['POST', `${maps}/one`, 405, 'the server does not allow this method on the requested resource'],
  ['PUT', maps, 405, 'the server does not allow this method on the requested resource'],
  ['GET', `${maps}?limit=x`, 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  ['GET', `${maps}?resourceVersion=999999`, 504, /^Timeout: Too large resource version: 999999, current: \d+$/],
  ['GET', `${maps}?resourceVersionMatch=Exact`, 422, /resourceVersionMatch is forbidden unless resourceVersion is provided$/],
  ['GET', `${maps}?watch=1&resourceVersion=x`, 500, 'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax'],
  ['POST', `${maps}?dryRun=client`, 422, 'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["client"]: supported values: "All"'],
])('%s %s: %i', (method, url, code, message) => {
  const { ask } = frontOf();
  const answer = ask(method, url, { body: method === 'GET' ? '' : configMap('one') });
  expect(answer.code).toBe(code);
  expect(typeof answer.body === 'string' ? answer.body : answer.body.message).toMatch(
    typeof message === 'string' ? new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : message,
  );
});

test('media types that are not known', () => {
  const { ask } = frontOf();
  expect(ask('POST', maps, { contentType: 'text/plain', body: configMap('one') }).code).toBe(415);
  expect(ask('PATCH', `${maps}/kube-root-ca.crt`, { contentType: 'application/json', body: {} }).code).toBe(415);
  expect(ask('GET', maps, { accept: 'application/xml' }).code).toBe(406);
});

test('all pages of a list are of one moment, and a version can be asked for exactly', () => {
  const { ask } = frontOf();
  const maps = '/api/v1/namespaces/default/configmaps';
  const names = (body: { items: { metadata: { name: string } }[] }) => body.items.map(({ metadata }) => metadata.name);
  for (const name of ['a', 'b', 'c']) ask('POST', maps, { body: configMap(name) });
  const { body: first } = ask('GET', `${maps}?limit=2`);
  ask('DELETE', `${maps}/c`);
  ask('POST', maps, { body: configMap('d') });
  const { body: rest } = ask('GET', `${maps}?limit=9&continue=${first.metadata.continue}`);
  expect([...names(first), ...names(rest)]).toEqual(['a', 'b', 'c', 'kube-root-ca.crt']);
  expect(rest.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  expect(names(ask('GET', `${maps}?resourceVersion=${first.metadata.resourceVersion}&resourceVersionMatch=Exact`).body)).toEqual([
    'a',
    'b',
    'c',
    'kube-root-ca.crt',
  ]);
  expect(names(ask('GET', maps).body)).toEqual(['a', 'b', 'd', 'kube-root-ca.crt']);
});
