// ResourceQuota: what is refused, in which words, and what is charged.
import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, configMap, pod, deployment } from '../support/api.ts';

const quota = (hard: object, rest: object = {}, name = 'team') => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard, ...rest } });

const asking = (resources: object, spec: object = {}) => ({ containers: [{ name: 'web', image: 'nginx:1.27', resources }], ...spec });

function clientWith(...quotas: object[]): Client {
  const client = new Client();
  for (const one of quotas) checkDone(client.create(one), 201);
  return client;
}

const usedOf = (client: Client, name = 'team') => client.get('resourcequotas', name).body['status'].used;

test('[Q1] a new quota counts what is there', () => {
  const client = new Client();
  checkDone(client.create(configMap('a')), 201);
  checkDone(client.create(pod('web', asking({ requests: { cpu: '300m' } }))), 201);
  checkDone(
    client.create(quota({ configmaps: '5', 'count/configmaps': '5', pods: '2', 'requests.cpu': '1', 'limits.cpu': '1', 'count/widgets.example.com': '1' })),
    201,
  );
  // kube-root-ca.crt is one of the two.
  expect(client.get('resourcequotas', 'team').body['status']).toEqual({
    hard: { configmaps: '5', 'count/configmaps': '5', 'count/widgets.example.com': '1', 'limits.cpu': '1', pods: '2', 'requests.cpu': '1' },
    used: { configmaps: '2', 'count/configmaps': '2', 'limits.cpu': '0', pods: '1', 'requests.cpu': '300m' },
  });
});

test('[Q2] what exceeds is told, and nothing else', () => {
  const client = clientWith(quota({ pods: '3', 'requests.cpu': '1', 'requests.memory': '1Gi' }));
  for (const name of ['a', 'b', 'c']) checkDone(client.create(pod(name, asking({ requests: { cpu: '300m', memory: '64Mi' } }))), 201);
  expect(usedOf(client)).toEqual({ pods: '3', 'requests.cpu': '900m', 'requests.memory': '192Mi' });
  checkRefused(client.create(pod('d', asking({ requests: { cpu: '300m', memory: '64Mi' } }))), {
    code: 403,
    reason: 'Forbidden',
    message: 'pods "d" is forbidden: exceeded quota: team, requested: pods=1,requests.cpu=300m, used: pods=3,requests.cpu=900m, limited: pods=3,requests.cpu=1',
  });
});

test('[Q3] cpu and memory under quota must be specified, by every container', () => {
  const client = clientWith(quota({ 'limits.cpu': '4', 'requests.memory': '4Gi', 'requests.ephemeral-storage': '1Gi' }));
  const containers = [
    { name: 'b', image: 'x', resources: { limits: { cpu: '1' } } },
    { name: 'a', image: 'x' },
  ];
  checkRefused(client.create(pod('web', { containers })), {
    code: 403,
    reason: 'Forbidden',
    message: 'pods "web" is forbidden: failed quota: team: must specify limits.cpu for: a; requests.memory for: a,b',
  });
});

test('[Q4] an invalid pod is invalid, whatever the quota says', () => {
  const client = clientWith(quota({ pods: '0' }));
  expect(client.create({ ...pod('X') }).code).toBe(422);
});

test('[Q5] a dry run is checked and not charged', () => {
  const client = clientWith(quota({ configmaps: '2' }));
  checkDone(client.create(configMap('a'), { options: { dryRun: true } }), 201);
  expect(usedOf(client)).toEqual({ configmaps: '1' });
  checkDone(client.create(configMap('a')), 201);
  expect(usedOf(client)).toEqual({ configmaps: '2' });
  expect(client.create(configMap('b'), { options: { dryRun: true } }).body['message']).toBe(
    'configmaps "b" is forbidden: exceeded quota: team, requested: configmaps=1, used: configmaps=2, limited: configmaps=2',
  );
});

test('[Q6] what is deleted, finished or stops ahead of its time is given back', () => {
  const client = clientWith(quota({ configmaps: '2', pods: '1', 'count/pods': '2' }));
  checkDone(client.create(configMap('a')), 201);
  client.delete('configmaps', 'a');
  checkDone(client.create(pod('web')), 201);
  expect(usedOf(client)).toEqual({ configmaps: '1', pods: '1', 'count/pods': '1' });
  checkDone(client.patch('pods', 'web', 'merge', { status: { phase: 'Succeeded' } }, { subresource: 'status' }));
  expect(usedOf(client)).toEqual({ configmaps: '1', pods: '0', 'count/pods': '1' });
});

test('[Q7] scopes choose the pods that count', () => {
  const notTerminating = quota({ pods: '1' }, { scopes: ['NotTerminating'] }, 'long');
  const important = quota(
    { pods: '0' },
    { scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] } },
    'important',
  );
  const client = clientWith(notTerminating, important, quota({ pods: '5' }, { scopes: ['BestEffort'] }, 'cheap'));
  checkDone(client.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 7 }), 201);
  checkDone(client.create(pod('a', { activeDeadlineSeconds: 60 })), 201);
  checkDone(client.create(pod('b', asking({ requests: { cpu: '1' } }))), 201);
  expect(usedOf(client, 'long')).toEqual({ pods: '1' });
  expect(usedOf(client, 'cheap')).toEqual({ pods: '1' });
  expect(client.create(pod('c', { priorityClassName: 'high', activeDeadlineSeconds: 60 })).body['message']).toMatch(
    /^pods "c" is forbidden: exceeded quota: important/,
  );
  // A deadline takes the pod out of one scope.
  checkDone(client.patch('pods', 'b', 'merge', { spec: { activeDeadlineSeconds: 60 } }));
  expect(usedOf(client, 'long')).toEqual({ pods: '0' });
});

test('[Q8] Services count their node ports, also when they change their type', () => {
  const client = clientWith(quota({ services: '3', 'services.nodeports': '1', 'services.loadbalancers': '0' }));
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: {
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ],
    },
  };
  checkDone(client.create(service), 201);
  // The kubernetes Service is one of the two.
  expect(usedOf(client)).toEqual({ services: '2', 'services.nodeports': '0', 'services.loadbalancers': '0' });
  checkRefused(client.patch('services', 'web', 'merge', { spec: { type: 'NodePort' } }), {
    code: 403,
    reason: 'Forbidden',
    message: 'services "web" is forbidden: exceeded quota: team, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1',
  });
});

test('[Q9] claims count their storage, and that of their class', () => {
  const byClass = 'gold.storageclass.storage.k8s.io/requests.storage';
  const client = clientWith(quota({ persistentvolumeclaims: '2', 'requests.storage': '10Gi', [byClass]: '5Gi' }));
  const claim = (name: string, storage: string, storageClassName: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName, resources: { requests: { storage } } },
  });
  checkDone(client.create(claim('a', '4Gi', 'gold')), 201);
  expect(usedOf(client)).toEqual({ persistentvolumeclaims: '1', 'requests.storage': '4Gi', [byClass]: '4Gi' });
  expect(client.create(claim('b', '2Gi', 'gold')).body['message']).toBe(
    `persistentvolumeclaims "b" is forbidden: exceeded quota: team, requested: ${byClass}=2Gi, used: ${byClass}=4Gi, limited: ${byClass}=5Gi`,
  );
  checkDone(client.create(claim('b', '2Gi', 'iron')), 201);
});

test('[Q10] a ReplicaSet tells why its pods are refused, and goes on when there is room', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(quota({ pods: '1' })), 201);
  checkDone(client.create(deployment('web', { replicas: 3 })), 201);
  client.cluster.settle();
  const [set] = client.list('replicasets').body['items'];
  expect(set.status).toMatchObject({ replicas: 1, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }] });
  expect(set.status.conditions[0].message).toMatch(
    /^pods "web-[a-z0-9]+-[a-z0-9]{5}" is forbidden: exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1$/,
  );
  checkDone(client.patch('resourcequotas', 'team', 'merge', { spec: { hard: { pods: '3' } } }));
  client.cluster.settle(60_000);
  expect(usedOf(client)).toEqual({ pods: '3' });
  expect(client.list('replicasets').body['items'][0].status).not.toHaveProperty('conditions');
});

test('[Q11] a quota without status refuses what it is about', () => {
  const client = clientWith(quota({ configmaps: '5' }));
  checkDone(client.patch('resourcequotas', 'team', 'merge', { status: { used: null } }, { subresource: 'status' }));
  expect(client.create(configMap('a')).body['message']).toBe('configmaps "a" is forbidden: status unknown for quota: team, resources: configmaps');
});
