// Rules for ReplicaSets (pkg/apis/apps/validation).
import type { ReplicaSet, ReplicaSetSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import { root } from '../path.ts';
import { validateCounts, validateParts, validateSameSelector, validateSelectedTemplate, validateSelector, workloadWarnings } from './template.ts';

const spec = root('spec');
const status = root('status');

export const replicaSetRules: RulesOf<ReplicaSet> = {
  validate: (replicaSet) =>
    findings((errors) => {
      validateObjectMeta(replicaSet, subdomainName, errors);
      validateSpec(replicaSet.spec, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec, errors);
      validateSameSelector(next.spec, before.spec, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      const counts = next.status as unknown as Readonly<Record<string, unknown>>;
      validateReplacedMeta(next, before, errors);
      validateCounts(
        counts,
        ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration', 'terminatingReplicas'],
        status,
        errors,
      );
      validateParts(counts, ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'], status, errors);
    }),
  warnings: (next, before) => workloadWarnings(next, before, spec.child('template')),
};

function validateSpec({ replicas, minReadySeconds, selector, template }: ReplicaSetSpec, errors: FieldErrors): void {
  validateNonNegative(replicas, spec.child('replicas'), errors);
  validateNonNegative(minReadySeconds, spec.child('minReadySeconds'), errors);
  validateSelector(selector, 'deployment', spec.child('selector'), errors);
  validateSelectedTemplate(selector, template, spec, errors);
}
