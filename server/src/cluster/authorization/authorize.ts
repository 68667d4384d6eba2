// RBAC: whether a user may do something. Purely additive: what no rule allows is refused.
import type { ClusterRole, PolicyRule, Role, RoleRef } from '../../schema/generated/types.ts';
import { isMaster, type User } from '../authentication/user.ts';
import type { ApiRequest } from '../registry/request.ts';
import type { Reader } from '../runtime/reader.ts';
import type { Status } from '../../kube/status.ts';
import { attributesOf, refusalOf, type Attributes } from './attributes.ts';
import { bindingsOf, describeBinding } from './bindings.ts';
import { allows } from './rule.ts';

export interface Decision {
  readonly allowed: boolean;
  /** Which binding allowed it, or which roles could not be found; may be empty. */
  readonly reason: string;
}

export function authorize(reader: Reader, user: User, attributes: Attributes): Decision {
  if (isMaster(user)) return { allowed: true, reason: '' };
  const missing: string[] = [];
  for (const binding of bindingsOf(reader, user, 'path' in attributes ? undefined : attributes.namespace)) {
    const rules = rulesOfRole(reader, binding.roleRef, binding.metadata.namespace);
    if (typeof rules === 'string') missing.push(rules);
    else if (rules.some((rule) => allows(rule, attributes))) return { allowed: true, reason: `RBAC: allowed by ${describeBinding(binding, user)}` };
  }
  return { allowed: false, reason: missing.length === 0 ? '' : `RBAC: ${aggregate(missing)}` };
}

/** The 403 that a user gets who may not; undefined when allowed. */
export function refuse(reader: Reader, user: User, attributes: Attributes): Status | undefined {
  const { allowed, reason } = authorize(reader, user, attributes);
  return allowed ? undefined : refusalOf(user, attributes, reason);
}

/** An update or an apply of what is not there creates it, and needs that right too. */
export const refuseCreation = (reader: Reader, request: ApiRequest): Status | undefined =>
  request.user && refuse(reader, request.user, { ...attributesOf(request), verb: 'create' });

export interface RulesOfUser {
  readonly rules: readonly PolicyRule[];
  /** Roles that are bound but are not there. */
  readonly error?: string;
}

/** Everything that a user may do in a namespace, the cluster-wide rules first. */
export function rulesOf(reader: Reader, user: User, namespace: string | undefined): RulesOfUser {
  const rules: PolicyRule[] = [];
  const missing: string[] = [];
  for (const binding of bindingsOf(reader, user, namespace)) {
    const found = rulesOfRole(reader, binding.roleRef, binding.metadata.namespace);
    if (typeof found === 'string') missing.push(found);
    else rules.push(...found);
  }
  return { rules, ...(missing.length > 0 && { error: aggregate(missing) }) };
}

/** The rules of the role that a binding refers to, or why there are none. */
export function rulesOfRole(reader: Reader, { kind, name }: RoleRef, namespace: string | undefined): readonly PolicyRule[] | string {
  if (kind !== 'Role' && kind !== 'ClusterRole') return `unsupported role reference kind: "${kind}"`;
  const resource = kind === 'Role' ? 'roles.rbac.authorization.k8s.io' : 'clusterroles.rbac.authorization.k8s.io';
  const role = reader.get<Role | ClusterRole>(resource, kind === 'Role' ? namespace : undefined, name);
  return role ? (role.rules ?? []) : `${kind.toLowerCase()}.rbac.authorization.k8s.io "${name}" not found`;
}

/** Several errors as one, each text once (utilerrors.Aggregate). */
function aggregate(errors: readonly string[]): string {
  const different = [...new Set(errors)];
  return different.length === 1 ? different[0]! : `[${different.join(', ')}]`;
}
