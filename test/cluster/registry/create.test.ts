import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, configMap, deployment, pod } from './support/api.ts';

test('[C1] the server completes the metadata', () => {
  const client = new Client();
  const { metadata } = checkDone(client.create(configMap('a')), 201);
  expect(metadata).toMatchObject({ name: 'a', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z' });
  expect(metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number(metadata.resourceVersion)).toBeGreaterThan(0);
});

test('[C2] what only the server decides is not taken from the client', () => {
  const own = { uid: 'mine', generation: 7, creationTimestamp: '2001-01-01T00:00:00Z', deletionTimestamp: '2001-01-01T00:00:00Z' };
  const object = deployment('web');
  const { metadata } = checkDone(new Client().create({ ...object, metadata: { ...object.metadata, ...own } }), 201);
  expect(metadata.uid).not.toBe('mine');
  expect(metadata).toMatchObject({ generation: 1, creationTimestamp: '2026-01-01T00:00:00Z' });
  expect(metadata).not.toHaveProperty('deletionTimestamp');
});

test('[C3] generation is kept for the kinds that have one', () => {
  const client = new Client();
  expect(checkDone(client.create(deployment('web')), 201).metadata.generation).toBe(1);
  expect(checkDone(client.create(pod('web')), 201).metadata.generation).toBe(1);
  expect(checkDone(client.create(configMap('a')), 201).metadata).not.toHaveProperty('generation');
});

test('[C4] a status that is sent along is dropped', () => {
  const created = checkDone(new Client().create({ ...pod('web'), status: { phase: 'Running' } }), 201);
  expect(created.status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
});

test('[C5] a name is taken once', () => {
  const client = new Client();
  checkDone(client.create(configMap('a')), 201);
  checkRefused(client.create(configMap('a')), { code: 409, reason: 'AlreadyExists', message: 'configmaps "a" already exists' });
  checkDone(client.create(deployment('web')), 201);
  const again = client.create(deployment('web'));
  checkRefused(again, { code: 409, reason: 'AlreadyExists', message: 'deployments.apps "web" already exists' });
  expect(again.body['details']).toEqual({ name: 'web', group: 'apps', kind: 'deployments' });
});

test('[C6] generateName draws five characters', () => {
  const client = new Client();
  const object = { ...configMap(''), metadata: { generateName: 'gen-' } };
  const { metadata } = checkDone(client.create(object), 201);
  expect(metadata.name).toMatch(/^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  expect(checkDone(client.create(object), 201).metadata.name).not.toBe(metadata.name);
  const long = checkDone(client.create({ ...configMap(''), metadata: { generateName: 'g'.repeat(70) } }), 201);
  expect(long.metadata.name).toHaveLength(63);
});

test('[C7] nothing is created in a namespace that is not there', () => {
  const refused = new Client().create(configMap('a'), { namespace: 'nope' });
  checkRefused(refused, { code: 404, reason: 'NotFound', message: 'namespaces "nope" not found' });
  expect(refused.body['details']).toEqual({ name: 'nope', kind: 'namespaces' });
});

test('[C8] the namespace of the object must be that of the request', () => {
  const refused = new Client().create({ ...configMap('a'), metadata: { name: 'a', namespace: 'kube-system' } });
  checkRefused(refused, {
    code: 400,
    reason: 'BadRequest',
    message: 'the namespace of the provided object does not match the namespace sent on the request',
  });
});

test('[C9] misspelt fields: an error, a warning, or nothing', () => {
  const client = new Client();
  const object = { ...configMap('a'), datum: 1 };
  checkRefused(client.create(object, { options: { fieldValidation: 'Strict' } }), {
    code: 400,
    reason: 'BadRequest',
    message: 'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "datum"',
  });
  expect(client.create({ ...object, metadata: { name: 'b' } }).warnings).toEqual(['unknown field "datum"']);
  expect(client.create({ ...object, metadata: { name: 'c' } }, { options: { fieldValidation: 'Ignore' } }).warnings).toEqual([]);
});

test('[C10] a dry run answers as if, and leaves no trace', () => {
  const client = new Client();
  const before = client.cluster.store.resourceVersion;
  const { metadata } = checkDone(client.create(configMap('a'), { options: { dryRun: true } }), 201);
  expect(metadata).not.toHaveProperty('resourceVersion');
  expect(client.cluster.store.resourceVersion).toBe(before);
  expect(client.get('configmaps', 'a').code).toBe(404);
});

test('[C11] a kind that the server does not have, or a verb that it does not allow', () => {
  const client = new Client();
  checkRefused(client.ask({ verb: 'get', group: 'example.com', resource: 'things', name: 'x' }), {
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
  });
  checkRefused(client.ask({ verb: 'get', group: '', resource: 'nodes', namespace: 'default', name: 'x' }), {
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
  });
  checkRefused(client.ask({ verb: 'deletecollection', group: '', resource: 'namespaces' }), {
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
  });
});

test('[C12] bad input of any shape is answered, never thrown', () => {
  const client = new Client();
  for (const body of [undefined, null, 1, 'x', [], {}, { kind: 7 }, { metadata: 'x' }, { metadata: { labels: 3 } }, { spec: null }]) {
    for (const verb of ['create', 'update', 'patch'] as const) {
      const { code } = client.ask({ verb, group: '', resource: 'pods', namespace: 'default', name: 'x', patchType: 'strategic', body });
      expect(code).toBeGreaterThanOrEqual(400);
    }
  }
});

test('[C13] what was read from a cluster is not created with its version', () => {
  const client = new Client();
  const exported = { ...configMap('a'), metadata: { name: 'a', resourceVersion: '5' } };
  const message = 'resourceVersion should not be set on objects to be created';
  expect(client.create(exported)).toMatchObject({ code: 500, body: { message, code: 500 } });
  expect(client.create(exported).body).not.toHaveProperty('reason');
  expect(checkDone(client.create(exported, { options: { dryRun: true } }), 201).metadata.resourceVersion).toBe('5');
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r', resourceVersion: '5' } };
  checkDone(client.update('roles', 'r', role), 201);
});

test('[C14] a generation that the server does not count stays as it was sent', () => {
  const client = new Client();
  expect(checkDone(client.create({ ...configMap('a'), metadata: { name: 'a', generation: 7 } }), 201).metadata.generation).toBe(7);
  const refused = client.create({ ...configMap('b'), metadata: { name: 'b', generation: -1 } });
  checkRefused(refused, {
    code: 422,
    reason: 'Invalid',
    message: 'ConfigMap "b" is invalid: metadata.generation: Invalid value: -1: must be greater than or equal to 0',
  });
});

test('[C15] an owner is named once', () => {
  const client = new Client();
  const { uid } = checkDone(client.create(configMap('owner')), 201).metadata;
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid, controller: true };
  const ownerReferences = [owner, owner, { ...owner, controller: false }];
  const created = client.create({ ...configMap('a'), metadata: { name: 'a', ownerReferences } });
  expect(checkDone(created, 201).metadata.ownerReferences).toEqual([owner, { ...owner, controller: false }]);
  const advice = 'API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests';
  expect(created.warnings).toEqual([`.metadata.ownerReferences contains duplicate entries; ${advice}; duplicate UID(s) observed: ${uid}`]);
  const patch = [{ op: 'add', path: '/metadata/ownerReferences/-', value: owner }];
  expect(client.patch('configmaps', 'a', 'json', patch).warnings).toEqual([
    `.metadata.ownerReferences contains duplicate entries after mutating admission happens; ${advice}; duplicate UID(s) observed: ${uid}`,
  ]);
});

test('[C16] an Event is called by the kind that is stored, whatever it came as', () => {
  const event = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name: 'x' },
    eventTime: '2026-01-01T00:00:00.000000Z',
    regarding: { namespace: 'default' },
  };
  const { body } = new Client().create({ ...event, reportingController: 'ex.com/c', reportingInstance: 'i', reason: 'R', type: 'Normal' });
  expect(body['message']).toBe('Event "x" is invalid: action: Required value');
  expect(body['details']).toMatchObject({ name: 'x', kind: 'Event' });
  expect(body['details']).not.toHaveProperty('group');
});
