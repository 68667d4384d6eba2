// Rules for Deployments (pkg/apis/apps/validation).
import type { Deployment, DeploymentSpec, DeploymentStrategy } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { plainNumber, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent.ts';
import {
  validateCollisionCount,
  validateCounts,
  validateParts,
  validateSameSelector,
  validateSelectedTemplate,
  validateSelector,
  workloadWarnings,
} from './template.ts';

const spec = root('spec');
const status = root('status');

export const deploymentRules: RulesOf<Deployment> = {
  validate: (deployment) =>
    findings((errors) => {
      validateObjectMeta(deployment, subdomainName, errors);
      validateSpec(deployment.spec, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec, errors);
      validateSameSelector(next.spec, before.spec, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateStatus(next, before, errors);
    }),
  warnings: (next, before) => workloadWarnings(next, before, spec.child('template')),
};

function validateSpec({ replicas, selector, template, strategy, ...rest }: DeploymentSpec, errors: FieldErrors): void {
  const { minReadySeconds = 0, revisionHistoryLimit, progressDeadlineSeconds: deadline } = rest;
  validateNonNegative(replicas, spec.child('replicas'), errors);
  validateSelector(selector, 'deployment', spec.child('selector'), errors);
  validateSelectedTemplate(selector, template, spec, errors);
  validateStrategy(strategy, spec.child('strategy'), errors);
  validateNonNegative(minReadySeconds, spec.child('minReadySeconds'), errors);
  validateNonNegative(revisionHistoryLimit, spec.child('revisionHistoryLimit'), errors);
  if (deadline === undefined) return;
  validateNonNegative(deadline, spec.child('progressDeadlineSeconds'), errors);
  if (deadline <= minReadySeconds) errors.invalid(spec.child('progressDeadlineSeconds'), deadline, 'must be greater than minReadySeconds');
}

function validateStrategy(strategy: DeploymentStrategy, at: Path, errors: FieldErrors): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'Recreate') {
    if (rollingUpdate) errors.forbidden(at.child('rollingUpdate'), "may not be specified when strategy `type` is 'Recreate'");
  } else if (type !== 'RollingUpdate') errors.notSupported(at, goStruct('DeploymentStrategy', strategy), ['Recreate', 'RollingUpdate']);
  else validateRollingUpdate(rollingUpdate?.maxUnavailable ?? 0, rollingUpdate?.maxSurge ?? 0, at.child('rollingUpdate'), errors);
}

function validateRollingUpdate(maxUnavailable: number | string, maxSurge: number | string, at: Path, errors: FieldErrors): void {
  validateIntOrPercent(maxUnavailable, at.child('maxUnavailable'), errors);
  validateIntOrPercent(maxSurge, at.child('maxSurge'), errors);
  if (plainNumber(maxUnavailable) === 0 && plainNumber(maxSurge) === 0) {
    errors.invalid(at.child('maxUnavailable'), maxUnavailable, 'may not be 0 when `maxSurge` is 0');
  }
  validateAtMost100Percent(maxUnavailable, at.child('maxUnavailable'), errors);
}

const countedFields = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'unavailableReplicas',
  'terminatingReplicas',
  'collisionCount',
];

function validateStatus(next: Deployment, before: Deployment, errors: FieldErrors): void {
  const counts = next.status as unknown as Readonly<Record<string, unknown>>;
  validateCounts(counts, countedFields, status, errors);
  validateParts(counts, ['updatedReplicas', 'readyReplicas', 'availableReplicas'], status, errors);
  validateCollisionCount(next.status, before.status, errors);
}
