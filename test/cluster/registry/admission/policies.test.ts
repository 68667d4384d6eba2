// ValidatingAdmissionPolicy: what bound policies refuse, warn of, and let pass.
import { expect, test } from 'vitest';
import { Cluster } from '../../../../server/src/cluster/cluster.ts';

const admission = { group: 'admissionregistration.k8s.io' };

const policy = (spec: object) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'few' },
  spec: {
    matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }] },
    validations: [{ expression: 'object.data.size() < 3' }],
    ...spec,
  },
});

const binding = (spec: object) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'everywhere' },
  spec: { policyName: 'few', validationActions: ['Deny'], ...spec },
});

function bound(policySpec: object = {}, bindingSpec: object = {}): Cluster {
  const cluster = new Cluster({ freeze: true });
  const made = [
    cluster.request({ ...admission, resource: 'validatingadmissionpolicies', verb: 'create', body: policy(policySpec) }),
    cluster.request({ ...admission, resource: 'validatingadmissionpolicybindings', verb: 'create', body: binding(bindingSpec) }),
  ];
  expect(made.map(({ body }) => (body as { message?: string }).message)).toEqual([undefined, undefined]);
  return cluster;
}

function configMap(cluster: Cluster, data: object, more: object = {}) {
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map', ...more }, data };
  return cluster.request({ group: '', resource: 'configmaps', namespace: 'default', verb: 'create', body });
}

const three = { a: '1', b: '2', c: '3' };

test('[VAP1] a failed expression is a refusal, in the server’s words', () => {
  const cluster = bound();
  expect(configMap(cluster, { a: '1' })).toMatchObject({ code: 201 });
  const text = "ValidatingAdmissionPolicy 'few' with binding 'everywhere' denied request: failed expression: object.data.size() < 3";
  expect(configMap(cluster, three, { name: 'other' })).toMatchObject({
    code: 422,
    body: {
      reason: 'Invalid',
      message: `configmaps "other" is forbidden: ${text}`,
      details: { name: 'other', kind: 'configmaps', causes: [{ message: text }] },
    },
  });
});

test('[VAP2] messages, message expressions and reasons', () => {
  const validations = [
    { expression: 'object.data.size() < 3', message: 'too many', messageExpression: "'%d keys'.format([object.data.size()])", reason: 'Forbidden' },
  ];
  expect(configMap(bound({ validations }), three)).toMatchObject({
    code: 403,
    body: { reason: 'Forbidden', message: expect.stringMatching(/denied request: 3 keys$/) as string },
  });
});

test('[VAP3] Warn warns and lets pass', () => {
  const answer = configMap(bound({}, { validationActions: ['Warn', 'Audit'] }), three);
  expect(answer.code).toBe(201);
  expect(answer.warnings).toEqual([
    "Validation failed for ValidatingAdmissionPolicy 'few' with binding 'everywhere': failed expression: object.data.size() < 3",
  ]);
});

test('[VAP4] an error denies, unless the policy ignores it', () => {
  const validations = [{ expression: "object.data.lake == ''" }];
  expect(configMap(bound({ validations }), three)).toMatchObject({
    code: 422,
    body: { message: expect.stringContaining("denied request: expression 'object.data.lake == ''' resulted in error: no such key: lake") as string },
  });
  expect(configMap(bound({ validations, failurePolicy: 'Ignore' }), three)).toMatchObject({ code: 201 });
});

test('[VAP5] match conditions, variables and the old object', () => {
  const cluster = bound({
    matchConditions: [{ name: 'named', expression: "object.metadata.name != 'free'" }],
    variables: [
      { name: 'size', expression: 'object.data.size()' },
      { name: 'before', expression: 'oldObject == null ? 0 : oldObject.data.size()' },
    ],
    validations: [{ expression: 'variables.size - variables.before < 2' }],
  });
  expect(configMap(cluster, three)).toMatchObject({ code: 422 });
  expect(configMap(cluster, three, { name: 'free' })).toMatchObject({ code: 201 });
  expect(configMap(cluster, { a: '1' })).toMatchObject({ code: 201 });
  const patch = (data: object) =>
    cluster.request({ group: '', resource: 'configmaps', namespace: 'default', name: 'map', verb: 'patch', patchType: 'merge', body: { data } });
  expect(patch({ b: '2' })).toMatchObject({ code: 200 });
  expect(patch({ c: '3', d: '4' })).toMatchObject({ code: 422 });
});

test('[VAP6] params, by name, and what happens without them', () => {
  const spec = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' }, validations: [{ expression: 'object.data.size() <= int(params.data.most)' }] };
  const cluster = bound(spec, { paramRef: { name: 'limits', namespace: 'kube-public', parameterNotFoundAction: 'Deny' } });
  expect(configMap(cluster, { a: '1' })).toMatchObject({
    code: 422,
    body: {
      message: expect.stringContaining(
        'denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
      ) as string,
    },
  });
  const free = bound(spec, { paramRef: { name: 'limits', namespace: 'kube-public', parameterNotFoundAction: 'Allow' } });
  expect(configMap(free, three, { name: 'limits' })).toMatchObject({ code: 201 });
});

test('[VAP7] selectors and rules choose', () => {
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }];
  const cluster = bound({ matchConstraints: { resourceRules, objectSelector: { matchLabels: { strict: 'yes' } } } });
  expect(configMap(cluster, three, { name: 'loose' })).toMatchObject({ code: 201 });
  expect(configMap(cluster, three, { labels: { strict: 'yes' } })).toMatchObject({ code: 422 });
  const elsewhere = bound({}, { matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } } });
  expect(configMap(elsewhere, three)).toMatchObject({ code: 201 });
});

test('[VAP8] pods of a template are looked at one by one', () => {
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
  const cluster = bound({
    matchConstraints: { resourceRules },
    validations: [{ expression: "!object.spec.containers.exists(c, c.image.endsWith(':latest'))", message: 'no latest' }],
  });
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx:latest' }] } };
  const body = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
  };
  cluster.request({ group: 'apps', resource: 'replicasets', namespace: 'default', verb: 'create', body });
  cluster.advance(1_000);
  expect(cluster.store.collection('pods').size).toBe(0);
});

test('[VAP9] a policy must compile, and a binding must say what to do', () => {
  const cluster = new Cluster();
  const broken = cluster.request({
    ...admission,
    resource: 'validatingadmissionpolicies',
    verb: 'create',
    body: policy({ validations: [{ expression: 'foo.bar' }] }),
  });
  expect((broken.body as { message: string }).message).toBe(
    'ValidatingAdmissionPolicy.admissionregistration.k8s.io "few" is invalid: spec.validations[0].expression: Invalid value: "foo.bar": compilation failed: ERROR: <input>:1:1: undeclared reference to \'foo\' (in container \'\')\n | foo.bar\n | ^',
  );
  const empty = cluster.request({ ...admission, resource: 'validatingadmissionpolicybindings', verb: 'create', body: binding({ validationActions: [] }) });
  expect((empty.body as { message: string }).message).toContain('spec.validationActions: Required value: at least one validation action is required');
});

test('[VAP10] the status says that the types were checked', () => {
  const cluster = bound();
  cluster.advance(1_000);
  const { body } = cluster.request({ ...admission, resource: 'validatingadmissionpolicies', name: 'few', verb: 'get' });
  expect(body).toMatchObject({ metadata: { generation: 1 }, status: { observedGeneration: 1, typeChecking: {} } });
});

test.each([
  ["authorizer.group('').resource('pods').namespace('default').check('delete').allowed()", true],
  ["authorizer.path('/healthz').check('get').allowed()", true],
  ["authorizer.serviceAccount('default', 'default').group('').resource('pods').check('get').allowed()", false],
  ["authorizer.requestResource.check('create').allowed()", true],
  ["authorizer.serviceAccount('kube-system', 'deployment-controller').group('apps').resource('deployments').check('update').allowed()", true],
  ["authorizer.group('').resource('pods').check('get').errored()", false],
])('[VAP] policies ask for rights: %s is %s', (expression, expected) => {
  const { body } = configMap(bound({ validations: [{ expression: `(${expression}) != ${expected}`, message: 'as it should be' }] }), {});
  expect((body as { message?: string }).message).toMatch(/denied request: as it should be$/);
});

test('[VAP] what a policy takes no params for is not there', () => {
  const cluster = bound({ paramKind: { apiVersion: 'v1', kind: 'ConfigMap' }, validations: [{ expression: 'params.data.max == "1"' }] });
  expect(configMap(cluster, {}).body).toMatchObject({
    message: expect.stringMatching(/expression 'params.data.max == "1"' resulted in error: no such key: data$/) as string,
  });
});
