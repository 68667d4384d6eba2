// PodSecurity: who is refused, who is warned. What exactly is a violation is tested against the Go package in go.test.ts.
import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, deployment, pod } from '../support/api.ts';

const labels = (given: Record<string, string>) =>
  Object.fromEntries(Object.entries(given).map(([mode, value]) => [`pod-security.kubernetes.io/${mode}`, value]));

function clientWith(given: Record<string, string>): Client {
  const client = new Client();
  checkDone(label(client, given));
  return client;
}

const label = (client: Client, given: Record<string, string>) => client.patch('namespaces', 'default', 'merge', { metadata: { labels: labels(given) } });

const nothingSet =
  'allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "web" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

test('[PS1] a pod that violates what is enforced is refused, and not warned of', () => {
  const client = clientWith({ enforce: 'restricted' });
  const answer = client.create(pod('x'));
  checkRefused(answer, { code: 403, reason: 'Forbidden', message: `pods "x" is forbidden: violates PodSecurity "restricted:latest": ${nothingSet}` });
  expect(answer.warnings).toEqual([]);
});

test('[PS2] what is only warned of is let through; a workload is told by its template', () => {
  const client = clientWith({ enforce: 'baseline', warn: 'restricted', 'warn-version': 'v1.30' });
  const warning = `would violate PodSecurity "restricted:v1.30": ${nothingSet}`;
  expect(client.create(pod('x'))).toMatchObject({ code: 201, warnings: [warning] });
  expect(client.create(deployment('web'))).toMatchObject({ code: 201, warnings: [warning] });
  const image = { spec: { containers: [{ name: 'web', image: 'other' }] } };
  expect(client.patch('pods', 'x', 'strategic', image).warnings).toEqual([warning]);
  expect(client.patch('pods', 'x', 'merge', { metadata: { labels: { a: 'b' } } }).warnings).toEqual([]);
});

test('[PS3] without a level for warnings, workloads are warned of what is enforced on their pods', () => {
  const client = clientWith({ enforce: 'baseline', 'enforce-version': 'v1.20' });
  const privileged = { containers: [{ name: 'web', image: 'x', securityContext: { privileged: true } }] };
  const template = { metadata: { labels: { app: 'web' } }, spec: privileged };
  expect(client.create(deployment('web', { replicas: 0, selector: { matchLabels: { app: 'web' } }, template })).warnings).toEqual([
    'would violate PodSecurity "baseline:v1.20": privileged (container "web" must not set securityContext.privileged=true)',
  ]);
});

test('[PS4] who tightens a namespace is told of the pods in it', () => {
  const client = new Client();
  for (const name of ['b', 'a', 'c']) checkDone(client.create(pod(name, { hostNetwork: true })), 201);
  checkDone(client.create(pod('d', { containers: [{ name: 'web', image: 'x', securityContext: { privileged: true } }] })), 201);
  checkDone(client.create(pod('fine')), 201);
  expect(label(client, { enforce: 'baseline' }).warnings).toEqual([
    'existing pods in namespace "default" violate the new PodSecurity enforce level "baseline:latest"',
    'a (and 2 other pods): host namespaces',
    'd: privileged',
  ]);
  expect(label(client, { enforce: 'privileged' }).warnings).toEqual([]);
});

test('[PS5] pods of a ReplicaSet are refused as soon as the namespace is tightened', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(deployment('web', { replicas: 1 })), 201);
  client.cluster.settle();
  checkDone(label(client, { enforce: 'restricted' }));
  checkDone(client.patch('deployments', 'web', 'merge', { spec: { replicas: 2 } }));
  client.cluster.settle();
  expect(client.names('pods')).toHaveLength(1);
  const [{ status }] = client.list('replicasets').body['items'];
  expect(status.conditions[0]).toMatchObject({ type: 'ReplicaFailure', reason: 'FailedCreate' });
  expect(status.conditions[0].message).toContain('violates PodSecurity "restricted:latest"');
});
