// pods/eviction: when a budget lets a pod go, and in which words it does not.
import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, pod } from '../support/api.ts';

const budget = (spec: object, name = 'guard') => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

const ready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };

/** Pods that nobody runs: their status is written by hand. */
function clientWith(pods: Record<string, object>, ...budgets: object[]): Client {
  const client = new Client();
  for (const [name, status] of Object.entries(pods)) {
    const made = pod(name, { schedulerName: 'nobody' });
    checkDone(client.create({ ...made, metadata: { name, labels: { app: 'web' } } }), 201);
    checkDone(client.patch('pods', name, 'merge', { status }, { subresource: 'status' }));
  }
  for (const one of budgets) checkDone(client.create(one), 201);
  return client;
}

const evict = (client: Client, name: string, rest: object = {}, options = {}) =>
  client.ask({
    verb: 'create',
    group: '',
    resource: 'pods',
    subresource: 'eviction',
    namespace: 'default',
    name,
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name }, ...rest },
    options,
  });

const statusOf = (client: Client, name = 'guard') => client.get('poddisruptionbudgets', name).body['status'];

test('[EV1] an eviction that is allowed is charged, and the pod says why it went', () => {
  const client = clientWith({ a: ready, b: ready }, budget({ minAvailable: 1 }));
  expect(statusOf(client)).toMatchObject({ currentHealthy: 2, desiredHealthy: 1, disruptionsAllowed: 1, expectedPods: 2, observedGeneration: 1 });
  expect(statusOf(client).conditions).toMatchObject([{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods', message: '' }]);
  const seen: any[] = [];
  client.cluster.store.onCommit(({ resource, after }) => void (resource === 'pods' && after && seen.push(after)));
  expect(evict(client, 'a')).toMatchObject({ code: 201, body: { status: 'Success', code: 201 } });
  expect(seen.at(-1).status.conditions.at(-1)).toMatchObject({
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  });
  expect(client.names('pods')).toEqual(['b']);
  expect(statusOf(client)).toMatchObject({ currentHealthy: 1, disruptionsAllowed: 0, conditions: [{ status: 'False', reason: 'InsufficientPods' }] });
});

test('[EV2] too few healthy pods', () => {
  const client = clientWith({ a: ready, b: ready, c: { phase: 'Pending' } }, budget({ minAvailable: 3 }));
  const { code, body } = evict(client, 'a');
  expect({ code, reason: body['reason'], message: body['message'], details: body['details'] }).toEqual({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget guard needs 3 healthy pods and has 2 currently' }] },
  });
  // What does not run disrupts nobody.
  expect(evict(client, 'c').code).toBe(201);
});

test('[EV3] two budgets are one too many', () => {
  const client = clientWith({ a: ready }, budget({ minAvailable: 0 }), budget({ minAvailable: 0 }, 'other'));
  checkRefused(evict(client, 'a'), {
    code: 500,
    message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  });
});

test('[EV4] a pod that is not ready may go when enough others are, or always', () => {
  const unready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };
  expect(evict(clientWith({ a: ready, b: unready }, budget({ minAvailable: 1 })), 'b').code).toBe(201);
  expect(evict(clientWith({ a: ready, b: unready }, budget({ minAvailable: 2 })), 'b').code).toBe(429);
  expect(evict(clientWith({ a: ready, b: unready }, budget({ minAvailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' })), 'b').code).toBe(201);
});

test('[EV5] a dry run, of either sort, changes nothing', () => {
  const client = clientWith({ a: ready }, budget({ minAvailable: 0 }));
  const before = client.cluster.store.resourceVersion;
  expect(evict(client, 'a', {}, { dryRun: true }).code).toBe(201);
  expect(evict(client, 'a', { deleteOptions: { dryRun: ['All'] } }).code).toBe(201);
  expect(client.cluster.store.resourceVersion).toBe(before);
});

test('[EV7] a pod that stays for a while after its eviction counts as gone at once', () => {
  const client = clientWith({ a: ready, b: ready }, budget({ minAvailable: 1 }));
  const charged: any[] = [];
  client.cluster.store.onCommit(({ resource, after }) => void (resource === 'poddisruptionbudgets.policy' && charged.push(after)));
  expect(evict(client, 'a').code).toBe(201);
  expect(charged[0].status).toMatchObject({
    disruptionsAllowed: 0,
    disruptedPods: { a: '2026-01-01T00:00:00Z' },
    conditions: [{ reason: 'InsufficientPods' }],
  });
  expect(statusOf(client)).not.toHaveProperty('disruptedPods');
});

test('[EV6] names and preconditions', () => {
  const client = clientWith({ a: ready });
  checkRefused(evict(client, 'a', { metadata: { name: 'b' } }), {
    code: 400,
    reason: 'BadRequest',
    message: 'name in URL does not match name in Eviction object',
  });
  expect(evict(client, 'a', { deleteOptions: { preconditions: { uid: 'other' } } })).toMatchObject({ code: 409, body: { reason: 'Conflict' } });
  expect(evict(client, 'nobody').code).toBe(404);
});
