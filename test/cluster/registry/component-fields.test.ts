// Who set which field, when components wrote too: put together from the log for who asks.
import { expect, test } from 'vitest';
import { checkDone, Client, configMap } from './support/api.ts';

interface Shown {
  readonly manager: string;
  readonly operation: string;
  readonly subresource?: string;
  readonly fieldsV1: Record<string, Record<string, unknown>>;
}

const deployment = (image = 'nginx:1.25') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
  },
});

function entriesOf(client: Client, group: string, resource: string, name: string): readonly Shown[] {
  const { body } = client.ask({ verb: 'get', group, resource, namespace: 'default', name, options: { componentFields: true } });
  return (body as unknown as { metadata: { managedFields?: readonly Shown[] } }).metadata.managedFields ?? [];
}

const managersOf = (entries: readonly Shown[]) => entries.map(({ manager, subresource }) => (subresource ? `${manager} ${subresource}` : manager)).sort();

test('the status of a Deployment is the controller’s, its revision with it', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(deployment()), 201);
  client.cluster.settle();
  const entries = entriesOf(client, 'apps', 'deployments', 'web');
  expect(managersOf(entries)).toEqual(['kube-controller-manager status', 'unknown']);
  const { fieldsV1 } = entries.find(({ subresource }) => subresource === 'status')!;
  expect(Object.keys(fieldsV1['f:status']!)).toEqual(expect.arrayContaining(['f:availableReplicas', 'f:conditions', 'f:replicas']));
  expect(fieldsV1['f:metadata']).toEqual({ 'f:annotations': { '.': {}, 'f:deployment.kubernetes.io/revision': {} } });
});

test('a pod is made by the controller, and its status is the kubelet’s; being bound belongs to nobody', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(deployment()), 201);
  client.cluster.settle();
  const [pod] = [...client.cluster.store.collection('pods').values()];
  const entries = entriesOf(client, '', 'pods', pod!.metadata.name);
  expect(managersOf(entries)).toEqual(['kube-controller-manager', 'kubelet status']);
  expect(JSON.stringify(entries)).not.toContain('f:nodeName');
});

test('what a user writes is taken from the component, and the rest stays its own', () => {
  const client = new Client();
  const key = 'kubernetes.io/description';
  const patch = { metadata: { annotations: { [key]: 'mine' } } };
  checkDone(client.patch('configmaps', 'kube-root-ca.crt', 'merge', patch, { options: { fieldManager: 'me' } }), 200);
  const entries = entriesOf(client, '', 'configmaps', 'kube-root-ca.crt');
  const fieldsOf = (name: string) => entries.find(({ manager }) => manager === name)!.fieldsV1;
  expect(fieldsOf('me')).toEqual({ 'f:metadata': { 'f:annotations': { [`f:${key}`]: {} } } });
  expect(Object.keys(fieldsOf('kube-controller-manager'))).toContain('f:data');
  expect(JSON.stringify(fieldsOf('kube-controller-manager'))).not.toContain(key);
});

test('what a component has taken away is no longer its own', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(deployment()), 201);
  const statusFields = () => entriesOf(client, 'apps', 'deployments', 'web').find(({ subresource }) => subresource === 'status')!.fieldsV1['f:status']!;
  client.cluster.advance(500);
  expect(Object.keys(statusFields())).toContain('f:unavailableReplicas');
  client.cluster.settle();
  expect(Object.keys(statusFields())).not.toContain('f:unavailableReplicas');
});

test('what a component and an applier own together is the component’s alone when it writes another value', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(deployment()), 201);
  client.cluster.settle();
  const [set] = [...client.cluster.store.collection('replicasets.apps').values()];
  const { name } = set!.metadata;
  const applied = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name }, spec: { replicas: 2 } };
  checkDone(client.patch('replicasets', name, 'apply', applied, { options: { fieldManager: 'me' } }), 200);
  const owns = () => entriesOf(client, 'apps', 'replicasets', name).filter(({ fieldsV1 }) => 'f:replicas' in (fieldsV1['f:spec'] ?? {}));
  expect(owns().map(({ manager }) => manager)).toEqual(['me', 'kube-controller-manager']);
  checkDone(client.patch('deployments', 'web', 'merge', { spec: { replicas: 3 } }), 200);
  client.cluster.settle();
  expect(owns().map(({ manager }) => manager)).toEqual(['kube-controller-manager']);
});

test('a patch that changes nothing is no commit, though components have written since', () => {
  const client = new Client();
  checkDone(client.create(deployment()), 201);
  client.cluster.settle();
  const version = client.cluster.store.resourceVersion;
  const target = { group: 'apps', resource: 'deployments', namespace: 'default', name: 'web', patchType: 'merge' } as const;
  checkDone(client.ask({ verb: 'patch', ...target, body: { spec: { replicas: 2 } } }), 200);
  expect(client.cluster.store.resourceVersion).toBe(version);
});

test('when the log has forgotten, what was tracked last is shown', () => {
  const client = new Client();
  checkDone(client.create(configMap('kept')), 201);
  const before = entriesOf(client, '', 'configmaps', 'kept');
  expect(managersOf(before)).toEqual(['unknown']);
  checkDone(client.create(deployment()), 201);
  client.cluster.settle();
  expect(entriesOf(client, '', 'configmaps', 'kept')).toEqual(before);
});
