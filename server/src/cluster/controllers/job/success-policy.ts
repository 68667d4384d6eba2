// Whether enough indexes of an Indexed job have succeeded for its successPolicy.
// Source: success_policy.go (pkg/controller/job).
import type { Job } from '../../../schema/generated/types.ts';
import { countOf, overlapOf, parseIndexes, type IndexSet } from './index-set.ts';

/** Which rule is met, as the condition says it. */
export function metSuccessRule({ spec }: Job, succeeded: IndexSet): string | undefined {
  if (!spec.successPolicy || succeeded.length === 0) return undefined;
  const met = spec.successPolicy.rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && countOf(succeeded) >= succeededCount;
    const required = parseIndexes(succeededIndexes, spec.completions ?? 0);
    if (required.length === 0) return false;
    const shared = overlapOf(required, succeeded);
    return shared === countOf(required) || (succeededCount !== undefined && shared >= succeededCount);
  });
  return met < 0 ? undefined : `Matched rules at index ${met}`;
}
