// What single kinds do beyond the rules of all: events in two forms, approval, names and sources that are filled in.
import { expect, test } from 'vitest';
import { encodeBase64 } from '../../../server/src/kube/base64.ts';
import { encodeUtf8 } from '../../../server/src/kube/utf8.ts';
import { checkDone, checkRefused, Client, pod } from './support/api.ts';

const base64 = (text: string) => encodeBase64(encodeUtf8(text));
const newEvents = { group: 'events.k8s.io', resource: 'events', namespace: 'default' };

const event = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  metadata: { name: 'e' },
  regarding: { kind: 'Pod', namespace: 'default', name: 'web' },
  reason: 'Seen',
  note: 'a pod was seen',
  type: 'Normal',
  action: 'Look',
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingController: 'example.com/eye',
  reportingInstance: 'eye-1',
};

test('[K1] events of both groups are the same objects in other words', () => {
  const client = new Client();
  checkDone(client.create(event), 201);
  const old = checkDone(client.get('events', 'e', { group: '' }));
  expect(old).toMatchObject({ apiVersion: 'v1', involvedObject: event.regarding, message: event.note, reportingComponent: 'example.com/eye', source: {} });
  const converted = checkDone(client.ask({ verb: 'get', ...newEvents, name: 'e' }));
  expect(converted).toMatchObject(event);
  const found = client.ask({ verb: 'list', ...newEvents, options: { fieldSelector: 'regarding.name=web,reportingController=example.com/eye' } });
  expect(checkDone(found)['items']).toHaveLength(1);
  checkDone(client.ask({ verb: 'delete', ...newEvents, name: 'e' }));
  expect(client.get('events', 'e', { group: '' }).code).toBe(404);
});

test('[K2] whoever uses the newer group is asked for more', () => {
  const { eventTime: _, ...without } = event;
  const refused = new Client().create({ ...without, metadata: { name: 'e' } });
  expect(refused.code).toBe(422);
  expect(refused.body['details'].causes.map(({ field }: { field: string }) => field)).toEqual(['eventTime']);
});

const request = {
  apiVersion: 'certificates.k8s.io/v1',
  kind: 'CertificateSigningRequest',
  metadata: { name: 'jane' },
  spec: {
    request: base64('-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n'),
    signerName: 'example.com/people',
    usages: ['client auth'],
    username: 'somebody else',
  },
};
const approved = { type: 'Approved', status: 'True', reason: 'Known' };

test('[K3] a request for a certificate says who made it, and is approved through its subresource alone', () => {
  const client = new Client();
  const created = checkDone(client.create(request), 201);
  expect(created['spec']).toMatchObject({ username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] });
  const resource = 'certificatesigningrequests';
  const conditions = { status: { conditions: [approved] } };
  const direct = client.patch(resource, 'jane', 'merge', conditions, { subresource: 'status' });
  expect(direct.body['message']).toContain('updates may not add a condition of type "Approved"');
  const after = checkDone(client.patch(resource, 'jane', 'merge', conditions, { subresource: 'approval' }));
  expect(after['status'].conditions).toEqual([{ ...approved, lastUpdateTime: '2026-01-01T00:00:00Z', lastTransitionTime: '2026-01-01T00:00:00Z' }]);
  const certificate = base64('-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n');
  const signed = checkDone(client.patch(resource, 'jane', 'merge', { status: { certificate } }, { subresource: 'status' }));
  expect(signed['status']).toMatchObject({ certificate, conditions: [approved] });
  const taken = client.patch(resource, 'jane', 'merge', { status: { conditions: null } }, { subresource: 'approval' });
  expect(taken.body['message']).toContain('updates may not remove a condition of type "Approved"');
});

test('[K4] a limit range needs no name', () => {
  const range = { apiVersion: 'v1', kind: 'LimitRange', metadata: {}, spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } };
  const created = checkDone(new Client().create(range), 201);
  expect(created.metadata.name).toMatch(/^[0-9a-f-]{36}$/);
  expect(created['spec'].limits[0]).toMatchObject({ default: { cpu: '1' }, defaultRequest: { cpu: '1' } });
});

test('[K5] what a claim is filled from is said twice, and what nobody could fill it from is dropped', () => {
  const client = new Client();
  const claim = (name: string, spec: object) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  });
  const source = { apiGroup: null, kind: 'PersistentVolumeClaim', name: 'old' };
  const copied = checkDone(client.create(claim('a', { dataSource: { kind: 'PersistentVolumeClaim', name: 'old' } })), 201);
  expect(copied['spec']).toMatchObject({ dataSource: source, dataSourceRef: source });
  const strange = checkDone(client.create(claim('b', { dataSource: { kind: 'Cake', name: 'old' } })), 201);
  expect(strange['spec']).not.toHaveProperty('dataSource');
});

test('[K6] a frozen secret stays as it is, its labels aside', () => {
  const client = new Client();
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, immutable: true, stringData: { password: 'x' } };
  expect(checkDone(client.create(secret), 201)).toMatchObject({ data: { password: base64('x') }, type: 'Opaque' });
  checkDone(client.patch('secrets', 's', 'merge', { metadata: { labels: { a: 'b' } } }));
  const message = 'Secret "s" is invalid: data: Forbidden: field is immutable when `immutable` is set';
  checkRefused(client.patch('secrets', 's', 'merge', { stringData: { password: 'y' } }), { code: 422, reason: 'Invalid', message });
});

test('[K7] since when a volume is in its phase', () => {
  const client = new Client();
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' } };
  const spec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/mnt' } };
  const created = checkDone(client.create({ ...volume, spec }), 201);
  expect(created['status']).toEqual({ phase: 'Pending', lastPhaseTransitionTime: '2026-01-01T00:00:00Z' });
});

test('[K8] a priority class is of the first generation for ever', () => {
  const client = new Client();
  checkDone(client.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'p' }, value: 5 }), 201);
  const changed = checkDone(client.patch('priorityclasses', 'p', 'merge', { description: 'x' }));
  expect(changed).toMatchObject({ metadata: { generation: 1 }, preemptionPolicy: 'PreemptLowerPriority', description: 'x' });
});

test('[K9] the components are well', () => {
  const client = new Client();
  const { items } = checkDone(client.list('componentstatuses'));
  expect(items.map(({ metadata }: { metadata: { name: string } }) => metadata.name)).toEqual(['controller-manager', 'etcd-0', 'scheduler']);
  const healthy = { kind: 'ComponentStatus', metadata: { name: 'scheduler' }, conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }] };
  expect(checkDone(client.get('componentstatuses', 'scheduler'))).toMatchObject(healthy);
  checkRefused(client.get('componentstatuses', 'x'), { code: 404, reason: 'NotFound', message: 'componentstatus "x" not found' });
});

test('[K10] a status of a pod takes labels along, but no owners', () => {
  const client = new Client();
  checkDone(client.create(pod('web', { schedulingGates: [{ name: 'a.b/c' }] })), 201);
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u' }];
  const written = client.patch('pods', 'web', 'merge', { metadata: { labels: { a: 'b' }, ownerReferences } }, { subresource: 'status' });
  const { metadata, status } = checkDone(written) as ReturnType<typeof checkDone> & { readonly status: object };
  expect(metadata.labels).toEqual({ app: 'web', a: 'b' });
  expect(metadata).not.toHaveProperty('ownerReferences');
  expect(status).toMatchObject({ conditions: [{ type: 'PodScheduled', reason: 'SchedulingGated', lastProbeTime: null, lastTransitionTime: null }] });
});

test('[K11] a kind on its way out says so, but not where it has nothing', () => {
  const client = new Client();
  const endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'db' } };
  expect(client.create(endpoints).warnings).toEqual(['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice']);
  expect(client.patch('endpoints', 'db', 'merge', { spec: { replicas: 1 } }, { subresource: 'scale' })).toMatchObject({ code: 404, warnings: [] });
});
