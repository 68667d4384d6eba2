import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, configMap, pod } from '../../registry/support/api.ts';

const inside = { namespace: 'tmp' };

function withNamespace() {
  const client = new Client();
  checkDone(client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tmp' } }), 201);
  return client;
}

test('[N1] a namespace is Active, with a finalizer of its own, an account and the certificate', () => {
  const client = withNamespace();
  expect(checkDone(client.get('namespaces', 'tmp'))).toMatchObject({ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
  checkDone(client.get('serviceaccounts', 'default', inside));
  expect(checkDone(client.get('configmaps', 'kube-root-ca.crt', inside)).data['ca.crt']).toMatch(/^-----BEGIN CERTIFICATE-----/);
});

test('[N2] both come back when somebody deletes or changes them', () => {
  const client = withNamespace();
  checkDone(client.delete('serviceaccounts', 'default', {}, inside));
  checkDone(client.get('serviceaccounts', 'default', inside));
  checkDone(client.patch('configmaps', 'kube-root-ca.crt', 'merge', { data: { 'ca.crt': 'x', more: 'y' } }, inside));
  const { data } = checkDone(client.get('configmaps', 'kube-root-ca.crt', inside));
  expect(Object.keys(data)).toEqual(['ca.crt']);
  expect(data['ca.crt']).not.toBe('x');
});

test('[N3] an empty namespace goes at once', () => {
  const client = withNamespace();
  const { status, metadata } = checkDone(client.delete('namespaces', 'tmp'));
  expect(status.phase).toBe('Terminating');
  expect(metadata).toHaveProperty('deletionTimestamp');
  expect(client.get('namespaces', 'tmp').code).toBe(404);
  expect(client.get('configmaps', 'kube-root-ca.crt', inside).code).toBe(404);
});

test('[N4] pods go first, with their grace; then everything else', () => {
  const client = withNamespace();
  checkDone(client.create(configMap('a'), inside), 201);
  checkDone(client.create(pod('web', { nodeName: 'gone', terminationGracePeriodSeconds: 30 }), inside), 201);
  checkDone(client.delete('namespaces', 'tmp'));
  const conditions = () => Object.fromEntries(checkDone(client.get('namespaces', 'tmp')).status.conditions.map((one: any) => [one.type, one]));
  // As long as there are pods, it is silent about what remains.
  expect(conditions()['NamespaceContentRemaining']).toMatchObject({ status: 'False', reason: 'ContentRemoved' });
  expect(conditions()['NamespaceFinalizersRemaining']).toMatchObject({ status: 'False', reason: 'ContentHasNoFinalizers' });
  checkDone(client.get('configmaps', 'a', inside));
  checkDone(client.delete('pods', 'web', { gracePeriodSeconds: 0 }, inside));
  client.cluster.advance(15_999);
  checkDone(client.get('namespaces', 'tmp'));
  client.cluster.advance(1);
  expect(client.get('namespaces', 'tmp').code).toBe(404);
});

test('[N5] nothing is created in a namespace that goes away', () => {
  const client = withNamespace();
  checkDone(client.create({ ...configMap('a'), metadata: { name: 'a', finalizers: ['example.com/x'] } }, inside), 201);
  checkDone(client.delete('namespaces', 'tmp'));
  const refused = client.create(configMap('b'), inside);
  checkRefused(refused, {
    code: 403,
    reason: 'Forbidden',
    message: 'configmaps "b" is forbidden: unable to create new content in namespace tmp because it is being terminated',
  });
  expect(refused.body['details'].causes).toEqual([
    { reason: 'NamespaceTerminating', message: 'namespace tmp is being terminated', field: 'metadata.namespace' },
  ]);
});

test('[N6] what has a finalizer holds the namespace', () => {
  const client = withNamespace();
  checkDone(client.create({ ...configMap('a'), metadata: { name: 'a', finalizers: ['example.com/x'] } }, inside), 201);
  checkDone(client.delete('namespaces', 'tmp'));
  const remaining = checkDone(client.get('namespaces', 'tmp')).status.conditions.find((one: any) => one.type === 'NamespaceFinalizersRemaining');
  expect(remaining.message).toBe('Some content in the namespace has finalizers remaining: example.com/x in 1 resource instances');
  checkDone(client.patch('configmaps', 'a', 'merge', { metadata: { finalizers: null } }, inside));
  client.cluster.advance(8_000);
  expect(client.get('namespaces', 'tmp').code).toBe(404);
});
