import { expect, test } from 'vitest';
import { checkDone, Client, configMap, deployment } from './support/api.ts';

type Entry = { readonly manager: string; readonly operation: string; readonly subresource?: string; readonly time: string; readonly fieldsV1: object };

const by = (fieldManager: string) => ({ options: { fieldManager } });

/** The entries of an object: `{ alice: {…} }`, with the subresource behind a slash. */
function managers(client: Client, resource: string, name: string): Readonly<Record<string, object>> {
  const entries = (checkDone(client.get(resource, name)).metadata.managedFields ?? []) as readonly Entry[];
  return Object.fromEntries(entries.map(({ manager, subresource, fieldsV1 }) => [subresource ? `${manager}/${subresource}` : manager, fieldsV1]));
}

test('[M1] who creates an object owns what it said, and what was filled in for it', () => {
  const client = new Client();
  checkDone(client.create(deployment('web'), by('alice')), 201);
  const [entry] = checkDone(client.get('deployments', 'web')).metadata.managedFields as unknown as readonly Entry[];
  expect(entry).toMatchObject({ manager: 'alice', operation: 'Update', apiVersion: 'apps/v1', fieldsType: 'FieldsV1', time: '2026-01-01T00:00:00Z' });
  expect(entry!.fieldsV1).toMatchObject({
    'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
    'f:spec': { 'f:replicas': {}, 'f:selector': {}, 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } } } } },
  });
});

test('[M2] who changes a field takes it over; who adds one owns it; what is removed belongs to nobody', () => {
  const client = new Client();
  checkDone(client.create(configMap('a', { x: '1', y: '1', z: '1' }), by('alice')), 201);
  checkDone(client.patch('configmaps', 'a', 'merge', { data: { x: '2', z: null, w: '1' } }, by('bob')));
  expect(managers(client, 'configmaps', 'a')).toEqual({
    alice: { 'f:data': { '.': {}, 'f:y': {} } },
    bob: { 'f:data': { 'f:w': {}, 'f:x': {} } },
  });
});

test('[M3] a manager that owns nothing any more is not listed', () => {
  const client = new Client();
  checkDone(client.create({ ...configMap('a'), data: undefined, metadata: { name: 'a', labels: { x: '1' } } }, by('alice')), 201);
  checkDone(client.patch('configmaps', 'a', 'merge', { metadata: { labels: null }, data: { y: '1' } }, by('bob')));
  expect(Object.keys(managers(client, 'configmaps', 'a'))).toEqual(['bob']);
});

test('[M4] the time of an entry is that of its last change', () => {
  const client = new Client();
  checkDone(client.create(configMap('a', { x: '1', y: '1' }), by('alice')), 201);
  client.cluster.advance(60_000);
  checkDone(client.patch('configmaps', 'a', 'merge', { data: { x: '2' } }, by('alice')));
  checkDone(client.patch('configmaps', 'a', 'merge', { data: { y: '2' } }, by('bob')));
  client.cluster.advance(60_000);
  checkDone(client.patch('configmaps', 'a', 'merge', { data: { y: '3' } }, by('bob')));
  const entries = checkDone(client.get('configmaps', 'a')).metadata.managedFields as unknown as readonly Entry[];
  expect(entries.map(({ manager, time }) => [manager, time])).toEqual([
    ['alice', '2026-01-01T00:00:00Z'],
    ['bob', '2026-01-01T00:01:00Z'],
  ]);
});

test('[M5] subresources have entries of their own', () => {
  const client = new Client();
  checkDone(client.create(deployment('web'), by('alice')), 201);
  checkDone(client.patch('deployments', 'web', 'merge', { spec: { replicas: 2 } }, { ...by('bob'), subresource: 'scale' }));
  const all = managers(client, 'deployments', 'web');
  expect(all['bob/scale']).toEqual({ 'f:spec': { 'f:replicas': {} } });
  expect(all['alice']).not.toHaveProperty(['f:spec', 'f:replicas']);
});

test('[M6] lists with keys are owned element by element, atomic ones as a whole', () => {
  const client = new Client();
  checkDone(client.create(deployment('web'), by('alice')), 201);
  const template = { spec: { containers: [{ name: 'web', env: [{ name: 'A', value: '1' }] }], tolerations: [{ operator: 'Exists' }] } };
  checkDone(client.patch('deployments', 'web', 'strategic', { spec: { template } }, by('bob')));
  expect(managers(client, 'deployments', 'web')['bob']).toEqual({
    'f:spec': {
      'f:template': {
        'f:spec': {
          'f:containers': { 'k:{"name":"web"}': { 'f:env': { '.': {}, 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } } } },
          'f:tolerations': {},
        },
      },
    },
  });
});

test('[M7] a client that sends the entries back does not change them; one that sends none does not lose them', () => {
  const client = new Client();
  checkDone(client.create(configMap('a'), by('alice')), 201);
  const live = checkDone(client.get('configmaps', 'a'));
  const before = client.cluster.store.resourceVersion;
  checkDone(client.update('configmaps', 'a', live, by('bob')));
  const { managedFields: _, ...metadata } = live.metadata;
  checkDone(client.update('configmaps', 'a', { ...live, metadata }, by('bob')));
  expect(client.cluster.store.resourceVersion).toBe(before);
});

test('[M8] an element that is one value is owned as a whole, and so is what only its kind understands', () => {
  const client = new Client();
  const metadata = { name: 'a', ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }] };
  const account = checkDone(client.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata, secrets: [{ name: 's' }] }, by('alice')), 201);
  expect(account.metadata.managedFields).toMatchObject([
    { fieldsV1: { 'f:secrets': { '.': {}, 'k:{"name":"s"}': {} }, 'f:metadata': { 'f:ownerReferences': { '.': {}, 'k:{"uid":"u"}': {} } } } },
  ]);
  expect(JSON.stringify(account.metadata.managedFields)).not.toContain('f:uid');
  const revision = { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name: 'r' }, revision: 1, data: { a: { b: 1 } } };
  checkDone(client.create(revision, by('alice')), 201);
  expect(managers(client, 'controllerrevisions', 'r')).toEqual({ alice: { 'f:data': {}, 'f:revision': {} } });
});

test("[M9] the status of a new object is nobody's", () => {
  const client = new Client();
  const metadata = { name: 'team', labels: { a: 'b' }, deletionGracePeriodSeconds: 5 };
  checkDone(client.create({ apiVersion: 'v1', kind: 'Namespace', metadata }, by('alice')), 201);
  expect(managers(client, 'namespaces', 'team')).toEqual({
    alice: { 'f:metadata': { 'f:labels': { '.': {}, 'f:a': {}, 'f:kubernetes.io/metadata.name': {} } } },
  });
});

test('[M10] entries that cannot be read are as good as none', () => {
  const client = new Client();
  const entry = { manager: 'eve', operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: { 'f:data': {} } };
  const odd = [{ fieldsV1: 'x' }, { fieldsV1: { 'f:data': 'x' } }, { operation: 'X' }, { apiVersion: '' }, { fieldsType: 'X' }];
  odd.forEach((part, i) => {
    const metadata = { name: `m${i}`, managedFields: [{ ...entry, ...part }] };
    checkDone(client.create({ ...configMap('m'), metadata }, by('alice')), 201);
    expect(managers(client, 'configmaps', `m${i}`)).toEqual({ alice: { 'f:data': { '.': {}, 'f:a': {} } } });
  });
});
