import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, configMap, pod } from './support/api.ts';

function withMaps(...names: readonly string[]) {
  const client = new Client();
  for (const name of names) checkDone(client.create({ ...configMap(name), metadata: { name, labels: { tier: name } } }), 201);
  return client;
}

const names = ({ body }: ReturnType<Client['list']>) => body['items'].map((item: { metadata: { name: string } }) => item.metadata.name);

test('[L1] in the order of the keys, of one namespace or all', () => {
  const client = withMaps('b', 'a');
  expect(names(client.list('configmaps'))).toEqual(['a', 'b', 'kube-root-ca.crt']);
  const all = client.ask({ verb: 'list', group: '', resource: 'configmaps' });
  expect(names(all)).toEqual(expect.arrayContaining(['a', 'b', 'extension-apiserver-authentication']));
  expect(names(all).filter((name: string) => name === 'kube-root-ca.crt')).toHaveLength(4);
  expect(all.body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1', metadata: { resourceVersion: String(client.cluster.store.resourceVersion) } });
});

test('[L2] label selectors and their errors', () => {
  const client = withMaps('a', 'b', 'c');
  expect(names(client.list('configmaps', { labelSelector: 'tier in (a,b),tier!=b' }))).toEqual(['a']);
  expect(names(client.list('configmaps', { labelSelector: '!tier' }))).toEqual(['kube-root-ca.crt']);
  checkRefused(client.list('configmaps', { labelSelector: 'a b' }), {
    code: 400,
    reason: 'BadRequest',
    message: "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
  });
});

test('[L3] field selectors and their errors', () => {
  const client = withMaps('a', 'b');
  checkDone(client.create(pod('web', { nodeName: 'x' })), 201);
  checkDone(client.create(pod('other')), 201);
  expect(names(client.list('configmaps', { fieldSelector: 'metadata.name!=b' }))).toEqual(['a', 'kube-root-ca.crt']);
  expect(names(client.list('pods', { fieldSelector: 'spec.nodeName=x,status.phase=Pending' }))).toEqual(['web']);
  expect(names(client.list('pods', { fieldSelector: 'spec.hostNetwork=false' }))).toEqual(['other', 'web']);
  checkRefused(client.list('pods', { fieldSelector: 'spec.image=x' }), { code: 400, reason: 'BadRequest', message: 'field label not supported: spec.image' });
  checkRefused(client.list('configmaps', { fieldSelector: 'metadata.name' }), {
    code: 400,
    reason: 'BadRequest',
    message: "invalid selector: 'metadata.name'; can't understand 'metadata.name'",
  });
});

test('[L4] pages', () => {
  const client = withMaps('a', 'b', 'c', 'd');
  const first = client.list('configmaps', { limit: 2 });
  expect(names(first)).toEqual(['a', 'b']);
  expect(first.body['metadata'].remainingItemCount).toBe(3);
  const second = client.list('configmaps', { limit: 2, continue: first.body['metadata'].continue });
  expect(names(second)).toEqual(['c', 'd']);
  const last = client.list('configmaps', { limit: 2, continue: second.body['metadata'].continue });
  expect(names(last)).toEqual(['kube-root-ca.crt']);
  expect(last.body['metadata']).not.toHaveProperty('continue');
});

test('[L5] what is left is not counted when a selector chooses', () => {
  const { body } = withMaps('a', 'b').list('configmaps', { limit: 1, labelSelector: 'tier' });
  expect(body['metadata']).toHaveProperty('continue');
  expect(body['metadata']).not.toHaveProperty('remainingItemCount');
});

test('[L6] a token that is not one', () => {
  const client = withMaps('a');
  const message = 'invalid continue token: continue key is not valid:';
  checkRefused(client.list('configmaps', { limit: 1, continue: 'x' }), {
    code: 400,
    reason: 'BadRequest',
    message: `${message} illegal base64 data at input byte 0`,
  });
  checkRefused(client.list('configmaps', { limit: 1, continue: 'e30' }), {
    code: 400,
    reason: 'BadRequest',
    message: `${message} server does not recognize this encoded version `,
  });
});
