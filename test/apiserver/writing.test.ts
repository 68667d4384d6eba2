// What a Kubernetes 1.36.3 server said to the same requests: replacing, deleting.
import { expect, test } from 'vitest';
import { configMap, frontOf } from './support/front.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const leases = '/apis/coordination.k8s.io/v1/namespaces/default/leases';

function withMap() {
  const front = frontOf();
  const live = front.ask('POST', `${maps}?fieldManager=kubectl-create`, { body: configMap('one') }).body;
  const put = (metadata: object) => front.ask('PUT', `${maps}/one?fieldManager=me`, { body: { ...live, metadata: { ...live.metadata, ...metadata } } });
  return { ...front, live, put };
}

test('version 0 is no version', () => expect(withMap().put({ resourceVersion: '0' }).code).toBe(200));

test('when an object was created is not for clients to say', () => {
  const { live, put } = withMap();
  const { code, body } = put({ creationTimestamp: '2020-01-01T00:00:00Z' });
  expect([code, body.metadata.creationTimestamp]).toEqual([200, live.metadata.creationTimestamp]);
});

test('one empty entry forgets who set what', () => {
  const { put } = withMap();
  expect(put({ managedFields: [{}] }).body.metadata.managedFields).toBeUndefined();
});

test.each([{ operation: 'X' }, { manager: 'm', operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { bad: {} } }])(
  'entries that cannot be read do not count: %j',
  (entry) => {
    const { live, put } = withMap();
    expect(put({ managedFields: [entry] }).body.metadata.managedFields).toEqual(live.metadata.managedFields);
  },
);

test('a PUT that creates does not create somebody else', () => {
  const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'nope', uid: 'x' } };
  expect(frontOf().ask('PUT', `${leases}/nope`, { body }).body).toMatchObject({
    code: 409,
    message:
      'Operation cannot be fulfilled on leases.coordination.k8s.io "nope": StorageError: invalid object, Code: 4, Key: /leases/default/nope, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: ',
  });
});

test('a class that every cluster has cannot be deleted', () => {
  expect(frontOf().ask('DELETE', '/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical').body).toMatchObject({
    code: 403,
    message: 'priorityclasses.scheduling.k8s.io "system-node-critical" is forbidden: this is a system priority class and cannot be deleted',
  });
});

test('a namespace goes without grace', () => {
  const { body } = frontOf().ask('DELETE', '/api/v1/namespaces/kube-node-lease?dryRun=All');
  expect([body.status.phase, 'deletionGracePeriodSeconds' in body.metadata]).toEqual(['Terminating', false]);
});

test('a collection is deleted page by page, and as the list that it is', () => {
  const { ask } = withMap();
  const { body } = ask('DELETE', `${maps}?dryRun=All&limit=1`);
  expect(body.items).toHaveLength(1);
  expect(body.metadata).toMatchObject({ remainingItemCount: 1 });
  expect(ask('DELETE', `${maps}?resourceVersion=1`).code).toBe(410);
  expect(ask('DELETE', `${maps}?resourceVersionMatch=Exact`).code).toBe(422);
  expect(ask('DELETE', `${maps}?continue=x`).code).toBe(400);
});

test('what lies in namespaces is deleted namespace by namespace', () => expect(frontOf().ask('DELETE', '/api/v1/configmaps').code).toBe(405));

const patchTypes = { json: 'application/json-patch+json', merge: 'application/merge-patch+json', strategic: 'application/strategic-merge-patch+json' };

test.each([
  ['json', '[{"op":"add","path":1}]', 400, 'error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.path of type string'],
  ['strategic', '{', 400, 'unexpected end of JSON input'],
  ['merge', '{', 400, 'error decoding patch: unexpected end of JSON input'],
  ['strategic', '{"metadata":{"$retainKeys":"labels"}}', 400, 'invalid patch format of retainKeys'],
  ['strategic', '{"metadata":{"$patch":5}}', 500, 'unknown patch type: %!s(int64=5) in map: map[$patch:5]'],
  ['strategic', '{"metadata":{"$setElementOrder/finalizers":1}}', 500, 'expected a []interface {}, but received a int64'],
  [
    'strategic',
    '{"binaryData":{"x":"%"}}',
    422,
    ' "" is invalid: patch: Invalid value: "map[binaryData:map[x:%]]": error decoding from json: illegal base64 data at input byte 0',
  ],
] as const)('%s patch %s: %i', (type, body, code, message) => {
  const answer = withMap().ask('PATCH', `${maps}/one`, { contentType: patchTypes[type], body });
  expect([answer.code, answer.body.message]).toEqual([code, message]);
});

test('too many operations', () => {
  const body = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/data/a', value: '1' }));
  expect(withMap().ask('PATCH', `${maps}/one`, { contentType: patchTypes.json, body }).body).toMatchObject({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: 'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
  });
});

test('a strategic patch is of the kind of its path, whatever it says', () => {
  const { ask } = withMap();
  expect(ask('PATCH', `${maps}/one`, { contentType: patchTypes.strategic, body: { kind: 'Secret' } }).code).toBe(200);
});

test('keys that stand twice in a patch are warned of, before fields that are not known', () => {
  const { ask } = withMap();
  const body = '{"data":{"a":"1","a":"2"},"foo":1}';
  expect(ask('PATCH', `${maps}/one`, { contentType: patchTypes.merge, body }).warnings).toEqual(['duplicate field "data.a"', 'unknown field "foo"']);
  expect(ask('PATCH', `${maps}/one?fieldValidation=Strict`, { contentType: patchTypes.strategic, body }).body.message).toBe(
    ' "" is invalid: patch: Invalid value: "map[data:map[a:2] foo:1]": strict decoding error: duplicate field "data.a", unknown field "foo"',
  );
  expect(ask('PATCH', `${maps}/one`, { contentType: patchTypes.json, body: '[{"op":"add","path":"/data/x","value":"1","foo":1}]' }).warnings).toEqual([
    'json patch unknown field "[0].foo"',
  ]);
});

function withPod() {
  const front = frontOf();
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'i' }] } };
  const pod = front.ask('POST', '/api/v1/namespaces/default/pods', { body }).body;
  return { ...front, pod, post: (path: string, sent: object) => front.ask('POST', `/api/v1/namespaces/default/${path}?dryRun=All`, { body: sent }) };
}

const eviction = (more: object) => ({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'p' }, ...more });
const binding = (target: object, metadata = {}) => ({ apiVersion: 'v1', kind: 'Binding', metadata: { name: 'p', ...metadata }, target });

test.each([
  [
    'pods/p/eviction',
    eviction({ metadata: { name: 'p', namespace: 'x' } }),
    400,
    'the namespace of the provided object does not match the namespace sent on the request',
  ],
  [
    'pods/p/eviction',
    eviction({ deleteOptions: { propagationPolicy: 'x' } }),
    422,
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "x": supported values: "Foreground", "Background", "Orphan", "nil"',
  ],
  ['pods/p/binding', binding({ kind: 'Pod', name: 'n' }), 500, 'target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>"'],
  [
    'pods/p/binding',
    binding({ kind: 'Pod' }),
    500,
    '[target.kind: Unsupported value: "Pod": supported values: "Node", "<empty>", target.name: Required value]',
  ],
] as const)('%s %j: %i', (path, body, code, message) => {
  const answer = withPod().post(path, body);
  expect([answer.code, answer.body.message]).toEqual([code, message]);
});

test('a pod of that name, but another one, is not bound', () => {
  const { pod, post } = withPod();
  expect(post('pods/p/binding', binding({ name: 'n' }, { uid: 'x' })).body).toMatchObject({
    code: 409,
    message: `Operation cannot be fulfilled on pods "p": StorageError: invalid object, Code: 4, Key: /pods/default/p, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: ${pod.metadata.uid}`,
    details: { name: 'p', kind: 'pods' },
  });
});

test('a binding may name its pod in the body alone', () =>
  expect(withPod().post('bindings', binding({ name: 'n' })).body).toMatchObject({ status: 'Success' }));

test('nobody has the log of a pod without a node', () => {
  expect(withPod().ask('GET', '/api/v1/namespaces/default/pods/p/log')).toMatchObject({ code: 204, body: '' });
});

test('a question that asks for two things at once', () => {
  const spec = { user: 'x', nonResourceAttributes: { path: '/x' }, resourceAttributes: {} };
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
  expect(frontOf().ask('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', { body }).body.message).toBe(
    '.authorization.k8s.io "" is invalid: spec.nonResourceAttributes: Invalid value: {"Path":"/x","Verb":""}: cannot be specified in combination with resourceAttributes',
  );
});
