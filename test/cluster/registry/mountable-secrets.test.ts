import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, pod } from './support/api.ts';

const guarded = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'guarded', annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' } },
  secrets: [{ name: 'listed' }],
  imagePullSecrets: [{ name: 'registry' }],
};
const end = 'is not allowed because service account guarded does not reference that';
const secretVolume = (secretName: string) => ({ volumes: [{ name: 'v', secret: { secretName } }] });
const container = (more: object) => ({ name: 'web', image: 'nginx', ...more });

test.each([
  ['a volume', secretVolume('other'), `volume with secret.secretName="other" ${end} secret`],
  [
    'a variable of an init container',
    {
      initContainers: [container({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'other', key: 'k' } } }] })],
      containers: [container({ name: 'main' })],
    },
    `init container web with envVar A referencing secret.secretName="other" ${end} secret`,
  ],
  [
    'all variables',
    { containers: [container({ envFrom: [{ secretRef: { name: 'other' } }] })] },
    `container web with envFrom referencing secret.secretName="other" ${end} secret`,
  ],
  ['a pull secret', { imagePullSecrets: [{ name: 'other' }] }, `imagePullSecrets[0].name="other" ${end} imagePullSecret`],
])('[A20] a guarded account lists what its pods may use: %s', (_, spec, why) => {
  const client = new Client();
  checkDone(client.create(guarded), 201);
  const message = `pods "web" is forbidden: ${why}`;
  checkRefused(client.create(pod('web', { serviceAccountName: 'guarded', ...spec })), { code: 403, reason: 'Forbidden', message });
  checkDone(client.create(pod('web', spec)), 201);
});

test('[A21] what is listed is allowed, and pull secrets come from the account', () => {
  const client = new Client();
  checkDone(client.create(guarded), 201);
  const { spec } = checkDone(client.create(pod('web', { serviceAccountName: 'guarded', ...secretVolume('listed') })), 201);
  expect(spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
});

test('[A22] a mirror pod is left as it is, and has no secrets', () => {
  const client = new Client();
  const mirror = (name: string, spec: object) => {
    const { metadata, ...rest } = pod(name, { nodeName: 'node-1', ...spec });
    return { ...rest, metadata: { ...metadata, annotations: { 'kubernetes.io/config.mirror': 'x' } } };
  };
  const { spec } = checkDone(client.create(mirror('a', {})), 201);
  expect([spec.serviceAccountName, spec.volumes]).toEqual([undefined, undefined]);
  const refused = (object: object, why: string) =>
    checkRefused(client.create(object), { code: 403, reason: 'Forbidden', message: `pods "b" is forbidden: ${why}` });
  refused(mirror('b', { serviceAccountName: 'default' }), 'a mirror pod may not reference service accounts');
  refused(mirror('b', secretVolume('x')), 'a mirror pod may not reference secrets');
  const token = { name: 'v', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } };
  refused(mirror('b', { volumes: [token] }), 'a mirror pod may not use ServiceAccountToken volume projections');
});
