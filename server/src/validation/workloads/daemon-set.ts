// Rules for DaemonSets (pkg/apis/apps/validation).
import { isEqual } from '../../kube/equal.ts';
import type { DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy, RollingUpdateDaemonSet } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabelSelector } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validatePodTemplate } from '../pod/template.ts';
import { goStruct } from '../text/go-struct.ts';
import { templateWarnings } from '../warnings/pod.ts';
import { plainNumber, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent.ts';
import { templateGenerationOf } from './template-generation.ts';
import { validateCollisionCount, validateCounts, validateNotEmpty, validateRestartsAlways, validateSameSelector, validateSelected } from './template.ts';

const spec = root('spec');

export const daemonSetRules: RulesOf<DaemonSet> = {
  validate: (set) =>
    findings((errors) => {
      validateObjectMeta(set, subdomainName, errors);
      validateSpec(set, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateTemplateGeneration(next, before, errors);
      validateSameSelector(next.spec, before.spec, errors);
      validateSpec(next, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateCounts(next.status as unknown as Readonly<Record<string, unknown>>, counted, root('status'), errors);
      validateCollisionCount(next.status, before.status, errors);
    }),
  warnings: (next, before) =>
    before && templateGenerationOf(next) === templateGenerationOf(before) ? [] : templateWarnings(next.spec.template, spec.child('template')),
};

function validateSpec(set: DaemonSet, errors: FieldErrors): void {
  const { selector, template, minReadySeconds, updateStrategy, revisionHistoryLimit } = set.spec as DaemonSetSpec;
  const at = spec.child('template');
  validateLabelSelector(selector, spec.child('selector'), errors);
  validateSelected(selector, template, at, errors);
  if (selector) validateNotEmpty(selector, 'daemonset', spec.child('selector'), errors);
  validatePodTemplate(template, at, errors);
  validateRestartsAlways(template, 'DaemonSet', at, errors);
  validateNonNegative(minReadySeconds, spec.child('minReadySeconds'), errors);
  validateNonNegative(templateGenerationOf(set), spec.child('templateGeneration'), errors);
  validateUpdateStrategy(updateStrategy as DaemonSetUpdateStrategy, spec.child('updateStrategy'), errors);
  validateNonNegative(revisionHistoryLimit, spec.child('revisionHistoryLimit'), errors);
}

function validateUpdateStrategy(strategy: DaemonSetUpdateStrategy, at: Path, errors: FieldErrors): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'OnDelete') return;
  if (type !== 'RollingUpdate') errors.notSupported(at, goStruct('DaemonSetUpdateStrategy', strategy), ['RollingUpdate', 'OnDelete']);
  else validateRollingUpdate(rollingUpdate ?? {}, at.child('rollingUpdate'), errors);
}

/** Pods go before others come, or others come before they go; never both. */
function validateRollingUpdate({ maxUnavailable = 0, maxSurge = 0 }: RollingUpdateDaemonSet, at: Path, errors: FieldErrors): void {
  validateIntOrPercent(maxUnavailable, at.child('maxUnavailable'), errors);
  validateIntOrPercent(maxSurge, at.child('maxSurge'), errors);
  validateAtMost100Percent(maxUnavailable, at.child('maxUnavailable'), errors);
  validateAtMost100Percent(maxSurge, at.child('maxSurge'), errors);
  const [canBeUnavailable, canSurge] = [plainNumber(maxUnavailable) !== 0, plainNumber(maxSurge) !== 0];
  if (canBeUnavailable && canSurge) errors.invalid(at.child('maxSurge'), maxSurge, 'may not be set when maxUnavailable is non-zero');
  else if (!canBeUnavailable && !canSurge) errors.required(at.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0');
}

/** It counts the changes of the template, and nothing else. */
function validateTemplateGeneration(next: DaemonSet, before: DaemonSet, errors: FieldErrors): void {
  const [generation, last] = [templateGenerationOf(next), templateGenerationOf(before)];
  const at = spec.child('templateGeneration');
  const hasChanged = !isEqual(next.spec.template, before.spec.template);
  if (generation < last) errors.invalid(at, generation, 'must not be decremented');
  if (generation === last && hasChanged) errors.invalid(at, generation, 'must be incremented upon template update');
  else if (generation > last && !hasChanged) errors.invalid(at, generation, 'must not be incremented without template update');
}

const counted = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
];
