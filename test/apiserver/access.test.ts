// Who is asked for, by token and by impersonation, on a real socket; and what the reviews say about it.
import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiServer } from '../../server/src/apiserver/server.ts';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { backendOf } from './support/front.ts';

const cluster = new Cluster({ freeze: true });
const group = 'rbac.authorization.k8s.io';
let server: ApiServer;

interface Got {
  readonly code: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: any;
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** As the administrator, unless `headers` bring another token. */
function ask(method: string, path: string, headers: Headers = {}, body?: object): Promise<Got> {
  const { server: address, certificate, token } = server.access;
  const sent = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }), ...headers } as Record<string, string | string[]>;
  return new Promise((resolve, reject) => {
    const asked = request(`${address}${path}`, { method, ca: certificate, headers: sent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ code: response.statusCode, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }));
    });
    asked.on('error', reject).end(body && JSON.stringify(body));
  });
}

const refusal = ({ code, body }: Got) => [code, body.reason, body.message];
const pods = '/api/v1/namespaces/default/pods';
const accounts = '/api/v1/namespaces/default/serviceaccounts';

async function made(path: string, object: object): Promise<void> {
  const { code, body } = await ask('POST', path, {}, object);
  expect(code, body.message).toBe(201);
}

const roles = `/apis/${group}/v1/clusterroles`;
const bindings = `/apis/${group}/v1/clusterrolebindings`;
const grant = (name: string, user: string, rules: readonly object[]) =>
  Promise.all([
    made(roles, { apiVersion: `${group}/v1`, kind: 'ClusterRole', metadata: { name }, rules }),
    made(bindings, {
      apiVersion: `${group}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: group, kind: 'ClusterRole', name },
      subjects: [subject(user)],
    }),
  ]);
const subject = (user: string) => {
  const [, , namespace, name] = user.split(':');
  return name === undefined ? { apiGroup: group, kind: 'User', name: user } : { kind: 'ServiceAccount', name, namespace };
};

/** The token of an account, made anew. */
async function tokenOf(account: string, spec: object = {}): Promise<string> {
  const { code, body } = await ask('POST', `${accounts}/${account}/token`, {}, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec });
  expect(code, body.message).toBe(201);
  return body.status.token;
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

beforeAll(async () => {
  server = await ApiServer.start(backendOf(cluster), { port: 0, now: Date.now() });
});
afterAll(() => server.stop());

describe('impersonation', () => {
  test('[I1] the rights are those of the one who is impersonated', async () => {
    const refused = await ask('GET', pods, { 'impersonate-user': 'jane' });
    expect(refusal(refused)).toEqual([
      403,
      'Forbidden',
      'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
    ]);
    expect(refused.headers['x-content-type-options']).toBe('nosniff');
    expect((await ask('GET', pods, { 'impersonate-user': 'jane', 'impersonate-group': 'system:masters' })).code).toBe(200);
  });

  test.each([
    ['GET', '/api/v1/pods', 'pods is forbidden: User "jane" cannot list resource "pods" in API group "" at the cluster scope'],
    ['GET', `${pods}?watch=1`, 'pods is forbidden: User "jane" cannot watch resource "pods" in API group "" in the namespace "default"'],
    [
      'GET',
      `${pods}?fieldSelector=metadata.name%3Da`,
      'pods "a" is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
    ],
    ['DELETE', pods, 'pods is forbidden: User "jane" cannot deletecollection resource "pods" in API group "" in the namespace "default"'],
    ['PATCH', `${pods}/a/status`, 'pods "a" is forbidden: User "jane" cannot patch resource "pods/status" in API group "" in the namespace "default"'],
    [
      'GET',
      '/api/v1/namespaces/default',
      'namespaces "default" is forbidden: User "jane" cannot get resource "namespaces" in API group "" in the namespace "default"',
    ],
    ['GET', '/apis/nope/v1/things', 'things.nope is forbidden: User "jane" cannot list resource "things" in API group "nope" at the cluster scope'],
    ['GET', '/metrics', 'forbidden: User "jane" cannot get path "/metrics"'],
    ['POST', '/drydock/clock', 'forbidden: User "jane" cannot post path "/drydock/clock"'],
  ])('[I2] %s %s', async (method, path, message) => {
    expect(refusal(await ask(method, path, { 'impersonate-user': 'jane' }))).toEqual([403, 'Forbidden', message]);
  });

  test('[I3] discovery and health are for everybody', async () => {
    for (const path of ['/api', '/apis/apps/v1', '/openapi/v3', '/version', '/healthz']) {
      expect((await ask('GET', path, { 'impersonate-user': 'jane' })).code, path).toBe(200);
    }
  });

  test('[I4] a group or an extra without a user', async () => {
    expect(refusal(await ask('GET', pods, { 'impersonate-group': ['a', 'b'] }))).toEqual([
      400,
      'BadRequest',
      'requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{"a", "b"}, Extra:map[string][]string(nil)} without impersonating a user name',
    ]);
  });

  const whoami = (headers: Headers) =>
    ask('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', headers, { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });

  test('[I5] who one is then, with the groups that come with the name', async () => {
    const users: readonly [Headers, object][] = [
      [{}, { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] }],
      [{ 'impersonate-user': 'jane' }, { username: 'jane', groups: ['system:authenticated'] }],
      [
        { 'impersonate-user': 'jane', 'impersonate-group': ['dev', 'ops'], 'impersonate-uid': '7', 'impersonate-extra-scopes%2fall': ['x', 'y'] },
        { username: 'jane', uid: '7', groups: ['dev', 'ops', 'system:authenticated'], extra: { 'scopes/all': ['x', 'y'] } },
      ],
      [
        { 'impersonate-user': 'system:serviceaccount:default:robot' },
        { username: 'system:serviceaccount:default:robot', groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'] },
      ],
    ];
    for (const [headers, userInfo] of users) expect((await whoami(headers)).body.status).toEqual({ userInfo });
    // Somebody who is unknown may not even ask; the groups show in what they may.
    const nobody = await whoami({ 'impersonate-user': 'system:anonymous' });
    expect(refusal(nobody)[2]).toContain('User "system:anonymous" cannot create resource "selfsubjectreviews"');
  });

  test('[I6] who is no administrator needs the right to be somebody else', async () => {
    await made(accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'actor' } });
    const actor = 'system:serviceaccount:default:actor';
    const as = { ...bearer(await tokenOf('actor')), 'impersonate-user': 'jane' };
    expect(refusal(await ask('GET', pods, as))).toEqual([
      403,
      'Forbidden',
      `pods is forbidden: User "${actor}" cannot impersonate-on:user-info:list resource "pods" in API group "" in the namespace "default"`,
    ]);
    await grant('actor', actor, [{ apiGroups: [''], resources: ['users'], resourceNames: ['jane'], verbs: ['impersonate'] }]);
    expect(refusal(await ask('GET', pods, as))[2]).toBe(
      'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    expect(refusal(await ask('GET', pods, { ...as, 'impersonate-group': 'ops' }))[2]).toContain('cannot impersonate-on:user-info:list');
    await grant('constrained', actor, [
      { apiGroups: [''], resources: ['pods'], verbs: ['impersonate-on:user-info:list'] },
      { apiGroups: ['authentication.k8s.io'], resources: ['users', 'groups'], verbs: ['impersonate:user-info'] },
    ]);
    expect(refusal(await ask('GET', pods, { ...as, 'impersonate-group': 'ops' }))[2]).toContain('User "jane" cannot list');
    expect(refusal(await ask('GET', pods, { ...as, 'impersonate-group': 'system:masters' }))[2]).toBe(
      `groups.authentication.k8s.io "system:masters" is forbidden: User "${actor}" cannot impersonate:user-info resource "groups" in API group "authentication.k8s.io" at the cluster scope: impersonating the system:masters group is not allowed`,
    );
  });
});

describe('tokens', () => {
  test('[T1] without one: nobody in particular, who sees health and version', async () => {
    const none = { authorization: '' };
    expect(refusal(await ask('GET', pods, none))).toEqual([
      403,
      'Forbidden',
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
    ]);
    expect((await ask('GET', '/readyz', none)).code).toBe(200);
    expect((await ask('GET', '/version', none)).code).toBe(200);
    expect((await ask('GET', '/apis', none)).code).toBe(403);
  });

  test('[T2] a wrong one is turned away', async () => {
    expect(refusal(await ask('GET', '/version', bearer('nonsense')))).toEqual([401, 'Unauthorized', 'Unauthorized']);
    const [header, claims] = (await tokenOf('default')).split('.');
    expect((await ask('GET', '/version', bearer(`${header}.${claims}.${'A'.repeat(43)}`))).code).toBe(401);
  });

  test('[T3] a service account acts with its own rights, until its time is over', async () => {
    await made(accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } });
    const token = bearer(await tokenOf('robot', { expirationSeconds: 600 }));
    expect(refusal(await ask('GET', pods, token))[2]).toContain('User "system:serviceaccount:default:robot" cannot list resource "pods"');
    await grant('robot', 'system:serviceaccount:default:robot', [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]);
    expect((await ask('GET', pods, token)).code).toBe(200);
    cluster.advance(600_000);
    expect((await ask('GET', pods, token)).code).toBe(200);
    cluster.advance(61_000);
    expect((await ask('GET', pods, token)).code).toBe(401);
  });

  test('[T4] it dies with its account, also when another has the name', async () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'mortal' } };
    await made(accounts, account);
    const token = bearer(await tokenOf('mortal'));
    expect((await ask('GET', '/api', token)).code).toBe(200);
    await ask('DELETE', `${accounts}/mortal`);
    expect((await ask('GET', '/api', token)).code).toBe(401);
    await made(accounts, account);
    expect((await ask('GET', '/api', token)).code).toBe(401);
  });

  test('[T8] the answer tells what was asked for, with what the server has added', async () => {
    const { body } = await ask(
      'POST',
      `${accounts}/default/token?fieldManager=me`,
      {},
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    );
    const { token, expirationTimestamp } = body.status;
    expect(token.split('.')).toHaveLength(3);
    expect(Date.parse(expirationTimestamp) - cluster.agenda.now).toBe(3_600_000);
    expect(body.spec).toEqual({ audiences: ['https://kubernetes.default.svc.cluster.local'], expirationSeconds: 3600, boundObjectRef: null });
    expect(body.metadata.managedFields).toMatchObject([{ manager: 'me', subresource: 'token', fieldsV1: { 'f:spec': { 'f:expirationSeconds': {} } } }]);
  });

  test('[T5] it is for somebody', async () => {
    expect((await ask('GET', '/api', bearer(await tokenOf('default', { audiences: ['vault'] })))).code).toBe(401);
  });

  test('[T6] a token that is bound to a pod names it and its node, and goes with it', async () => {
    const spec = { containers: [{ name: 'a', image: 'nginx' }], nodeName: 'node-1' };
    await made(pods, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bearer' }, spec });
    const token = await tokenOf('default', { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'bearer' } });
    const review = () =>
      ask('POST', '/apis/authentication.k8s.io/v1/tokenreviews', {}, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } });
    const { status } = (await review()).body;
    expect(status).toMatchObject({
      authenticated: true,
      audiences: ['https://kubernetes.default.svc.cluster.local'],
      user: {
        username: 'system:serviceaccount:default:default',
        extra: { 'authentication.kubernetes.io/pod-name': ['bearer'], 'authentication.kubernetes.io/node-name': ['node-1'] },
      },
    });
    await ask('DELETE', `${pods}/bearer?gracePeriodSeconds=0`);
    cluster.advance(60_000);
    expect((await review()).body.status).toEqual({ user: {}, error: '[invalid bearer token, service account token has been invalidated]' });
  });

  test.each([
    [{ expirationSeconds: 60 }, 422, /spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes$/],
    [{ boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'nope' } }, 404, /^pods "nope" not found$/],
    [{ boundObjectRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } }, 400, /^cannot bind token to object of type apps\/v1, Kind=Deployment$/],
  ])('[T7] %j is refused', async (spec, code, message) => {
    const answer = await ask('POST', `${accounts}/default/token`, {}, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec });
    expect(answer.code).toBe(code);
    expect(answer.body.message).toMatch(message);
  });
});

describe('tokens in secrets', () => {
  const secrets = '/api/v1/namespaces/default/secrets';
  const secretOf = (account: string, name: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, annotations: { 'kubernetes.io/service-account.name': account } },
    type: 'kubernetes.io/service-account-token',
  });

  test('[T10] a secret of that type is filled, and its token counts as long as it is there', async () => {
    await made(accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'old' } });
    await made(secrets, secretOf('old', 'old-token'));
    const { body } = await ask('GET', `${secrets}/old-token`);
    expect(Object.keys(body.data).sort()).toEqual(['ca.crt', 'namespace', 'token']);
    expect(body.metadata.annotations['kubernetes.io/service-account.uid']).toMatch(/^[0-9a-f-]{36}$/);
    const token = bearer(Buffer.from(body.data.token, 'base64').toString());
    expect(refusal(await ask('GET', pods, token))[2]).toContain('User "system:serviceaccount:default:old" cannot list');
    await ask('DELETE', `${secrets}/old-token`);
    expect((await ask('GET', '/api', token)).code).toBe(401);
  });

  test('[T11] it goes with its account, and one of nobody goes at once', async () => {
    await made(accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'leaving' } });
    await made(secrets, secretOf('leaving', 'leaving-token'));
    await ask('DELETE', `${accounts}/leaving`);
    expect((await ask('GET', `${secrets}/leaving-token`)).code).toBe(404);
    await made(secrets, secretOf('nobody', 'nobody-token'));
    expect((await ask('GET', `${secrets}/nobody-token`)).code).toBe(404);
  });

  test('[T12] what stands in it is left, but for a wrong certificate', async () => {
    await made(secrets, { ...secretOf('default', 'own'), stringData: { token: 'mine', 'ca.crt': 'x' } });
    const { data } = (await ask('GET', `${secrets}/own`)).body;
    expect(Buffer.from(data.token, 'base64').toString()).toBe('mine');
    expect(Buffer.from(data['ca.crt'], 'base64').toString()).toContain('BEGIN CERTIFICATE');
  });
});

describe('streams', () => {
  test('[I7] a stream over GET needs the right to create it, too', async () => {
    await made(accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader' } });
    const reader = 'system:serviceaccount:default:reader';
    const token = bearer(await tokenOf('reader'));
    await grant('reader', reader, [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['get'] }]);
    expect(refusal(await ask('GET', `${pods}/a/exec?command=ls`, token))).toEqual([403, 'Forbidden', 'pods "a" is forbidden: ']);
    await grant('runner', reader, [{ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }]);
    expect((await ask('GET', `${pods}/a/exec?command=ls`, token)).code).not.toBe(403);
  });
});

describe('reviews', () => {
  const api = '/apis/authorization.k8s.io/v1';
  const review = (kind: string, spec: object, headers: Headers = {}, path = `${api}/${kind.toLowerCase()}s`) =>
    ask('POST', path, headers, { apiVersion: 'authorization.k8s.io/v1', kind, spec });
  const listPods = { verb: 'list', resource: 'pods', namespace: 'default' };

  test('[R1] may I?', async () => {
    const mine = (headers: Headers) => review('SelfSubjectAccessReview', { resourceAttributes: listPods }, headers);
    expect((await mine({})).body.status).toEqual({ allowed: true });
    expect((await mine({ 'impersonate-user': 'jane' })).body.status).toEqual({ allowed: false });
  });

  test('[R2] may somebody?', async () => {
    const { code, body } = await review('SubjectAccessReview', {
      user: 'x',
      groups: ['system:authenticated'],
      nonResourceAttributes: { verb: 'get', path: '/api' },
    });
    expect(code).toBe(201);
    expect(body.status).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by ClusterRoleBinding "system:discovery" of ClusterRole "system:discovery" to Group "system:authenticated"',
    });
    expect(body.metadata.managedFields[0].operation).toBe('Update');
  });

  test('[R3] in one namespace, which must be that of the path', async () => {
    const local = (namespace: string) =>
      review(
        'LocalSubjectAccessReview',
        { user: 'x', resourceAttributes: { ...listPods, namespace } },
        {},
        `${api}/namespaces/default/localsubjectaccessreviews`,
      );
    expect((await local('default')).body.status).toEqual({ allowed: false });
    expect(refusal(await local('kube-system'))[2]).toBe(
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes.namespace: Invalid value: "kube-system": must match metadata.namespace',
    );
  });

  test('[R4] a question must be one', async () => {
    expect(refusal(await review('SubjectAccessReview', {}))[2]).toBe(
      '.authorization.k8s.io "" is invalid: [spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified, spec.user: Invalid value: "": at least one of user or group must be specified]',
    );
    expect(refusal(await review('SelfSubjectRulesReview', {}))).toEqual([400, 'BadRequest', 'no namespace on request']);
  });

  test('[R5] what may I?', async () => {
    const { body } = await review('SelfSubjectRulesReview', { namespace: 'default' }, { 'impersonate-user': 'jane' });
    expect(body.status.incomplete).toBe(false);
    expect(body.status.resourceRules).toContainEqual({ verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] });
    expect(body.status.nonResourceRules.flatMap((rule: { nonResourceURLs: string[] }) => rule.nonResourceURLs)).toContain('/healthz');
  });

  test('[R7] an administrator may everything', async () => {
    const { status } = (await review('SelfSubjectRulesReview', { namespace: 'default' })).body;
    expect(status.resourceRules).toContainEqual({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] });
    expect(status.nonResourceRules).toContainEqual({ verbs: ['*'], nonResourceURLs: ['*'] });
  });

  test('[R6] nothing is stored, and only asking is possible', async () => {
    expect([...cluster.store.collection('subjectaccessreviews.authorization.k8s.io').keys()]).toEqual([]);
    expect((await ask('GET', `${api}/subjectaccessreviews`)).code).toBe(405);
  });
});
