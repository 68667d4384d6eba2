// Rules for ReplicationControllers (pkg/apis/core/validation).
import type { PodTemplateSpec, ReplicationController } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { printedLabels } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import { root } from '../path.ts';
import { validatePodTemplate } from '../pod/template.ts';
import { templateWarnings } from '../warnings/pod.ts';
import { isNewGeneration, podNameWarnings, validateCounts, validateParts, validateRestartsAlways } from './template.ts';

const spec = root('spec');
const status = root('status');

export const replicationControllerRules: RulesOf<ReplicationController> = {
  validate: (controller) =>
    findings((errors) => {
      validateObjectMeta(controller, subdomainName, errors);
      validateSpec(controller, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      const counts = next.status as unknown as Readonly<Record<string, unknown>>;
      validateReplacedMeta(next, before, errors);
      validateCounts(counts, ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas', 'observedGeneration'], status, errors);
      validateParts(counts, ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'], status, errors);
    }),
  warnings(next, before) {
    if (!before) return [...podNameWarnings(next.metadata.name), ...warningsOf(next.spec.template)];
    // The server looks at the old template here.
    return isNewGeneration(next, before) ? warningsOf(before.spec.template) : [];
  },
};

const warningsOf = (template: PodTemplateSpec | undefined) => (template ? templateWarnings(template, spec.child('template')) : []);

function validateSpec({ spec: { minReadySeconds, selector, replicas, template } }: ReplicationController, errors: FieldErrors): void {
  validateNonNegative(minReadySeconds, spec.child('minReadySeconds'), errors);
  if (Object.keys(selector ?? {}).length === 0) errors.required(spec.child('selector'));
  validateNonNegative(replicas, spec.child('replicas'), errors);
  const at = spec.child('template');
  if (!template) return errors.required(at);
  const labels = template.metadata?.labels;
  // Nothing is asked of the selector itself.
  if (Object.entries(selector ?? {}).some(([key, value]) => labels?.[key] !== value)) {
    errors.invalid(at.child('metadata').child('labels'), printedLabels(template.metadata), '`selector` does not match template `labels`');
  }
  validatePodTemplate(template, at, errors);
  validateRestartsAlways(template, 'ReplicationController', at, errors);
  return undefined;
}
