// What a Kubernetes 1.36.3 server said to the same applied configurations.
import { expect, test } from 'vitest';
import { configMap, frontOf } from './support/front.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const contentType = 'application/apply-patch+yaml';

function withMap() {
  const front = frontOf();
  front.ask('POST', `${maps}?fieldManager=kubectl-create`, { body: configMap('one') });
  const apply = (body: unknown, manager = 'me', more = '') => front.ask('PATCH', `${maps}/one?fieldManager=${manager}${more}`, { contentType, body });
  return { ...front, apply };
}

const text = (lines: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n${lines}`;
const typed = 'failed to create typed patch object (/one; /v1, Kind=ConfigMap): ';

test.each([
  ['[]', 400, 'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ['x', 400, 'error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type map[string]interface {}'],
  ['null', 400, 'invalid object type: /, Kind='],
  [text('  managedFields: []\n'), 400, 'metadata.managedFields must be nil'],
  [text('').replace('one', 'two'), 400, 'the name of the object (two) does not match the name on the URL (one)'],
  [text('data: {}\n').replace('data: {}', 'data: []'), 500, `${typed}.data: expected map, got &{[]}`],
  [text('  finalizers: [a.b/c, a.b/c]\n'), 500, `${typed}.metadata.finalizers: duplicate entries for key [="a.b/c"]`],
])('refused: %j', (body, code, message) => {
  const answer = withMap().apply(body);
  expect([answer.code, answer.body.message]).toEqual([code, message]);
});

test('a field that is not known ends the look at its map', () => {
  expect(withMap().apply(text('bar: 2\nfoo: 1\n')).body.message).toBe(`${typed}.bar: field not declared in schema`);
});

test('what cannot be read as the kind says so in the words of another reader than JSON', () => {
  const path = '/apis/apps/v1/namespaces/default/deployments/web?fieldManager=me';
  const container = (more: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', ...more }] } } },
  });
  const why = (more: object) => frontOf().ask('PATCH', path, { contentType, body: container(more) }).body;
  const unconverted =
    'failed to convert new object (/web; apps/v1, Kind=Deployment) to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: ';
  expect(why({ ports: [{ containerPort: 1.5 }] })).toMatchObject({ code: 500, message: `${unconverted}cannot convert float64 to int32` });
  expect(why({ livenessProbe: { httpGet: { port: true } } }).message).toBe(`${unconverted}json: cannot unmarshal bool into Go value of type int32`);
  expect(why({ args: [1] }).message).toBe(
    'failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.template.spec.containers[name="c"].args[0]: expected string, got &value.valueUnstructured{Value:1}',
  );
});

test('a configuration without metadata owns nothing, and changes nothing', () => {
  const { body } = withMap().apply('apiVersion: v1\nkind: ConfigMap\n');
  expect(body.metadata.managedFields.map(({ manager }: { manager: string }) => manager)).toEqual(['kubectl-create']);
});

test('who applies what is there already has no time yet', () => {
  const { body } = withMap().apply(text('data: {a: "1"}\n'));
  expect(body.metadata.managedFields[0]).toMatchObject({ manager: 'me', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {} } } });
  expect(body.metadata.managedFields[0].time).toBeUndefined();
});

test('keys that stand twice are warned of', () => {
  expect(withMap().apply(text('data:\n  z: "1"\n  z: "2"\n')).warnings).toEqual(['line 7: key "z" already set in map']);
});

test('what was there before the first apply is somebody’s, and until then nobody keeps track', () => {
  const { ask, apply } = withMap();
  const merge = (body: object) => ask('PATCH', `${maps}/one?fieldManager=carol`, { contentType: 'application/merge-patch+json', body }).body;
  expect(merge({ metadata: { managedFields: [{}] } }).metadata.managedFields).toBeUndefined();
  expect(merge({ data: { z: '1' } }).metadata.managedFields).toBeUndefined();
  const { managedFields } = apply(text('data: {a: "1"}\n')).body.metadata;
  expect(managedFields[1]).toMatchObject({
    manager: 'before-first-apply',
    operation: 'Update',
    fieldsV1: { 'f:data': { '.': {}, 'f:a': {}, 'f:z': {} } },
  });
});

test('kubectl takes over what it applied before, and its annotation follows', () => {
  const { ask } = frontOf();
  const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
  const sent = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'csa' }, data: { a: '1' } };
  const body = { ...sent, metadata: { ...sent.metadata, annotations: { [annotation]: `${JSON.stringify(sent)}\n` } } };
  ask('POST', `${maps}?fieldManager=kubectl-client-side-apply`, { body });
  const applied = { ...sent, data: { a: '2' } };
  const other = ask('PATCH', `${maps}/csa?fieldManager=other`, { contentType, body: applied });
  expect(other.code).toBe(409);
  const own = ask('PATCH', `${maps}/csa?fieldManager=kubectl`, { contentType, body: applied });
  expect([own.code, own.body.metadata.annotations[annotation]]).toEqual([
    200,
    `{"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"name":"csa"}}\n`,
  ]);
});

test('the status takes nothing else from its applier', () => {
  const { ask } = frontOf();
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 0,
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
  };
  const path = '/apis/apps/v1/namespaces/default/deployments';
  ask('PATCH', `${path}/web?fieldManager=alice`, { contentType, body: deployment });
  const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 9 }, status: { readyReplicas: 0 } };
  const answer = ask('PATCH', `${path}/web/status?fieldManager=me&dryRun=All`, { contentType, body });
  expect([answer.code, answer.body.spec.replicas]).toEqual([200, 0]);
});
