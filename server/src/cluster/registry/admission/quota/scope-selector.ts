// The scopes of a quota, and how one that names values selects.
import { matches, selectorOf } from '../../../../kube/label-selector.ts';
import type { ResourceQuota, ScopedResourceSelectorRequirement } from '../../../../schema/generated/types.ts';

/** `scopes: [BestEffort]` is short for a selector that asks whether it is so. */
export const scopesOf = ({ spec }: ResourceQuota): readonly ScopedResourceSelectorRequirement[] => [
  ...(spec.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' })),
  ...(spec.scopeSelector?.matchExpressions ?? []),
];

/** Whether the value that an object has for the scope is selected; undefined: it has none. */
export function selects({ scopeName, operator, values }: ScopedResourceSelectorRequirement, value: string | undefined): boolean {
  const parsed = selectorOf({ matchExpressions: [{ key: scopeName, operator, ...(values && { values }) }] });
  return 'selector' in parsed && matches(parsed.selector, value === undefined ? {} : { [scopeName]: value });
}
