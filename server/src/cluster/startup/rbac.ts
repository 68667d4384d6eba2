// Bootstrap RBAC as objects: reads the tables of rbac-roles.ts, controller-roles.ts and rbac-bindings.ts.
import type { KubeObject } from '../../kube/object.ts';
import type { ClusterRole, PolicyRule } from '../../schema/generated/types.ts';
import { aggregatedRules } from '../controllers/clusterrole-aggregation/aggregate.ts';
import type { StartupObject } from './startup-object.ts';
import { clusterRoleBindings, namespaceRoleBindings } from './rbac-bindings.ts';
import { clusterRoles, namespaceRoles } from './rbac-roles.ts';
import { controllerRoles } from './controller-roles.ts';

const group = 'rbac.authorization.k8s.io';
const apiVersion = `${group}/v1`;
const annotations = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' };
const ownLabels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };

export function rbacObjects(): readonly StartupObject[] {
  const ofCluster = [...entriesOf(clusterRoles), ...entriesOf(controllerRoles)].map(({ head, lines }) => clusterRole(head, lines));
  const ofNamespaces = entriesOf(namespaceRoles).map(({ head: [namespace = '', name = ''], lines }) => ({
    resource: `roles.${group}`,
    draft: { kind: 'Role', apiVersion, metadata: { name, namespace, labels: ownLabels, annotations }, rules: lines.map(ruleOf) },
  }));
  return [
    ...withGathered(ofCluster).map((role) => ({ resource: `clusterroles.${group}`, draft: { ...role } })),
    ...ofNamespaces,
    ...entriesOf(clusterRoleBindings).map(({ head: [name = '', role = ''], lines }) => binding('ClusterRole', name, role, undefined, lines)),
    ...entriesOf(controllerRoles).map(({ head: [name = ''] }) =>
      binding('ClusterRole', name, name, undefined, [`ServiceAccount kube-system/${accountOfRole(name)}`]),
    ),
    ...entriesOf(namespaceRoleBindings).map(({ head: [namespace = '', name = '', role = ''], lines }) => binding('Role', name, role, namespace, lines)),
  ];
}

/** The service accounts that the controllers act as. */
export const controllerAccounts = (): readonly string[] => entriesOf(controllerRoles).map(({ head: [name = ''] }) => accountOfRole(name));

const accountOfRole = (role: string) => role.slice('system:controller:'.length);

interface Entry {
  readonly head: readonly string[];
  readonly lines: readonly string[];
}

/** Lines without indentation begin an entry. */
function entriesOf(text: string): readonly Entry[] {
  const blocks = text.trim().split(/\n(?! )/);
  return blocks.map((block) => {
    const [head = '', ...lines] = block.split('\n');
    return { head: head.split(' '), lines: lines.map((line) => line.trim()) };
  });
}

function clusterRole([name = '', ...words]: readonly string[], lines: readonly string[]): ClusterRole {
  const after = (word: string) => words.indexOf(word) >= 0 && `${group}/${words[words.indexOf(word) + 1]}`;
  const [gathers, gathered] = [after('gathers'), after('gathered')];
  return {
    kind: 'ClusterRole',
    apiVersion,
    metadata: { name, labels: gathered ? { ...ownLabels, [gathered]: 'true' } : ownLabels, annotations } as unknown as KubeObject['metadata'],
    ...(gathers && { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [gathers]: 'true' } }] } }),
    rules: lines.map(ruleOf),
  };
}

/** What the aggregation controller makes of them. A role that gathers may itself be gathered, so again until nothing changes. */
function withGathered(roles: readonly ClusterRole[]): readonly ClusterRole[] {
  const next = roles.map((role) => (role.aggregationRule ? { ...role, rules: aggregatedRules(role, roles) } : role));
  return next.every((role, i) => role.rules?.length === roles[i]!.rules?.length) ? next : withGathered(next);
}

/** `get,list core pods named a,b` or `get path /healthz`. */
function ruleOf(line: string): PolicyRule {
  const [verbs, second, third, , names] = line.split(' ').map((word) => word.split(','));
  if (second![0] === 'path') return { verbs: verbs!, nonResourceURLs: third! };
  const apiGroups = second!.map((one) => (one === 'core' ? '' : one));
  return { verbs: verbs!, apiGroups, resources: third!, ...(names && { resourceNames: names }) };
}

function binding(kind: string, name: string, role: string, namespace: string | undefined, lines: readonly string[]): StartupObject {
  const own = namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding';
  const metadata = { name, ...(namespace !== undefined && { namespace }), labels: ownLabels, annotations };
  const roleRef = { apiGroup: group, kind, name: role };
  const draft = { kind: own, apiVersion, metadata, ...(lines.length > 0 && { subjects: lines.map(subjectOf) }), roleRef };
  return { resource: `${own.toLowerCase()}s.${group}`, draft };
}

function subjectOf(line: string) {
  const [kind = '', who = ''] = line.split(' ');
  const [namespace = '', name = ''] = who.split('/');
  return kind === 'ServiceAccount' ? { kind, name, namespace } : { kind, apiGroup: group, name: who };
}
