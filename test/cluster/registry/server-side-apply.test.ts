import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, configMap, deployment } from './support/api.ts';

type Map = Readonly<Record<string, any>>;

function applying(client = new Client()) {
  return {
    client,
    apply: (fieldManager: string, object: Map, options: object = {}) => {
      const resource = object['kind'] === 'ConfigMap' ? 'configmaps' : 'deployments';
      return client.patch(resource, object['metadata'].name, 'apply', object, { options: { fieldManager, ...options } });
    },
    owners: () =>
      Object.fromEntries(
        (checkDone(client.get('configmaps', 'shared')).metadata.managedFields as unknown as readonly Map[]).map((entry) => [
          entry['manager'],
          Object.keys(entry['fieldsV1']['f:data'] ?? {}),
        ]),
      ),
    data: () => checkDone(client.get('configmaps', 'shared'))['data'],
  };
}

const shared = (data: Map) => configMap('shared', data);

test('[P1] what is not there is created', () => {
  const { apply, owners } = applying();
  const { metadata } = checkDone(apply('alice', shared({ a: '1' })), 201);
  expect(metadata.managedFields).toEqual([
    {
      manager: 'alice',
      operation: 'Apply',
      apiVersion: 'v1',
      time: '2026-01-01T00:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { 'f:a': {} } },
    },
  ]);
  expect(owners()).toEqual({ alice: ['f:a'] });
});

test('[P2] what others own and it would change is a conflict, unless it is taken by force', () => {
  const { apply, owners, data } = applying();
  checkDone(apply('alice', shared({ a: '1', b: '2' })), 201);
  const refused = apply('bob', shared({ b: '9', c: '3' }));
  checkRefused(refused, { code: 409, reason: 'Conflict', message: 'Apply failed with 1 conflict: conflict with "alice": .data.b' });
  expect(refused.body['details'].causes).toEqual([{ reason: 'FieldManagerConflict', message: 'conflict with "alice"', field: '.data.b' }]);
  checkDone(apply('bob', shared({ b: '9', c: '3' }), { force: true }));
  expect(owners()).toEqual({ alice: ['f:a'], bob: ['f:b', 'f:c'] });
  expect(data()).toEqual({ a: '1', b: '9', c: '3' });
});

test('[P3] what the applier no longer mentions goes, unless somebody else owns it', () => {
  const { apply, owners, data, client } = applying();
  checkDone(apply('alice', shared({ a: '1' })), 201);
  checkDone(apply('bob', shared({ a: '1', b: '2', c: '3' })));
  checkDone(client.patch('configmaps', 'shared', 'merge', { data: { c: '4' } }, { options: { fieldManager: 'carol' } }));
  checkDone(apply('bob', shared({ d: '5' })));
  expect(data()).toEqual({ a: '1', c: '4', d: '5' });
  expect(owners()).toEqual({ alice: ['f:a'], bob: ['f:d'], carol: ['f:c'] });
});

test('[P4] the same value is shared', () => {
  const { apply, owners } = applying();
  checkDone(apply('alice', shared({ a: '1' })), 201);
  checkDone(apply('bob', shared({ a: '1' })));
  expect(owners()).toEqual({ alice: ['f:a'], bob: ['f:a'] });
});

test('[P5] applying the same again is no commit', () => {
  const { apply, client } = applying();
  checkDone(apply('alice', shared({ a: '1' })), 201);
  client.cluster.advance(5_000);
  const before = client.cluster.store.resourceVersion;
  checkDone(apply('alice', shared({ a: '1' })));
  expect(client.cluster.store.resourceVersion).toBe(before);
});

test('[P6] conflicts with several managers, by manager and field', () => {
  const { apply, client } = applying();
  checkDone(apply('kubectl', deployment('web', { replicas: 1 })), 201);
  checkDone(client.patch('deployments', 'web', 'merge', { spec: { replicas: 3 } }, { subresource: 'scale', options: { fieldManager: 'kubectl' } }));
  const containers = [{ name: 'web', image: 'nginx:1.28' }];
  checkDone(client.patch('deployments', 'web', 'strategic', { spec: { template: { spec: { containers } } } }, { options: { fieldManager: 'kubectl-set' } }));
  checkRefused(apply('kubectl', deployment('web', { replicas: 1 })), {
    code: 409,
    reason: 'Conflict',
    message:
      'Apply failed with 2 conflicts: conflicts with "kubectl" with subresource "scale" using apps/v1:\n- .spec.replicas\nconflicts with "kubectl-set" using apps/v1:\n- .spec.template.spec.containers[name="web"].image',
  });
});

test('[P6] of the conflicts with one manager those come first that stand higher', () => {
  const { apply } = applying();
  const web = (image: string, value: string) => {
    const object = deployment('web');
    const containers = [{ name: 'web', image, env: [{ name: 'A', value }] }];
    return { ...object, spec: { ...object.spec, template: { ...object.spec.template, spec: { containers } } } };
  };
  checkDone(apply('one', web('nginx:1', 'x')), 201);
  checkRefused(apply('two', web('nginx:2', 'y')), {
    code: 409,
    reason: 'Conflict',
    message:
      'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.template.spec.containers[name="web"].image\n- .spec.template.spec.containers[name="web"].env[name="A"].value',
  });
});

test('[P7] elements of lists are joined by their keys, in an order that both sides can live with', () => {
  const { apply, client } = applying();
  const container = (name: string) => ({ name, image: name });
  const names = () => checkDone(client.get('deployments', 'web')).spec.template.spec.containers.map((one: { name: string }) => one.name);
  const withContainers = (...list: readonly string[]) => {
    const object = deployment('web');
    const template = { ...object.spec.template, spec: { containers: list.map(container) } };
    return { ...object, spec: { ...object.spec, template } };
  };
  checkDone(apply('alice', withContainers('a', 'x', 'b')), 201);
  checkDone(apply('bob', withContainers('b', 'c', 'a')));
  expect(names()).toEqual(['x', 'b', 'c', 'a']);
  checkDone(apply('alice', withContainers('a', 'b')));
  expect(names()).toEqual(['c', 'a', 'b']);
  checkDone(apply('bob', withContainers('c')));
  expect(names()).toEqual(['c', 'a', 'b']);
});

test('[P8] what cannot be applied', () => {
  const { apply, client } = applying();
  const refused = (object: Map, options?: object) => {
    const { code, body } = apply('me', object, options);
    return [code, body['message']];
  };
  expect(refused({ ...shared({}), datum: 1 })).toEqual([
    500,
    'failed to create typed patch object (/shared; /v1, Kind=ConfigMap): .datum: field not declared in schema',
  ]);
  const twice = deployment('web', { template: { spec: { containers: [{ name: 'a' }, { name: 'a' }] } } });
  expect(refused(twice)[1]).toBe(
    'failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.template.spec.containers: duplicate entries for key [name="a"]',
  );
  expect(refused(deployment('web', { replicas: 'three' }))[1]).toMatch(/: \.spec\.replicas: expected numeric \(int or float\), got string$/);
  expect(refused({ ...shared({}), metadata: { name: 'shared', managedFields: [{ manager: 'x' }] } })).toEqual([400, 'metadata.managedFields must be nil']);
  expect(refused({ ...shared({}), metadata: { name: 'shared', uid: 'x' } })).toEqual([
    409,
    'Operation cannot be fulfilled on configmaps "shared": uid mismatch: the provided object specified uid x, and no existing object was found',
  ]);
  expect(client.patch('configmaps', 'a', 'apply', { kind: 'ConfigMap' }, { options: { fieldManager: 'me' } }).body['message']).toBe(
    'invalid object type: /, Kind=ConfigMap',
  );
  expect(client.patch('configmaps', 'a', 'apply', configMap('a')).body['message']).toBe(
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  );
  const text = { content: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  x: "1"\n  x: "2"\n', format: 'yaml' } as const;
  const request = { verb: 'patch', group: '', resource: 'configmaps', namespace: 'default', name: 'a', patchType: 'apply', text } as const;
  expect(client.ask({ ...request, options: { fieldManager: 'me', fieldValidation: 'Strict' } }).body['message']).toBe(
    'error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 6: key "x" already set in map',
  );
});

test('[P9] a field that was never tracked, such as a controller’s annotation, is nobody’s and stays', () => {
  const { apply, client } = applying();
  const annotated = (annotations: Map) => ({ ...deployment('web'), metadata: { name: 'web', annotations } });
  checkDone(apply('alice', annotated({ note: 'x' })), 201);
  checkDone(apply('alice', annotated({})));
  expect(checkDone(client.get('deployments', 'web')).metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
});

test.each<[string, Map, string]>([
  ['nothing', { containers: [null] }, '.spec.template.spec.containers: element 0: associative list with keys may not have a null element'],
  ['a text', { containers: ['web'] }, '.spec.template.spec.containers: element 0: associative list with keys may not have non-map elements'],
  ['two without a name', { containers: [{ image: 'a' }, { image: 'b' }] }, '.spec.template.spec.containers: duplicate entries for key [name=""]'],
])('an element that cannot be told from others: %s', (_, spec, text) => {
  const { apply } = applying();
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { spec } } };
  const message = `failed to create typed patch object (/web; apps/v1, Kind=Deployment): ${text}`;
  expect(apply('alice', object).body).toMatchObject({ code: 500, message });
});

test.each<[string, unknown, string]>([
  ['nothing', null, "associative list without keys has an element that's an explicit null"],
  ['a map', {}, "associative list without keys has an element that's a map type"],
  ['a list', [], 'not supported: associative list with lists as elements'],
])('an element of a set that is none: %s', (_, element, text) => {
  const { apply } = applying();
  const object = { ...shared({}), metadata: { name: 'shared', finalizers: [element] } };
  expect(apply('alice', object).body['message']).toContain(`.metadata.finalizers: element 0: ${text}`);
});
