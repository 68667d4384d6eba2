import { expect, test } from 'vitest';
import { Random } from '../../../server/src/cluster/clock/random.ts';
import { Registry } from '../../../server/src/cluster/registry/registry.ts';
import { isStatus, type Status } from '../../../server/src/kube/status.ts';
import type { KubeObject } from '../../../server/src/kube/object.ts';
import type { Pod } from '../../../server/src/schema/generated/types.ts';
import { checkDone, Client, configMap } from './support/api.ts';

/** A writer into a cluster whose components sleep. */
function writing(client = new Client({ nodes: { count: 1 } })) {
  const { store, agenda } = client.cluster;
  const writer = new Registry({ store, agenda, random: new Random(9), because: () => 42 }).writer('tester');
  return { client, store, writer };
}

const labels = { app: 'web' };
/** As decoding leaves it: resources are always there. */
const template = { containers: [{ name: 'web', image: 'nginx:1.27', resources: {} }], securityContext: {} } as unknown as Pod['spec'];
const draft = (spec = template) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'web-', namespace: 'default', labels }, spec });

function done<T>(result: T | Status | undefined): T {
  expect(isStatus(result), JSON.stringify(result)).toBe(false);
  return result as T;
}

/** A pod without what differs from pod to pod. */
const likeness = (pod: KubeObject) =>
  JSON.parse(
    JSON.stringify({ ...pod, metadata: { ...pod.metadata, name: '', uid: '', resourceVersion: '' } }).replace(/kube-api-access-[a-z0-9]{5}/g, 'token'),
  );

test('[W1] all pods of a template are alike, and like a pod that a user creates from it', () => {
  const { client, writer } = writing();
  const [first, second] = [done(writer.create<Pod>('pods', draft())), done(writer.create<Pod>('pods', draft()))];
  expect(first.metadata.name).not.toBe(second.metadata.name);
  expect(first.metadata.uid).not.toBe(second.metadata.uid);
  expect(first.spec.volumes).not.toEqual(second.spec.volumes);
  expect(likeness(second)).toEqual(likeness(first));
  const { managedFields: _, ...metadata } = checkDone(client.create(draft(), { options: { dryRun: true } }), 201).metadata;
  const created = checkDone(client.create(draft(), { options: { dryRun: true } }), 201);
  expect(likeness(first)).toEqual(likeness({ ...created, metadata }));
});

test('[W2] what admission reads may change between two pods', () => {
  const { client, writer } = writing();
  expect(done(writer.create<Pod>('pods', draft())).spec.volumes).toHaveLength(1);
  checkDone(client.patch('serviceaccounts', 'default', 'merge', { automountServiceAccountToken: false }));
  expect(done(writer.create<Pod>('pods', draft())).spec).not.toHaveProperty('volumes');
  checkDone(client.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 7, globalDefault: true }), 201);
  expect(done(writer.create<Pod>('pods', draft())).spec.priority).toBe(7);
});

test('[W3] a template that is no good is refused every time, under the name that was tried', () => {
  const { writer } = writing();
  const bad = { ...template, serviceAccountName: 'nobody' };
  const texts = [writer.create<Pod>('pods', draft(bad)), writer.create<Pod>('pods', draft(bad))].map((result) => isStatus(result) && result.message);
  expect(texts[0]).toMatch(/^pods "web-[a-z0-9]{5}" is forbidden: error looking up service account/);
  expect(texts[1]).not.toBe(texts[0]);
});

test('[W4] a commit names its writer, its cause and its reason', () => {
  const { writer, store } = writing();
  const reason = { code: 'because', args: { of: 1 } };
  done(writer.create('configmaps', { ...configMap('a'), metadata: { name: 'a', namespace: 'default' } }, reason));
  expect(store.log.at(store.resourceVersion)!.cause).toEqual({ by: 'tester', because: 42, reason });
});

test('[W5] a stale version is a conflict, an unchanged object no commit', () => {
  const { writer, store } = writing();
  const map = done(writer.create<KubeObject>('configmaps', { ...configMap('a'), metadata: { name: 'a', namespace: 'default' } }));
  const before = store.resourceVersion;
  expect(writer.update('configmaps', map)).toBe(store.get('configmaps', 'default', 'a'));
  expect(store.resourceVersion).toBe(before);
  done(writer.update('configmaps', { ...map, metadata: { ...map.metadata, labels } }));
  expect(writer.update('configmaps', map)).toMatchObject({ code: 409, reason: 'Conflict' });
});

test('[W6] a status is written with its metadata, as the server does it, and shares the spec', () => {
  const { writer, store } = writing();
  const pod = done(writer.create<Pod>('pods', draft()));
  const metadata = { ...pod.metadata, labels: { app: 'x' } };
  const changed = { ...pod, metadata, spec: { ...pod.spec, hostname: 'x' }, status: { ...pod.status, phase: 'Running' } };
  const after = done(writer.updateStatus<Pod>('pods', changed));
  expect(after.status.phase).toBe('Running');
  expect(after.metadata.labels).toEqual({ app: 'x' });
  expect(after.spec).toBe(pod.spec);
  expect(store.get('pods', 'default', pod.metadata.name)).toBe(after);
});

test('[W7] pods of one template in one zone share their labels', () => {
  const { writer, store } = writing();
  const bound = [1, 2].map(() => {
    const { name } = done(writer.create<Pod>('pods', draft())).metadata;
    expect(writer.bind('default', name, 'node-1')).toBeUndefined();
    return store.get<Pod>('pods', 'default', name)!;
  });
  expect(bound[0]!.metadata.labels).toMatchObject({ app: 'web', 'topology.kubernetes.io/zone': 'zone-a' });
  expect(bound[0]!.metadata.labels).toBe(bound[1]!.metadata.labels);
});

test('[W8] a delete answers with what is left', () => {
  const { writer, store } = writing();
  const { name } = done(writer.create<Pod>('pods', draft())).metadata;
  writer.bind('default', name, 'node-1');
  expect(writer.delete('pods', 'default', name)).toMatchObject({ metadata: { deletionGracePeriodSeconds: 30 } });
  expect(writer.delete('pods', 'default', name, { gracePeriodSeconds: 0 })).toBeUndefined();
  expect(store.get('pods', 'default', name)).toBeUndefined();
  expect(writer.delete('pods', 'default', name)).toMatchObject({ code: 404 });
});

test('[W9] 20,000 names of one prefix are all different', () => {
  const { store, writer } = writing(new Client({ freeze: false, nodes: { count: 0 } }));
  for (let i = 0; i < 20_000; i++) done(writer.create<Pod>('pods', draft()));
  expect(store.collection('pods').size).toBe(20_000);
});
