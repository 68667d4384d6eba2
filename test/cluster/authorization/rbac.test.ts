// Who may do what: decisions, the words of refusals, and the rule that nobody gives what they do not hold.
import { describe, expect, test } from 'vitest';
import { authorize } from '../../../server/src/cluster/authorization/authorize.ts';
import type { Attributes } from '../../../server/src/cluster/authorization/attributes.ts';
import type { User } from '../../../server/src/cluster/authentication/user.ts';
import { checkDone, checkRefused, Client, configMap, deployment } from '../registry/support/api.ts';

const user = (name: string, ...groups: string[]): User => ({ name, groups: [...groups, 'system:authenticated'] });
const jane = user('jane');
const group = 'rbac.authorization.k8s.io';
const apiVersion = `${group}/v1`;

type Rule = { verbs: string[]; apiGroups?: string[]; resources?: string[]; resourceNames?: string[]; nonResourceURLs?: string[] };

const role = (name: string, ...rules: Rule[]) => ({ apiVersion, kind: 'Role', metadata: { name }, rules });
const clusterRole = (name: string, ...rules: Rule[]) => ({ apiVersion, kind: 'ClusterRole', metadata: { name }, rules });
const core = (resources: string, verbs: string, ...resourceNames: string[]): Rule => ({
  apiGroups: [''],
  resources: resources.split(','),
  verbs: verbs.split(','),
  ...(resourceNames.length > 0 && { resourceNames }),
});

const subjectOf = (who: string) => {
  const [kind = '', name = '', namespace] = who.split(' ');
  return { kind, name, ...(kind !== 'ServiceAccount' && { apiGroup: group }), ...(namespace && { namespace }) };
};
/** `who`: 'User jane', 'ServiceAccount robot demo'. `role`: 'Role reader', 'ClusterRole view'. */
const binding = (name: string, ref: string, ...who: string[]) => {
  const [kind = '', roleName = ''] = ref.split(' ');
  return { apiVersion, kind: 'RoleBinding', metadata: { name }, roleRef: { apiGroup: group, kind, name: roleName }, subjects: who.map(subjectOf) };
};
const clusterBinding = (name: string, ref: string, ...who: string[]) => ({ ...binding(name, ref, ...who), kind: 'ClusterRoleBinding' });

function clientWith(...objects: Parameters<Client['create']>[0][]): Client {
  const client = new Client();
  for (const object of objects) checkDone(client.create(object), 201);
  return client;
}

const may = (client: Client, who: User, attributes: Attributes) => authorize(client.cluster.store, who, attributes);
const pods = { group: '', resource: 'pods', namespace: 'default' };

describe('decisions', () => {
  const client = clientWith(
    role('reader', core('pods,pods/log', 'get,list')),
    role('one', core('configmaps', 'get', 'settings')),
    clusterRole('scaler', { apiGroups: ['*'], resources: ['*/scale'], verbs: ['*'] }),
    clusterRole('prober', { nonResourceURLs: ['/metrics', '/debug/*'], verbs: ['get'] }),
    binding('readers', 'Role reader', 'User jane', 'Group dev', 'ServiceAccount robot', 'ServiceAccount other kube-system'),
    binding('one', 'Role one', 'User jane'),
    binding('view', 'ClusterRole view', 'User vera'),
    binding('broken', 'Role nowhere', 'User bob'),
    clusterBinding('scalers', 'ClusterRole scaler', 'User jane'),
    clusterBinding('probers', 'ClusterRole prober', 'User jane'),
  );
  const robot = { name: 'system:serviceaccount:default:robot', groups: [] };
  const cases: readonly [string, User, Attributes, boolean][] = [
    ['a verb and a resource of a role', jane, { ...pods, verb: 'list' }, true],
    ['another verb', jane, { ...pods, verb: 'delete' }, false],
    ['another namespace', jane, { ...pods, verb: 'list', namespace: 'kube-system' }, false],
    ['all namespaces', jane, { ...pods, verb: 'list', namespace: undefined }, false],
    ['a subresource that is listed', jane, { ...pods, verb: 'get', subresource: 'log' }, true],
    ['a subresource that is not', jane, { ...pods, verb: 'get', subresource: 'exec' }, false],
    ['the named object', jane, { verb: 'get', group: '', resource: 'configmaps', namespace: 'default', name: 'settings' }, true],
    ['another object', jane, { verb: 'get', group: '', resource: 'configmaps', namespace: 'default', name: 'others' }, false],
    ['a collection, with a right to one name', jane, { verb: 'get', group: '', resource: 'configmaps', namespace: 'default' }, false],
    ['*/scale of anything', jane, { verb: 'update', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'x' }, true],
    ['*/scale is not the resource', jane, { verb: 'update', group: 'apps', resource: 'deployments', namespace: 'x' }, false],
    ['a path', jane, { verb: 'get', path: '/metrics' }, true],
    ['a path below', jane, { verb: 'get', path: '/metrics/x' }, false],
    ['a path with a star', jane, { verb: 'get', path: '/debug/pprof' }, true],
    ['discovery, for everybody who is known', user('nobody'), { verb: 'get', path: '/apis/apps' }, true],
    ['a group', user('anna', 'dev'), { ...pods, verb: 'get' }, true],
    ['a service account of the namespace of the binding', robot, { ...pods, verb: 'get' }, true],
    ['a service account of another namespace', { name: 'system:serviceaccount:kube-system:other', groups: [] }, { ...pods, verb: 'get' }, true],
    ['an account of that name elsewhere', { name: 'system:serviceaccount:kube-system:robot', groups: [] }, { ...pods, verb: 'get' }, false],
    ['a ClusterRole in one namespace', user('vera'), { ...pods, verb: 'watch' }, true],
    ['and not in another', user('vera'), { ...pods, verb: 'watch', namespace: 'kube-system' }, false],
    ['view is blind to secrets', user('vera'), { verb: 'get', group: '', resource: 'secrets', namespace: 'default' }, false],
    ['system:masters, without any rule', user('root', 'system:masters'), { verb: 'anything', group: 'x', resource: 'y' }, true],
  ];
  test.each(cases)('[A1] %s', (_, who, attributes, allowed) => {
    expect(may(client, who, attributes).allowed).toBe(allowed);
  });

  test('[A2] the reason names the binding, or the role that is missing', () => {
    expect(may(client, user('anna', 'dev'), { ...pods, verb: 'get' }).reason).toBe(
      'RBAC: allowed by RoleBinding "readers/default" of Role "reader" to Group "dev"',
    );
    expect(may(client, robot, { ...pods, verb: 'get' }).reason).toBe(
      'RBAC: allowed by RoleBinding "readers/default" of Role "reader" to ServiceAccount "robot/default"',
    );
    expect(may(client, jane, { verb: 'get', path: '/metrics' }).reason).toBe(
      'RBAC: allowed by ClusterRoleBinding "probers" of ClusterRole "prober" to User "jane"',
    );
    expect(may(client, user('bob'), { ...pods, verb: 'get' })).toEqual({ allowed: false, reason: 'RBAC: role.rbac.authorization.k8s.io "nowhere" not found' });
  });

  test('[A3] rights go when a binding goes, and change with the role', () => {
    const fresh = clientWith(role('reader', core('pods', 'list')), binding('readers', 'Role reader', 'User jane'));
    const list = { ...pods, verb: 'list' };
    expect(may(fresh, jane, list).allowed).toBe(true);
    checkDone(fresh.update('roles', 'reader', role('reader', core('pods', 'get'))));
    expect(may(fresh, jane, list).allowed).toBe(false);
    checkDone(fresh.update('roles', 'reader', role('reader', core('pods', 'list'))));
    checkDone(fresh.delete('rolebindings', 'readers'));
    expect(may(fresh, jane, list).allowed).toBe(false);
  });
});

test('[A7] what Go writes as null allows nothing, and breaks nothing', () => {
  const client = clientWith();
  const { store } = client.cluster;
  const cause = { by: 'test', because: 0 };
  const put = (resource: string, object: object, namespace?: string) => {
    const { metadata } = object as { metadata: { name: string } };
    store.commit({ resource: `${resource}.${group}`, namespace, name: metadata.name, after: object as never, cause });
  };
  put('clusterroles', { ...clusterRole('none'), rules: [{ verbs: null, apiGroups: null, resources: null }], aggregationRule: { clusterRoleSelectors: null } });
  put('clusterroles', { ...clusterRole('null'), rules: null });
  put('clusterrolebindings', clusterBinding('none', 'ClusterRole none', 'User jane'));
  put('clusterrolebindings', { ...clusterBinding('null', 'ClusterRole null', 'User jane'), subjects: null });
  expect(may(client, jane, { ...pods, verb: 'list' })).toEqual({ allowed: false, reason: '' });
  checkDone(client.create({ ...role('x'), rules: null }), 201);
});

describe('refusals', () => {
  const client = clientWith();
  const refusal = (message: string) => ({ code: 403, reason: 'Forbidden', message });

  test('[A4] a collection in a namespace, in all of them, one object, a subresource, a namespace', () => {
    checkRefused(
      client.list('pods', {}, { user: jane }),
      refusal('pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"'),
    );
    checkRefused(
      client.ask({ verb: 'list', group: 'apps', resource: 'deployments', user: jane }),
      refusal('deployments.apps is forbidden: User "jane" cannot list resource "deployments" in API group "apps" at the cluster scope'),
    );
    checkRefused(
      client.get('deployments', 'web', { subresource: 'scale', user: jane }),
      refusal('deployments.apps "web" is forbidden: User "jane" cannot get resource "deployments/scale" in API group "apps" in the namespace "default"'),
    );
    const namespace = { group: '', resource: 'namespaces', name: 'default', user: jane } as const;
    checkRefused(
      client.ask({ ...namespace, verb: 'get' }),
      refusal('namespaces "default" is forbidden: User "jane" cannot get resource "namespaces" in API group "" in the namespace "default"'),
    );
  });

  test('[A5] an update of what is not there needs the right to create', () => {
    const held = clientWith(
      role('writer', { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['update', 'patch'] }),
      binding('w', 'Role writer', 'User jane'),
    );
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'one' } };
    const message =
      'leases.coordination.k8s.io "one" is forbidden: User "jane" cannot create resource "leases" in API group "coordination.k8s.io" in the namespace "default"';
    checkRefused(held.update('leases', 'one', lease, { user: jane }), refusal(message));
    checkRefused(held.patch('leases', 'one', 'apply', lease, { user: jane, options: { fieldManager: 'me' } }), refusal(message));
    const { metadata } = checkDone(held.create(lease), 201);
    checkDone(held.update('leases', 'one', { ...lease, metadata }, { user: jane }));
  });

  test('[A6] what is allowed is done', () => {
    const held = clientWith(binding('edit', 'ClusterRole edit', 'User jane'));
    checkDone(held.create(deployment('web'), { user: jane }), 201);
    checkDone(held.create(configMap('a'), { user: jane }), 201);
    checkRefused(
      held.create(role('reader', core('pods', 'get')), { user: jane }),
      refusal(`roles.${group} is forbidden: User "jane" cannot create resource "roles" in API group "${group}" in the namespace "default"`),
    );
  });
});

describe('nobody gives what they do not hold', () => {
  const rbac = (verbs: string, ...resources: string[]): Rule => ({ apiGroups: [group], resources, verbs: verbs.split(',') });
  const keeper = role('keeper', rbac('*', 'roles', 'rolebindings'), core('pods', 'get,list'));
  const refused = (what: string, ...lines: string[]) => ({
    code: 403,
    reason: 'Forbidden',
    message: `${what} is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n${lines.join('\n')}`,
  });

  test('[E1] a role may have what its maker holds', () => {
    const plain = role('keeper', rbac('create,update', 'roles'), core('pods', 'get,list'));
    const client = clientWith(plain, binding('k', 'Role keeper', 'User jane'));
    checkDone(client.create(role('mine', core('pods', 'get')), { user: jane }), 201);
    checkRefused(
      client.create(role('more', core('pods,secrets', 'get,delete'), core('secrets', 'watch')), { user: jane }),
      refused(
        `roles.${group} "more"`,
        '{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}',
        '{APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete" "watch"]}',
      ),
    );
    checkRefused(
      client.update('roles', 'mine', role('mine', core('pods', 'get'), core('configmaps', 'get', 'a')), { user: jane }),
      refused(`roles.${group} "mine"`, '{APIGroups:[""], Resources:["configmaps"], ResourceNames:["a"], Verbs:["get"]}'),
    );
  });

  test('[E2] escalate lets one give more', () => {
    const client = clientWith(keeper, binding('k', 'Role keeper', 'User jane'));
    checkDone(client.create(role('more', core('secrets', 'get')), { user: jane }), 201);
  });

  test('[E3] a binding needs what the role has, or the right to bind it', () => {
    const plain = role('keeper', rbac('create', 'rolebindings'), core('pods', 'get,list'));
    const client = clientWith(plain, role('reader', core('pods', 'list')), role('thief', core('secrets', 'get')), binding('k', 'Role keeper', 'User jane'));
    checkDone(client.create(binding('readers', 'Role reader', 'User bob'), { user: jane }), 201);
    const theft = binding('thieves', 'Role thief', 'User bob');
    checkRefused(client.create(theft, { user: jane }), refused(`rolebindings.${group} "thieves"`, '{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}'));
    checkDone(client.create(role('binder', { ...rbac('bind', 'roles'), resourceNames: ['thief'] })), 201);
    checkDone(client.create(binding('b', 'Role binder', 'User jane')), 201);
    checkDone(client.create(theft, { user: jane }), 201);
    checkRefused(client.create(binding('lost', 'Role nowhere', 'User bob'), { user: jane }), {
      code: 404,
      reason: 'NotFound',
      message: `roles.${group} "nowhere" not found`,
    });
  });

  test('[E4] owners and finalizers may change without the rights', () => {
    const client = clientWith(role('strong', core('secrets', 'get')), role('keeper', rbac('update', 'roles')), binding('k', 'Role keeper', 'User jane'));
    const kept = { ...role('strong', core('secrets', 'get')), metadata: { name: 'strong', finalizers: ['example.com/keep'] } };
    checkDone(client.update('roles', 'strong', kept, { user: jane }));
  });

  test('[E5] a role that gathers needs everything', () => {
    const client = clientWith(clusterRole('keeper', rbac('create', 'clusterroles')), clusterBinding('k', 'ClusterRole keeper', 'User jane'));
    const gathering = { ...clusterRole('all'), aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] } };
    checkRefused(client.create(gathering, { user: jane }), {
      code: 403,
      reason: 'Forbidden',
      message: `clusterroles.${group} "all" is forbidden: must have cluster-admin privileges to use the aggregationRule`,
    });
  });
});

describe('aggregation', () => {
  test('[G1] a role gathers the rules of those that it selects, as they come and go', () => {
    const gathering = { ...clusterRole('all'), aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: 'yes' } }] } };
    const part = { ...clusterRole('part', core('pods', 'get')), metadata: { name: 'part', labels: { part: 'yes' } } };
    const client = clientWith(gathering, part);
    const rules = () => checkDone(client.get('clusterroles', 'all'))['rules'];
    expect(rules()).toEqual([core('pods', 'get')]);
    checkDone(client.update('clusterroles', 'part', { ...part, rules: [core('pods', 'list')] }));
    expect(rules()).toEqual([core('pods', 'list')]);
    checkDone(client.update('clusterroles', 'all', { ...gathering, rules: [core('secrets', 'get')] }));
    expect(rules()).toEqual([core('pods', 'list')]);
    checkDone(client.delete('clusterroles', 'part'));
    expect(rules() ?? []).toEqual([]);
  });

  test('[G2] a label is all it takes to have a part in view', () => {
    const crontabs = { apiGroups: ['stable.example.com'], resources: ['crontabs'], verbs: ['get'] };
    const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
    const client = clientWith({ ...clusterRole('crontabs', crontabs), metadata: { name: 'crontabs', labels } });
    for (const name of ['view', 'edit', 'admin']) expect(checkDone(client.get('clusterroles', name))['rules'], name).toContainEqual(crontabs);
  });
});
