import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, configMap, deployment, pod } from './support/api.ts';

test('[D1] a deleted object is gone, and the answer says which it was', () => {
  const client = new Client();
  const { metadata } = checkDone(client.create(configMap('a')), 201);
  const { body } = client.delete('configmaps', 'a');
  expect(body).toMatchObject({ kind: 'Status', status: 'Success', details: { name: 'a', kind: 'configmaps', uid: metadata.uid } });
  checkRefused(client.delete('configmaps', 'a'), { code: 404, reason: 'NotFound', message: 'configmaps "a" not found' });
});

test('[D2] finalizers keep it, with the time of its deletion, until the last one is removed', () => {
  const client = new Client();
  checkDone(client.create({ ...configMap('a'), metadata: { name: 'a', finalizers: ['example.com/x', 'example.com/y'] } }), 201);
  const { metadata } = checkDone(client.delete('configmaps', 'a'));
  expect(metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 });
  checkDone(client.patch('configmaps', 'a', 'merge', { metadata: { finalizers: ['example.com/y'] } }));
  expect(client.get('configmaps', 'a').code).toBe(200);
  checkDone(client.patch('configmaps', 'a', 'merge', { metadata: { finalizers: null } }));
  expect(client.get('configmaps', 'a').code).toBe(404);
});

test('[D3] a pod that runs nowhere goes at once', () => {
  const client = new Client();
  checkDone(client.create(pod('web')), 201);
  const { metadata } = checkDone(client.delete('pods', 'web'));
  expect(metadata).toMatchObject({ name: 'web', generation: 2, deletionGracePeriodSeconds: 0 });
  expect(client.get('pods', 'web').code).toBe(404);
});

test('[D4] a pod on a node is given its grace period, which can only be made shorter', () => {
  const client = new Client();
  checkDone(client.create(pod('web', { nodeName: 'gone', terminationGracePeriodSeconds: 30 })), 201);
  const grace = (seconds?: number) => {
    const options = seconds === undefined ? {} : { gracePeriodSeconds: seconds };
    const { deletionTimestamp, deletionGracePeriodSeconds, generation } = checkDone(client.delete('pods', 'web', options)).metadata;
    return [deletionTimestamp, deletionGracePeriodSeconds, generation];
  };
  expect(grace()).toEqual(['2026-01-01T00:00:30Z', 30, 2]);
  client.cluster.advance(1_000);
  expect(grace()).toEqual(['2026-01-01T00:00:30Z', 30, 2]);
  expect(grace(60)).toEqual(['2026-01-01T00:00:30Z', 30, 2]);
  expect(grace(10)).toEqual(['2026-01-01T00:00:10Z', 10, 2]);
  checkDone(client.delete('pods', 'web', { gracePeriodSeconds: 0 }));
  expect(client.get('pods', 'web').code).toBe(404);
});

test('[D5] preconditions', () => {
  const client = new Client();
  const { metadata } = checkDone(client.create(configMap('a')), 201);
  checkRefused(client.delete('configmaps', 'a', { preconditions: { uid: 'other' } }), {
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (other) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
  });
  expect(client.delete('configmaps', 'a', { preconditions: { resourceVersion: '1' } }).code).toBe(409);
  checkDone(client.delete('configmaps', 'a', { preconditions: { uid: metadata.uid } }));
});

test('[D6] propagation is a finalizer', () => {
  const client = new Client();
  checkDone(client.create(deployment('web')), 201);
  for (const [propagationPolicy, finalizer] of [
    ['Foreground', 'foregroundDeletion'],
    ['Orphan', 'orphan'],
  ] as const) {
    const { metadata } = checkDone(client.delete('deployments', 'web', { propagationPolicy }, { options: { propagationPolicy, dryRun: true } }));
    expect(metadata).toMatchObject({ finalizers: [finalizer], generation: 2, deletionTimestamp: '2026-01-01T00:00:00Z' });
  }
  expect(client.get('deployments', 'web').code).toBe(200);
});

test('[D7] a collection is deleted by its selector', () => {
  const client = new Client();
  for (const name of ['a', 'b', 'c']) checkDone(client.create({ ...configMap(name), metadata: { name, labels: { tier: name } } }), 201);
  const options = { labelSelector: 'tier in (a,b)' };
  const { body } = client.ask({ verb: 'deletecollection', group: '', resource: 'configmaps', namespace: 'default', options });
  expect(body['items']).toHaveLength(2);
  expect(client.names('configmaps')).toEqual(['c', 'kube-root-ca.crt']);
});

test('[D8] three namespaces may not be deleted', () => {
  const client = new Client();
  for (const name of ['default', 'kube-system', 'kube-public']) {
    checkRefused(client.delete('namespaces', name), {
      code: 403,
      reason: 'Forbidden',
      message: `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    });
  }
});

test('[D9] a dry run deletes nothing', () => {
  const client = new Client();
  checkDone(client.create(configMap('a')), 201);
  checkDone(client.delete('configmaps', 'a', { dryRun: true }));
  expect(client.get('configmaps', 'a').code).toBe(200);
});

test('[D10] some kinds leave their dependents unless told otherwise', () => {
  const client = new Client();
  const template = { spec: { ...deployment('pi').spec.template.spec, restartPolicy: 'Never' } };
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'pi' }, spec: { template, suspend: true } };
  checkDone(client.create(job), 201);
  const options = { dryRun: true } as const;
  const { body, warnings } = client.delete('jobs', 'pi', options);
  expect(body['metadata'].finalizers).toEqual(['orphan']);
  expect(warnings).toEqual([expect.stringContaining('child pods are preserved by default')]);
  expect(client.delete('jobs', 'pi', { ...options, propagationPolicy: 'Background' }).body['kind']).toBe('Status');
});
