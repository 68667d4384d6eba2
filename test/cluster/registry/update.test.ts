import { expect, test } from 'vitest';
import { checkDone, checkRefused, Client, configMap, deployment } from './support/api.ts';

function withDeployment() {
  const client = new Client();
  checkDone(client.create(deployment('web')), 201);
  return { client, live: checkDone(client.get('deployments', 'web')) };
}

test('[U1] a change of the spec is a new generation; of labels it is not, of annotations it is', () => {
  const { client, live } = withDeployment();
  const next = checkDone(client.update('deployments', 'web', { ...live, spec: { ...live.spec, paused: true } }));
  expect(next.metadata.generation).toBe(2);
  const labelled = checkDone(client.patch('deployments', 'web', 'merge', { metadata: { labels: { x: 'y' } } }));
  expect(labelled.metadata.generation).toBe(2);
  const annotated = checkDone(client.patch('deployments', 'web', 'merge', { metadata: { annotations: { x: 'y' } } }));
  expect(annotated.metadata.generation).toBe(3);
});

test('[U2] an update that changes nothing is no commit', () => {
  const { client, live } = withDeployment();
  const before = client.cluster.store.resourceVersion;
  const answer = checkDone(client.update('deployments', 'web', live));
  expect(answer.metadata.resourceVersion).toBe(live.metadata.resourceVersion);
  expect(client.cluster.store.resourceVersion).toBe(before);
});

test('[U3] status cannot be changed with the rest, nor the rest with the status', () => {
  const client = new Client();
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec: { ingressClassName: 'a', rules: [{}] } };
  const live = checkDone(client.create(ingress), 201);
  const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } };
  const spec = { ...live.spec, ingressClassName: 'b' };
  const changed = checkDone(client.update('ingresses', 'web', { ...live, spec, status }));
  expect(changed).toMatchObject({ spec, status: live.status, metadata: { generation: 2 } });
  const again = { ...changed, spec: live.spec, status };
  expect(checkDone(client.update('ingresses', 'web', again, { subresource: 'status' }))).toMatchObject({ spec, status, metadata: { generation: 2 } });
});

test('[U4] the version that was read must be the version that is there', () => {
  const { client, live } = withDeployment();
  checkDone(client.patch('deployments', 'web', 'merge', { metadata: { labels: { x: 'y' } } }));
  checkRefused(client.update('deployments', 'web', live), {
    code: 409,
    reason: 'Conflict',
    message:
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
  });
  const { resourceVersion: _, ...metadata } = live.metadata;
  checkDone(client.update('deployments', 'web', { ...live, metadata }));
});

test('[U5] some kinds insist on a version', () => {
  const client = new Client();
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'leader' }, spec: {} };
  checkDone(client.create(lease), 201);
  const refused = client.update('leases', 'leader', lease);
  checkRefused(refused, {
    code: 422,
    reason: 'Invalid',
    message: 'leases.coordination.k8s.io "leader" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
  });
});

test('[U6] name and uid must be those of the object', () => {
  const { client, live } = withDeployment();
  const named = (metadata: object) => client.update('deployments', 'web', { ...live, metadata: { ...live.metadata, ...metadata } });
  checkRefused(named({ name: 'other' }), {
    code: 400,
    reason: 'BadRequest',
    message: 'the name of the object (other) does not match the name on the URL (web)',
  });
  checkRefused(named({ name: '' }), {
    code: 400,
    reason: 'BadRequest',
    message: 'the name of the object (web based on URL) was undeterminable: name must be provided',
  });
  checkRefused(named({ uid: 'other' }), {
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on deployments.apps "web": StorageError: invalid object, Code: 4, Key: /deployments/default/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${live.metadata.uid}`,
  });
});

test('[U7] an update of what is not there: created for some kinds, 404 for the others', () => {
  const client = new Client();
  checkRefused(client.update('configmaps', 'nope', configMap('nope')), { code: 404, reason: 'NotFound', message: 'configmaps "nope" not found' });
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'leader' }, spec: {} };
  checkDone(client.update('leases', 'leader', lease), 201);
});

test('[U8] the parts that did not change are shared with the version before', () => {
  const { client } = withDeployment();
  const { store } = client.cluster;
  const before = store.get('deployments.apps', 'default', 'web') as unknown as { status: object };
  checkDone(client.patch('deployments', 'web', 'merge', { metadata: { labels: { x: 'y' } } }));
  expect((store.get('deployments.apps', 'default', 'web') as unknown as { status: object }).status).toBe(before.status);
});

test('[U9] scale shows and sets the replicas of workloads', () => {
  const { client } = withDeployment();
  const scale = { subresource: 'scale' };
  const { spec, status, metadata } = checkDone(client.get('deployments', 'web', scale));
  expect({ spec, status }).toEqual({ spec: {}, status: { replicas: 0, selector: 'app=web' } });
  const next = checkDone(client.patch('deployments', 'web', 'merge', { spec: { replicas: 7 } }, scale));
  expect(next).toMatchObject({ apiVersion: 'autoscaling/v1', kind: 'Scale', spec: { replicas: 7 } });
  expect(checkDone(client.get('deployments', 'web')).spec.replicas).toBe(7);
  const stale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata, spec: { replicas: 1 } };
  expect(client.update('deployments', 'web', stale, scale).code).toBe(409);
  checkRefused(client.patch('deployments', 'web', 'merge', { spec: { replicas: -3 } }, scale), {
    code: 422,
    reason: 'Invalid',
    message: 'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -3: must be greater than or equal to 0',
  });
  checkRefused(client.get('configmaps', 'x', scale), { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' });
});

test('[U10] JSON patches', () => {
  const client = new Client();
  checkDone(client.create(configMap('a')), 201);
  const patch = (...operations: object[]) => client.patch('configmaps', 'a', 'json', operations);
  const { data } = checkDone(patch({ op: 'test', path: '/data/a', value: '1' }, { op: 'add', path: '/data/b', value: '2' }));
  expect(data).toEqual({ a: '1', b: '2' });
  expect(
    checkDone(patch({ op: 'add', path: '/metadata/annotations', value: { 'x/y': '1' } }, { op: 'replace', path: '/metadata/annotations/x~1y', value: '2' }))
      .metadata.annotations,
  ).toEqual({ 'x/y': '2' });
  const refusal = { code: 422, reason: 'Invalid', message: 'the server rejected our request due to an error in our request' };
  checkRefused(patch({ op: 'remove', path: '/data/nope' }), refusal);
  checkRefused(patch({ op: 'test', path: '/data/a', value: '2' }), refusal);
  checkRefused(patch({ op: 'dance' }), refusal);
  expect(checkDone(client.get('configmaps', 'a')).data).toEqual(data);
});

test('[U11] a patch whose result cannot be read says what it was', () => {
  const { client } = withDeployment();
  const refused = client.patch('deployments', 'web', 'strategic', { spec: { template: 'x' } });
  checkRefused(refused, {
    code: 422,
    reason: 'Invalid',
    message: ' "" is invalid: patch: Invalid value: "map[spec:map[template:x]]": cannot restore struct from: string',
  });
});

test('[U12] a strategic patch with a scalar of the wrong type', () => {
  const { client } = withDeployment();
  const problem = (spec: object) => (client.patch('deployments', 'web', 'strategic', { spec }).body['message'] as string).replace(/^.*": /, '');
  expect(problem({ replicas: 'three' })).toBe('unrecognized type: int32');
  expect(problem({ replicas: 1.5 })).toBe('cannot convert float64 to int32');
  expect(problem({ paused: 'yes' })).toBe('unrecognized type: bool');
  expect(problem({ template: { spec: { hostname: 7 } } })).toBe('cannot convert int64 to string');
  expect(problem({ template: { spec: { hostname: true } } })).toBe('unrecognized type: string');
  expect(problem({ template: { spec: { nodeSelector: ['x'] } } })).toBe('cannot restore map from slice');
});

test('[U13] options that say what they may not', () => {
  const { client } = withDeployment();
  const refusal = (patch: object) => client.patch('deployments', 'web', 'merge', {}, { options: patch }).body['message'];
  expect(refusal({ force: true })).toBe('PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch');
  expect(refusal({ fieldManager: 'm'.repeat(129) })).toBe('PatchOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes');
  expect(refusal({ fieldManager: 'a\nb' })).toBe(
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\nb": invalid character U+000A (at position 1)',
  );
  expect(client.delete('deployments', 'web', { propagationPolicy: 'Sometimes' as 'Orphan' }).body['message']).toBe(
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Sometimes": supported values: "Foreground", "Background", "Orphan", "nil"',
  );
});

test('[U14] what was sent empty prints as empty, not as null, wherever it stands in the object', () => {
  const client = new Client();
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'once' },
    spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a' }], volumes: [{ name: 'v', emptyDir: {} }] } } },
  };
  checkDone(client.create(job), 201);
  const live = checkDone(client.get('jobs', 'once'));
  const pod = live.spec.template.spec;
  const refused = (changes: object) => {
    const template = { ...live.spec.template, spec: { ...pod, restartPolicy: 'OnFailure', ...changes } };
    return client.update('jobs', 'once', { ...live, spec: { ...live.spec, template } }).body['message'] as string;
  };
  const without = refused({});
  expect(without).toContain('"Args":null');
  expect(without).toContain('"ImagePullSecrets":null');
  const container = { ...pod.containers[0], args: [], resources: { limits: {} } };
  const empty = refused({ containers: [container], imagePullSecrets: [], nodeSelector: {}, securityContext: { sysctls: [] } });
  for (const part of ['"Args":[]', '"ImagePullSecrets":[]', '"NodeSelector":{}', '"Limits":{}', '"Sysctls":[]']) expect(empty).toContain(part);
});

test('[U15] storage makes no difference between empty and nothing; a struct without fields stays', () => {
  const client = new Client();
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'idle', labels: {} }, rules: [] };
  const { metadata, rules } = checkDone(client.create(role), 201);
  expect({ rules, labels: metadata.labels }).toEqual({ rules: null, labels: undefined });
  const before = client.cluster.store.resourceVersion;
  checkDone(client.update('roles', 'idle', { ...role, metadata: { ...metadata, labels: {} } }));
  expect(client.cluster.store.resourceVersion).toBe(before);
  const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'all' }, spec: { podSelector: {}, ingress: [{}], egress: [] } };
  expect(checkDone(client.create(policy), 201).spec).toEqual({ podSelector: {}, ingress: [{}], policyTypes: ['Ingress'] });
});
