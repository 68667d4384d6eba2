// LimitRanger: what containers get that do not say, and what is out of bounds.
import { expect, test } from 'vitest';
import { checkDone, Client, pod } from '../support/api.ts';

const range = (...limits: object[]) => ({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'limits' }, spec: { limits } });

function clientWith(...limits: object[]): Client {
  const client = new Client();
  checkDone(client.create(range(...limits)), 201);
  return client;
}

const asking = (resources: object) => ({ containers: [{ name: 'web', image: 'nginx:1.27', resources }] });
const refusalOf = (client: Client, resources: object) => client.create(pod('x', asking(resources))).body['message'];

test('[LR1] defaults are filled in, and an annotation tells of it', () => {
  const client = clientWith({ type: 'Container', default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '100m' } });
  const spec = { containers: [{ name: 'web', image: 'x', resources: { requests: { memory: '1Mi' } } }], initContainers: [{ name: 'init', image: 'x' }] };
  const made = checkDone(client.create(pod('web', spec)), 201);
  expect(made['spec'].containers[0].resources).toEqual({ limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '1Mi' } });
  expect(made['spec'].initContainers[0].resources).toEqual({ limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } });
  expect(made.metadata.annotations).toEqual({
    'kubernetes.io/limit-ranger':
      'LimitRanger plugin set: cpu request for container web; cpu, memory limit for container web; cpu, memory request for init container init; cpu, memory limit for init container init',
  });
});

test('[LR2] pods of a workload get the defaults too, and follow when they change', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(range({ type: 'Container', defaultRequest: { cpu: '100m' } })), 201);
  const set = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: asking({}) } },
  };
  checkDone(client.create(set), 201);
  const requests = () => client.list('pods').body['items'].map(({ spec, metadata }: any) => [spec.containers[0].resources.requests.cpu, metadata.annotations]);
  const told = { 'kubernetes.io/limit-ranger': 'LimitRanger plugin set: cpu request for container web' };
  expect(requests()).toEqual([
    ['100m', told],
    ['100m', told],
  ]);
  checkDone(client.patch('limitranges', 'limits', 'merge', { spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '200m' } }] } }));
  checkDone(client.patch('replicasets', 'web', 'merge', { spec: { replicas: 3 } }));
  expect(
    requests()
      .map(([cpu]: [string]) => cpu)
      .sort(),
  ).toEqual(['100m', '100m', '200m']);
});

const container = { type: 'Container', min: { cpu: '100m', memory: '64Mi' }, max: { cpu: '2', memory: '1Gi' }, maxLimitRequestRatio: { cpu: '4' } };

test.each([
  [{ requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '100m', memory: '64Mi' } }, 'minimum cpu usage per Container is 100m, but request is 50m'],
  [{ requests: { cpu: '1', memory: '64Mi' }, limits: { cpu: '1', memory: '2Gi' } }, 'maximum memory usage per Container is 1Gi, but limit is 2Gi'],
  [
    { requests: { cpu: '150m', memory: '64Mi' }, limits: { cpu: '1', memory: '64Mi' } },
    'cpu max limit to request ratio per Container is 4, but provided ratio is 6.666667',
  ],
])('[LR3] out of bounds: %j', (resources, why) => {
  const own = { ...container };
  expect(refusalOf(clientWith(own, { type: 'Pod', max: { cpu: '3' } }), resources)).toBe(`pods "x" is forbidden: ${why}`);
});

test('[LR4] several findings, and those of the pod as a whole, in brackets', () => {
  const client = clientWith(container, { type: 'Pod', max: { cpu: '3' } });
  expect(refusalOf(client, { requests: { cpu: '10m', memory: '1Mi' }, limits: { cpu: '4', memory: '4Gi' } })).toBe(
    'pods "x" is forbidden: [minimum cpu usage per Container is 100m, but request is 10m, minimum memory usage per Container is 64Mi, but request is 1Mi, ' +
      'maximum cpu usage per Container is 2, but limit is 4, maximum memory usage per Container is 1Gi, but limit is 4Gi, ' +
      'cpu max limit to request ratio per Container is 4, but provided ratio is 400.000000, maximum cpu usage per Pod is 3, but limit is 4]',
  );
});

test('[LR5] who does not say is out of bounds where nothing is filled in', () => {
  const client = clientWith({ type: 'Pod', min: { cpu: '1' }, max: { memory: '1Gi' } });
  expect(refusalOf(client, {})).toBe(
    'pods "x" is forbidden: [minimum cpu usage per Pod is 1.  No request is specified, maximum memory usage per Pod is 1Gi.  No limit is specified]',
  );
});

test('[LR6] claims: only what they request, also when they grow', () => {
  const client = clientWith({ type: 'PersistentVolumeClaim', min: { storage: '1Gi' }, max: { storage: '10Gi' } });
  const claim = (storage: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  });
  const refused = 'persistentvolumeclaims "data" is forbidden: ';
  expect(client.create(claim('20Gi')).body['message']).toBe(`${refused}maximum storage usage per PersistentVolumeClaim is 10Gi, but request is 20Gi`);
  expect(client.create(claim('500Mi')).body['message']).toBe(`${refused}minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 500Mi`);
  checkDone(client.create(claim('5Gi')), 201);
});
