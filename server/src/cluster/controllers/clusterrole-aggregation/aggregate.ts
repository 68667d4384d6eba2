// Which rules a ClusterRole gathers from others.
import { isEqual } from '../../../kube/equal.ts';
import type { ClusterRole, PolicyRule } from '../../../schema/generated/types.ts';
import { selects } from '../selectors.ts';

/** Selector by selector, role by role in the order of their names; equal rules once. */
export function aggregatedRules({ metadata, aggregationRule }: ClusterRole, roles: Iterable<ClusterRole>): readonly PolicyRule[] {
  const others = [...roles].filter((role) => role.metadata.name !== metadata.name).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const rules: PolicyRule[] = [];
  for (const selector of aggregationRule?.clusterRoleSelectors ?? []) {
    for (const role of others) {
      if (!selects(selector, role.metadata.labels)) continue;
      for (const rule of role.rules ?? []) if (!rules.some((known) => isEqual(known, rule))) rules.push(rule);
    }
  }
  return rules;
}
