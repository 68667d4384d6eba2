// Rules for pod disruption budgets. The server asks nothing of their names but that they can stand in a path.
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from '../../schema/generated/types.ts';
import { validateConditions } from '../conditions.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabelSelector } from '../metadata/labels.ts';
import { pathSegmentName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateGenericMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateAtMost100Percent, validateIntOrPercent } from '../workloads/int-or-percent.ts';

const at = root('spec');
const evictionPolicies = ['AlwaysAllow', 'IfHealthyBudget'];

export const podDisruptionBudgetRules: RulesOf<PodDisruptionBudget> = {
  validate: (budget) =>
    findings((errors) => {
      validateSpec(budget.spec ?? {}, errors);
      // Only when nothing else is wrong does the server look at metadata.
      if (errors.count === 0) validateGenericMeta(budget, pathSegmentName, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateSpec(next.spec ?? {}, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateConditions(next.status?.conditions, root('status', 'conditions'), errors);
      for (const field of ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const) {
        validateNonNegative(next.status?.[field], root('status', field), errors);
      }
    }),
};

function validateSpec(spec: PodDisruptionBudgetSpec, errors: FieldErrors): void {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    errors.invalid(at, goStruct('PodDisruptionBudgetSpec', spec), 'minAvailable and maxUnavailable cannot be both set');
  }
  for (const [field, value] of Object.entries({ minAvailable, maxUnavailable })) {
    if (value === undefined) continue;
    validateIntOrPercent(value, at.child(field), errors);
    validateAtMost100Percent(value, at.child(field), errors);
  }
  validateLabelSelector(selector, at.child('selector'), errors);
  if (policy !== undefined && !evictionPolicies.includes(policy)) errors.notSupported(at.child('unhealthyPodEvictionPolicy'), policy, evictionPolicies);
}
