// Nobody may give what they do not hold: the checks of roles and bindings when they are written by a user.
import { isEqual } from '../../kube/equal.ts';
import { quote } from '../../kube/quote.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { Status } from '../../kube/status.ts';
import type { ClusterRole, PolicyRule, RoleBinding } from '../../schema/generated/types.ts';
import { isMaster, type User } from '../authentication/user.ts';
import { forbidden, unexpected, notFound } from '../registry/answers.ts';
import type { Strategy } from '../registry/strategy.ts';
import type { Reader } from '../runtime/reader.ts';
import { authorize, rulesOf, rulesOfRole } from './authorize.ts';
import { describeRules, quoteList, uncovered } from './covers.ts';

const group = 'rbac.authorization.k8s.io';

/** Needed for a role that gathers the rules of others, for it may gather anything. */
const everything: readonly PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

/** Why `user` may not write this role or binding; undefined for whoever may, and for all other kinds. `before` absent: it is new. */
export function refuseEscalation(reader: Reader, strategy: Strategy, user: User | undefined, object: KubeObject, before?: KubeObject): Status | undefined {
  if (!user || strategy.info.group !== group || isMaster(user) || (before && changesOwnershipOnly(object, before))) return undefined;
  switch (strategy.info.kind) {
    case 'Role':
    case 'ClusterRole':
      return refuseRole(reader, strategy, user, object as ClusterRole, before as ClusterRole | undefined);
    default:
      return refuseBinding(reader, strategy, user, object as RoleBinding);
  }
}

/** The garbage collector, too, may be no administrator. */
function changesOwnershipOnly(object: KubeObject, before: KubeObject): boolean {
  const { ownerReferences: _1, finalizers: _2, managedFields: _3, ...is } = object.metadata;
  const { ownerReferences: _4, finalizers: _5, managedFields: _6, ...was } = before.metadata;
  return isEqual({ ...object, metadata: is }, { ...before, metadata: was });
}

function refuseRole(reader: Reader, { info }: Strategy, user: User, role: ClusterRole, before: ClusterRole | undefined): Status | undefined {
  const { name, namespace } = role.metadata;
  // A new object is not named in the path of its request, so rights on one name do not help to create it.
  const wanted = { verb: 'escalate', group, resource: info.resource, namespace, name: before && name };
  if (authorize(reader, user, wanted).allowed) return undefined;
  const missing = missingRights(reader, user, namespace, role.rules ?? []);
  if (missing !== undefined) return forbidden(info, name, missing);
  if (!gathers(role) && !gathers(before)) return undefined;
  if (missingRights(reader, user, namespace, everything) === undefined) return undefined;
  return forbidden(info, name, 'must have cluster-admin privileges to use the aggregationRule');
}

const gathers = (role: ClusterRole | undefined) => (role?.aggregationRule?.clusterRoleSelectors?.length ?? 0) > 0;

function refuseBinding(reader: Reader, { info }: Strategy, user: User, binding: RoleBinding): Status | undefined {
  const { name, namespace } = binding.metadata;
  const { roleRef } = binding;
  const resource = roleRef.kind === 'ClusterRole' ? 'clusterroles' : 'roles';
  const wanted = { verb: 'bind', group: roleRef.apiGroup ?? '', resource, name: roleRef.name, namespace };
  if (isRole(roleRef.kind) && authorize(reader, user, wanted).allowed) return undefined;
  const rules = rulesOfRole(reader, roleRef, namespace);
  if (typeof rules === 'string') return isRole(roleRef.kind) ? notFound({ group, resource }, roleRef.name) : unexpected(rules);
  const missing = missingRights(reader, user, namespace, rules);
  return missing === undefined ? undefined : forbidden(info, name, missing);
}

const isRole = (kind: string) => kind === 'Role' || kind === 'ClusterRole';

/** In words; undefined when the user holds them all. */
function missingRights(reader: Reader, user: User, namespace: string | undefined, wanted: readonly PolicyRule[]): string | undefined {
  const held = rulesOf(reader, user, namespace);
  const missing = uncovered(held.rules, wanted);
  if (missing.length === 0) return undefined;
  const errors = held.error === undefined ? '' : `; resolution errors: [${held.error}]`;
  const who = `user ${quote(user.name)} (groups=${quoteList(user.groups)})`;
  return `${who} is attempting to grant RBAC permissions not currently held:\n${describeRules(missing)}${errors}`;
}
