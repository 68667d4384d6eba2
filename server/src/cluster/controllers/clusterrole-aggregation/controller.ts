// A ClusterRole with an aggregationRule has the rules of all roles that it selects, and none of its own.
import { isEqual } from '../../../kube/equal.ts';
import { isStatus } from '../../../kube/status.ts';
import type { ClusterRole, PolicyRule } from '../../../schema/generated/types.ts';
import type { Controller, Plan } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import { aggregatedRules } from './aggregate.ts';

const resource = 'clusterroles.rbac.authorization.k8s.io';

interface View {
  readonly role: ClusterRole;
  readonly roles: Iterable<ClusterRole>;
}

interface RulesPlan extends Plan {
  readonly rules?: readonly PolicyRule[];
}

const rolesOf = (reader: Reader) => reader.collection(resource).values() as Iterable<ClusterRole>;

export const clusterRoleAggregation: Controller<View, RulesPlan> = {
  name: 'clusterrole-aggregation-controller',
  watches: [
    {
      resource,
      // Any role may be gathered by any other that gathers, and there are few of those.
      enqueue: (_commit, reader) => [...rolesOf(reader)].filter(({ aggregationRule }) => aggregationRule).map(({ metadata }) => metadata.name),
    },
  ],
  observe(key, reader) {
    const role = reader.get<ClusterRole>(resource, undefined, key);
    return role?.aggregationRule ? { role, roles: rolesOf(reader) } : undefined;
  },
  plan({ role, roles }) {
    const rules = aggregatedRules(role, roles);
    return isEqual(rules, role.rules ?? []) ? {} : { rules };
  },
  apply({ rules }, { role }, writer) {
    const written = rules && writer.update<ClusterRole>(resource, { ...role, rules });
    return isStatus(written) ? written : undefined;
  },
};
