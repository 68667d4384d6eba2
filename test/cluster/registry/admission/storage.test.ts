// Default classes, the finalizers that protect what holds data, and what may grow.
import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, pod } from '../support/api.ts';

const storageClass = (name: string, annotations = {}, rest = {}) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, annotations },
  provisioner: 'example.com/disk',
  ...rest,
});
const asDefault = { 'storageclass.kubernetes.io/is-default-class': 'true' };
const claim = (name: string, spec = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});
const mounting = (claimName: string) => ({ nodeName: 'node-1', volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] });

test('[DC1] a claim without a class gets the newest default, one with an empty class none', () => {
  const client = new Client();
  checkDone(client.create(storageClass('old', asDefault)), 201);
  client.cluster.advance(1_000);
  checkDone(client.create(storageClass('new', asDefault)), 201);
  expect(checkDone(client.create(claim('a')), 201)['spec'].storageClassName).toBe('new');
  expect(checkDone(client.create(claim('b', { storageClassName: '' })), 201)['spec'].storageClassName).toBe('');
});

test('[DC2] an Ingress without a class gets the default one', () => {
  const client = new Client();
  const ingress = (name: string, annotations = {}) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, annotations },
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  });
  expect(checkDone(client.create(ingress('a')), 201)['spec']).not.toHaveProperty('ingressClassName');
  const metadata = { name: 'nginx', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } };
  checkDone(client.create({ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata, spec: { controller: 'example.com/ingress' } }), 201);
  expect(checkDone(client.create(ingress('b')), 201)['spec'].ingressClassName).toBe('nginx');
  expect(checkDone(client.create(ingress('c', { 'kubernetes.io/ingress.class': 'own' })), 201)['spec']).not.toHaveProperty('ingressClassName');
});

test('[SP1] a claim in use stays until its last pod is gone', () => {
  const client = new Client({ nodes: { count: 1 } });
  expect(checkDone(client.create(claim('data')), 201).metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
  checkDone(client.create(pod('web', mounting('data'))), 201);
  checkDone(client.delete('persistentvolumeclaims', 'data'));
  client.cluster.settle();
  expect(client.get('persistentvolumeclaims', 'data').code).toBe(200);
  client.delete('pods', 'web');
  client.cluster.settle();
  expect(client.get('persistentvolumeclaims', 'data').code).toBe(404);
});

test('[SP2] a claim that nobody uses goes at once, and a finalizer taken away comes back', () => {
  const client = new Client();
  checkDone(client.create(claim('data')), 201);
  checkDone(client.patch('persistentvolumeclaims', 'data', 'merge', { metadata: { finalizers: null } }));
  expect(client.get('persistentvolumeclaims', 'data').body['metadata'].finalizers).toEqual(['kubernetes.io/pvc-protection']);
  checkDone(client.delete('persistentvolumeclaims', 'data'));
  expect(client.get('persistentvolumeclaims', 'data').code).toBe(404);
});

test('[SP3] a volume stays while it is bound', () => {
  const client = new Client();
  const spec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' } };
  checkDone(client.create({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' }, spec }), 201);
  checkDone(client.create(claim('data', { storageClassName: '', volumeName: 'disk' })), 201);
  client.cluster.settle();
  expect(checkDone(client.get('persistentvolumes', 'disk'))['status']).toMatchObject({ phase: 'Bound' });
  checkDone(client.delete('persistentvolumes', 'disk'));
  client.cluster.settle();
  expect(client.get('persistentvolumes', 'disk').code).toBe(200);
  checkDone(client.delete('persistentvolumeclaims', 'data'));
  client.cluster.settle();
  expect(client.get('persistentvolumes', 'disk').code).toBe(404);
});

test('[RZ1] a claim grows when it is bound, and its class lets it', () => {
  const client = new Client();
  checkDone(client.create(storageClass('fixed')), 201);
  checkDone(client.create(storageClass('elastic', {}, { allowVolumeExpansion: true })), 201);
  const grow = (name: string) => client.patch('persistentvolumeclaims', name, 'merge', { spec: { resources: { requests: { storage: '2Gi' } } } });
  const forbidden = (name: string, why: string) => ({ code: 403, reason: 'Forbidden', message: `persistentvolumeclaims "${name}" is forbidden: ${why}` });
  for (const storageClassName of ['fixed', 'elastic']) checkDone(client.create(claim(storageClassName, { storageClassName, volumeName: 'disk' })), 201);
  const bind = (name: string) => checkDone(client.patch('persistentvolumeclaims', name, 'merge', { status: { phase: 'Bound' } }, { subresource: 'status' }));
  bind('fixed');
  bind('elastic');
  const why = 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
  checkRefused(grow('fixed'), forbidden('fixed', why));
  checkDone(grow('elastic'));
});
