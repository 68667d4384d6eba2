import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, pod } from './support/api.ts';

const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';

test('[A1] a pod runs as the default ServiceAccount, with its token mounted in every container', () => {
  const spec = { initContainers: [{ name: 'init', image: 'busybox' }] };
  const { spec: admitted } = checkDone(new Client().create(pod('web', spec)), 201);
  expect(admitted).toMatchObject({ serviceAccountName: 'default', serviceAccount: 'default' });
  const [volume] = admitted.volumes;
  expect(volume.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
  for (const container of [...admitted.containers, ...admitted.initContainers]) {
    expect(container.volumeMounts).toEqual([{ name: volume.name, readOnly: true, mountPath }]);
  }
});

test('[A2] a container that mounts something else there keeps it', () => {
  const own = { name: 'own', mountPath };
  const spec = { containers: [{ name: 'web', image: 'x', volumeMounts: [own] }], volumes: [{ name: 'own', emptyDir: {} }] };
  const { spec: admitted } = checkDone(new Client().create(pod('web', spec)), 201);
  expect(admitted.containers[0].volumeMounts).toEqual([own]);
  expect(admitted.volumes).toHaveLength(1);
});

test('[A3] the token can be declined by the pod and by the account', () => {
  const client = new Client();
  expect(checkDone(client.create(pod('a', { automountServiceAccountToken: false })), 201).spec).not.toHaveProperty('volumes');
  checkDone(client.patch('serviceaccounts', 'default', 'merge', { automountServiceAccountToken: false }));
  expect(checkDone(client.create(pod('b')), 201).spec).not.toHaveProperty('volumes');
  expect(checkDone(client.create(pod('c', { automountServiceAccountToken: true })), 201).spec.volumes).toHaveLength(1);
});

test('[A4] a ServiceAccount that is not there', () => {
  checkRefused(new Client().create(pod('web', { serviceAccountName: 'nobody' })), {
    code: 403,
    reason: 'Forbidden',
    message: 'pods "web" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
  });
});

test('[A5] tolerations of unready and unreachable nodes, unless the pod has its own', () => {
  const client = new Client();
  const given = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 };
  const unreachable = { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };
  expect(checkDone(client.create(pod('a', { tolerations: [given] })), 201).spec.tolerations).toEqual([given, unreachable]);
  const all = { operator: 'Exists' };
  expect(checkDone(client.create(pod('b', { tolerations: [all] })), 201).spec.tolerations).toEqual([all]);
});

test('[A6] priority comes from the class', () => {
  const client = new Client();
  expect(checkDone(client.create(pod('a')), 201).spec).toMatchObject({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
  checkRefused(client.create(pod('b', { priority: 100 })), {
    code: 403,
    reason: 'Forbidden',
    message:
      'pods "b" is forbidden: the integer value of priority (100) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
  });
  checkDone(client.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 7, globalDefault: true }), 201);
  expect(checkDone(client.create(pod('c')), 201).spec).toMatchObject({ priority: 7, priorityClassName: 'high' });
});

test('[A7] quality of service', () => {
  const client = new Client();
  const qos = (name: string, resources: object) =>
    checkDone(client.create(pod(name, { containers: [{ name: 'web', image: 'x', resources }] })), 201).status.qosClass;
  expect(qos('a', {})).toBe('BestEffort');
  expect(qos('b', { requests: { cpu: '100m' } })).toBe('Burstable');
  expect(qos('c', { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1000m', memory: '1024Mi' } })).toBe('Guaranteed');
  expect(qos('d', { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } })).toBe('Burstable');
});

test('[A8] a pod that is bound carries the zone of its node', () => {
  const client = new Client({ nodes: { count: 1 } });
  checkDone(client.create(pod('web', { schedulerName: 'nobody' })), 201);
  const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'web' }, target: { kind: 'Node', name: 'node-1' } };
  const request = { verb: 'create', group: '', resource: 'pods', subresource: 'binding', namespace: 'default', name: 'web', body: binding } as const;
  expect(client.ask(request).code).toBe(201);
  const { metadata, spec, status } = checkDone(client.get('pods', 'web'));
  expect(metadata.labels).toEqual({ app: 'web', 'topology.kubernetes.io/zone': 'zone-a' });
  expect(spec.nodeName).toBe('node-1');
  expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'PodScheduled', status: 'True' }));
  checkRefused(client.ask(request), {
    code: 409,
    reason: 'Conflict',
    message: 'Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "node-1"',
  });
});

test('[A9] a runtime class must be there; its overhead and its nodes become the pod’s', () => {
  const client = new Client();
  checkRefused(client.create(pod('web', { runtimeClassName: 'vm' })), {
    code: 403,
    reason: 'Forbidden',
    message: 'pods "web" is forbidden: pod rejected: RuntimeClass "vm" not found',
  });
  const scheduling = { nodeSelector: { vm: 'yes' }, tolerations: [{ key: 'vm', operator: 'Exists' }] };
  const runtimeClass = {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'vm' },
    handler: 'vm',
    overhead: { podFixed: { cpu: '250m' } },
    scheduling,
  };
  checkDone(client.create(runtimeClass), 201);
  const { spec } = checkDone(client.create(pod('web', { runtimeClassName: 'vm', nodeSelector: { disk: 'ssd' } })), 201);
  expect(spec).toMatchObject({ overhead: { cpu: '250m' }, nodeSelector: { vm: 'yes', disk: 'ssd' } });
  expect(spec.tolerations).toContainEqual({ key: 'vm', operator: 'Exists' });
  expect(client.create(pod('other', { runtimeClassName: 'vm', nodeSelector: { vm: 'no' } })).body['message']).toContain(
    'conflict: runtimeClass.scheduling.nodeSelector[vm] = yes; pod.spec.nodeSelector[vm] = no',
  );
});
