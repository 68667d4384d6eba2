// The official JavaScript client against the server: what a program that somebody else wrote expects of it.
import * as k8s from '@kubernetes/client-node';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve, type Served } from './support/served.ts';

let served: Served;
const config = new k8s.KubeConfig();
let core: k8s.CoreV1Api;
let apps: k8s.AppsV1Api;

beforeAll(async () => {
  served = await serve();
  config.loadFromString(served.kubeconfig.text);
  core = config.makeApiClient(k8s.CoreV1Api);
  apps = config.makeApiClient(k8s.AppsV1Api);
});

afterAll(() => served.stop());

const namespace = 'default';
const labels = { app: 'web' };
const deployment = (name: string): k8s.V1Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } } },
});
const configMap = (name: string, value: string): k8s.V1ConfigMap => ({ metadata: { name }, data: { value } });

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}

test('objects are created, listed in pages, replaced, patched and deleted; dates are dates', async () => {
  for (const name of ['p1', 'p2', 'p3']) await core.createNamespacedConfigMap({ namespace, body: configMap(name, '1') });
  const first = await core.listNamespacedConfigMap({ namespace, limit: 2 });
  expect(first.items).toHaveLength(2);
  const rest = await core.listNamespacedConfigMap({ namespace, limit: 10, _continue: first.metadata!._continue! });
  expect([...first.items, ...rest.items].map(({ metadata }) => metadata!.name)).toEqual(['kube-root-ca.crt', 'p1', 'p2', 'p3']);
  const read = await core.readNamespacedConfigMap({ namespace, name: 'p1' });
  expect(read.metadata!.creationTimestamp).toBeInstanceOf(Date);
  const replaced = await core.replaceNamespacedConfigMap({ namespace, name: 'p1', body: { ...read, data: { value: '2' } } });
  expect(replaced.data).toEqual({ value: '2' });
  // The old version is not the newest any more.
  await expect(core.replaceNamespacedConfigMap({ namespace, name: 'p1', body: { ...read, data: { value: '3' } } })).rejects.toMatchObject({ code: 409 });
  const patched = await core.patchNamespacedConfigMap(
    { namespace, name: 'p1', body: { data: { more: 'x' } } },
    k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch),
  );
  expect(patched.data).toEqual({ value: '2', more: 'x' });
  await core.deleteNamespacedConfigMap({ namespace, name: 'p1' });
  await expect(core.readNamespacedConfigMap({ namespace, name: 'p1' })).rejects.toMatchObject({ code: 404 });
});

test('server-side apply: two managers, a conflict, and force', async () => {
  const apply = (fieldManager: string, value: string, force?: boolean) =>
    core.patchNamespacedConfigMap(
      { namespace, name: 'shared', fieldManager, body: { apiVersion: 'v1', kind: 'ConfigMap', ...configMap('shared', value) }, ...(force && { force }) },
      k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.ServerSideApply),
    );
  await apply('one', 'a');
  await expect(apply('two', 'b')).rejects.toMatchObject({ code: 409 });
  expect((await apply('two', 'b', true)).metadata!.managedFields!.map(({ manager }) => manager)).toEqual(['two']);
});

test('a watch tells of a rollout from its first pod to the last', async () => {
  const ready = new Set<string>();
  const watching = await new k8s.Watch(config).watch(
    `/api/v1/namespaces/${namespace}/pods`,
    { labelSelector: 'app=web' },
    (_type, pod: k8s.V1Pod) => {
      if (pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')) ready.add(pod.metadata!.name!);
    },
    () => {},
  );
  await apps.createNamespacedDeployment({ namespace, body: deployment('web') });
  await until(() => ready.size === 2, 'two ready pods');
  watching.abort();
});

/** Set CHURN_SECONDS=600 for ten minutes of it. */
const churnMs = Number(process.env['CHURN_SECONDS'] ?? 4) * 1000;

test(
  'an informer holds what the cluster holds, after much has come and gone',
  async () => {
    const informer = k8s.makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, () => core.listNamespacedConfigMap({ namespace }));
    const seen = { add: 0, update: 0, delete: 0 };
    for (const event of ['add', 'update', 'delete'] as const) informer.on(event, () => void seen[event]++);
    informer.on('error', () => setTimeout(() => void informer.start(), 100));
    await informer.start();
    let turn = 0;
    for (const end = Date.now() + churnMs; Date.now() < end; turn++) {
      const name = `churn-${turn % 20}`;
      const exists = served.cluster.store.get('configmaps', namespace, name) !== undefined;
      if (!exists) await core.createNamespacedConfigMap({ namespace, body: configMap(name, String(turn)) });
      else if (turn % 3 === 0) await core.deleteNamespacedConfigMap({ namespace, name });
      else await core.replaceNamespacedConfigMap({ namespace, name, body: configMap(name, String(turn)) });
    }
    const held = () =>
      JSON.stringify(
        informer
          .list()
          .map(({ metadata }) => [metadata!.name, metadata!.resourceVersion])
          .sort(),
      );
    const stored = [...served.cluster.store.collection('configmaps').values()].filter(({ metadata }) => metadata.namespace === namespace);
    const there = JSON.stringify(stored.map(({ metadata }) => [metadata.name, metadata.resourceVersion]).sort());
    await until(() => held() === there, 'the informer to hold what is there');
    await informer.stop();
    expect(Math.min(seen.add, seen.update, seen.delete)).toBeGreaterThan(turn / 20);
  },
  churnMs + 60_000,
);

test('logs and commands of a container', async () => {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: 'app=web', fieldSelector: 'status.phase=Running' });
  const name = items[0]!.metadata!.name!;
  // It may have only just started.
  await until(async () => (await core.readNamespacedPodLog({ namespace, name })).includes('nginx'), 'the log of nginx');
  const out = new PassThrough();
  let said = '';
  out.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const status = await new Promise<k8s.V1Status>((resolve, reject) => {
    new k8s.Exec(config).exec(namespace, name, 'web', ['hostname'], out, null, null, false, resolve).catch(reject);
  });
  expect({ status: status.status, said }).toEqual({ status: 'Success', said: `${name}\n` });
});
