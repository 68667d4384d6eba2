// Ranges of cluster IPs: protected, ready, and gone only when nobody needs them.
import { expect, test } from 'vitest';
import { checkDone, Client } from '../registry/support/api.ts';

const range = (name: string, ...cidrs: readonly string[]) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name }, spec: { cidrs } });

const service = (name: string, clusterIP: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { clusterIP, ports: [{ port: 80 }] } });

const ready = (client: Client, name: string) => checkDone(client.get('servicecidrs', name))['status'].conditions[0];

function withRange(...cidrs: readonly string[]): Client {
  const client = new Client();
  checkDone(client.create(range('more', ...cidrs)), 201);
  client.cluster.settle();
  return client;
}

test('[SC1] a new range is protected and ready', () => {
  const client = withRange('192.168.7.0/24');
  expect(checkDone(client.get('servicecidrs', 'more')).metadata.finalizers).toEqual(['networking.k8s.io/service-cidr-finalizer']);
  expect(ready(client, 'more')).toMatchObject({ type: 'Ready', status: 'True', reason: '', message: 'Kubernetes Service CIDR is ready' });
});

test('[SC2] a range that nobody uses is gone ten seconds after it was deleted', () => {
  const client = withRange('192.168.7.0/24');
  checkDone(client.delete('servicecidrs', 'more'));
  client.cluster.advance(9_000);
  expect(client.get('servicecidrs', 'more').code).toBe(200);
  client.cluster.advance(2_000);
  expect(client.get('servicecidrs', 'more').code).toBe(404);
});

test('[SC3] a range with an address stays until the address is released, and gives no other', () => {
  const client = withRange('192.168.7.0/24');
  checkDone(client.create(service('a', '192.168.7.7')), 201);
  checkDone(client.delete('servicecidrs', 'more'));
  client.cluster.advance(60_000);
  expect(ready(client, 'more')).toMatchObject({ status: 'False', reason: 'Terminating' });
  expect(client.create(service('b', '192.168.7.8')).body['message']).toContain('the provided network does not match the current range');
  checkDone(client.delete('services', 'a'));
  client.cluster.settle();
  expect(client.get('servicecidrs', 'more').code).toBe(404);
});

test('[SC4] a range within another one is not needed for its addresses', () => {
  const client = withRange('10.96.7.0/24');
  checkDone(client.create(service('a', '10.96.7.7')), 201);
  checkDone(client.delete('servicecidrs', 'more'));
  client.cluster.advance(11_000);
  expect(client.get('servicecidrs', 'more').code).toBe(404);
});

test('[SC5] the range of the API server itself is needed', () => {
  const client = new Client();
  checkDone(client.delete('servicecidrs', 'kubernetes'));
  client.cluster.advance(60_000);
  expect(ready(client, 'kubernetes')).toMatchObject({ status: 'False', reason: 'Terminating' });
});
