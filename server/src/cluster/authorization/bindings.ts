// Which bindings name a user: two indexes, so that a decision costs what the user's own bindings cost, however many there are.
import type { KubeObject } from '../../kube/object.ts';
import type { ClusterRoleBinding, RbacV1Subject, RoleBinding } from '../../schema/generated/types.ts';
import { accountUserName, type User } from '../authentication/user.ts';
import type { Reader } from '../runtime/reader.ts';
import type { IndexDefinition } from '../store/index-of.ts';

export type Binding = ClusterRoleBinding | RoleBinding;

const userKey = (name: string) => `user ${name}`;
const groupKey = (name: string) => `group ${name}`;

/** A service account is found as the user that it is; in a RoleBinding it may leave out its namespace. */
function keyOf({ kind, name, namespace }: RbacV1Subject, home: string): string | undefined {
  if (kind === 'User') return userKey(name);
  if (kind === 'Group') return groupKey(name);
  const where = namespace || home;
  return kind === 'ServiceAccount' && where ? userKey(accountUserName(where, name)) : undefined;
}

function keysOf(binding: Binding): readonly string[] {
  const home = binding.metadata.namespace ?? '';
  const keys = (binding.subjects ?? []).map((subject) => keyOf(subject, home)).filter((key) => key !== undefined);
  return [...new Set(keys)];
}

const inNamespace = (namespace: string, key: string) => `${namespace} ${key}`;

const clusterRoleBindingsBySubject: IndexDefinition = {
  name: 'clusterRoleBindingsBySubject',
  resource: 'clusterrolebindings.rbac.authorization.k8s.io',
  keysOf: (object: KubeObject) => keysOf(object as ClusterRoleBinding),
};

const roleBindingsBySubject: IndexDefinition = {
  name: 'roleBindingsBySubject',
  resource: 'rolebindings.rbac.authorization.k8s.io',
  keysOf: (object: KubeObject) => keysOf(object as RoleBinding).map((key) => inNamespace(object.metadata.namespace ?? '', key)),
};

export const bindingIndexes = [clusterRoleBindingsBySubject, roleBindingsBySubject];

/** The bindings that name the user or one of its groups: those of the cluster, then those of the namespace. */
export function* bindingsOf(reader: Reader, user: User, namespace: string | undefined): Generator<Binding> {
  const keys = [userKey(user.name), ...user.groups.map(groupKey)];
  yield* once(keys.map((key) => reader.indexed(clusterRoleBindingsBySubject, key).objects));
  if (namespace) yield* once(keys.map((key) => reader.indexed(roleBindingsBySubject, inNamespace(namespace, key)).objects));
}

/** A binding that names a user in several ways counts once. */
function* once(buckets: readonly ReadonlyMap<string, KubeObject>[]): Generator<Binding> {
  const seen = new Set<string>();
  for (const bucket of buckets) {
    for (const [key, binding] of bucket) {
      if (seen.has(key)) continue;
      seen.add(key);
      yield binding as Binding;
    }
  }
}

/** `RoleBinding "bob/demo" of Role "reader" to User "bob"`: through which of its subjects a binding means the user. */
export function describeBinding(binding: Binding, user: User): string {
  const { name, namespace = '' } = binding.metadata;
  const keys = new Set([userKey(user.name), ...user.groups.map(groupKey)]);
  const subject = (binding.subjects ?? []).find((one) => keys.has(keyOf(one, namespace) ?? ''))!;
  const who = subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace || namespace}` : subject.name;
  const { kind, name: role } = binding.roleRef;
  const what = namespace === '' ? `ClusterRoleBinding "${name}"` : `RoleBinding "${name}/${namespace}"`;
  return `${what} of ${kind} "${role}" to ${subject.kind} "${who}"`;
}
