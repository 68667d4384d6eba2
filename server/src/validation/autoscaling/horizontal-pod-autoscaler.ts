// Rules for HorizontalPodAutoscalers (pkg/apis/autoscaling/validation). All versions are judged in the form of autoscaling/v2.
import type {
  AutoscalingV2HorizontalPodAutoscaler,
  AutoscalingV2HorizontalPodAutoscalerSpec,
  HPAScalingPolicy,
  HPAScalingRules,
} from '../../schema/generated/types.ts';
import { compareQuantities, formatQuantity, quantityOf } from '../../kube/quantity.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validateMetrics } from './metrics.ts';
import type { Leniency } from './target-reference.ts';
import { checkApiVersion, validateReference } from './target-reference.ts';

const spec = root('spec');
const maxPeriodSeconds = 1800;
const maxStabilizationSeconds = 3600;
const selections = ['Disabled', 'Max', 'Min'];
const policyTypes = ['Percent', 'Pods'];

type Autoscaler = AutoscalingV2HorizontalPodAutoscaler;

export const horizontalPodAutoscalerRules: RulesOf<Autoscaler> = {
  validate: (autoscaler) =>
    findings((errors) => {
      validateObjectMeta(autoscaler, subdomainName, errors);
      validateSpec(autoscaler.spec, undefined, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec, before.spec, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      for (const field of ['currentReplicas', 'desiredReplicas'] as const) validateNonNegative(next.status[field], root('status', field), errors);
    }),
};

type Spec = AutoscalingV2HorizontalPodAutoscalerSpec;

function validateSpec(next: Spec, before: Spec | undefined, errors: FieldErrors): void {
  const { minReplicas: min, maxReplicas: max, scaleTargetRef, metrics = [], behavior } = next;
  // Scaling to zero is a feature that is switched off; who did it once may go on.
  const least = before?.minReplicas === 0 ? 0 : 1;
  if (min !== undefined && min < least) errors.invalid(spec.child('minReplicas'), min, `must be greater than or equal to ${least}`);
  const ofMax = spec.child('maxReplicas');
  if (max === 0) errors.required(ofMax, 'must be set and greater than 0');
  else if (max < 0) errors.invalid(ofMax, max, 'must be greater than or equal to 1');
  if (min !== undefined && max < min) errors.invalid(ofMax, max, 'must be greater than or equal to `minReplicas`');
  validateReference(scaleTargetRef, leniencyOfTarget(next, before), spec.child('scaleTargetRef'), errors);
  validateMetrics(metrics, min, leniencyOfMetrics(before), spec.child('metrics'), errors);
  validateScaling(behavior?.scaleUp, spec.child('behavior').child('scaleUp'), errors);
  validateScaling(behavior?.scaleDown, spec.child('behavior').child('scaleDown'), errors);
}

/** A target that stays may be what it was, and ReplicationControllers are the only target without a group. */
function leniencyOfTarget({ scaleTargetRef: next }: Spec, before: Spec | undefined): Leniency {
  const last = before?.scaleTargetRef;
  const isSame = last !== undefined && (last.apiVersion ?? '') === (next.apiVersion ?? '') && last.kind === next.kind;
  return { anyVersion: isSame, coreGroup: next.kind === 'ReplicationController' };
}

/** Where one metric was wrong before, all may be. */
function leniencyOfMetrics(before: Spec | undefined): Leniency {
  const leniency = { anyVersion: false, coreGroup: true };
  const wasWrong = before?.metrics?.some(({ type, object }) => type === 'Object' && object && checkApiVersion(object.describedObject, leniency) !== undefined);
  return { ...leniency, anyVersion: wasWrong ?? false };
}

// ---- behaviour ----

function validateScaling(rules: HPAScalingRules | undefined, at: Path, errors: FieldErrors): void {
  if (!rules) return;
  const { stabilizationWindowSeconds: seconds, selectPolicy, policies = [], tolerance } = rules;
  const ofSeconds = at.child('stabilizationWindowSeconds');
  if (seconds !== undefined && seconds < 0) errors.invalid(ofSeconds, seconds, 'must be greater than or equal to zero');
  if (seconds !== undefined && seconds > maxStabilizationSeconds)
    errors.invalid(ofSeconds, seconds, `must be less than or equal to ${maxStabilizationSeconds}`);
  if (selectPolicy !== undefined && !selections.includes(selectPolicy)) errors.notSupported(at.child('selectPolicy'), selectPolicy, selections);
  if (policies.length === 0) errors.required(at.child('policies'), 'must specify at least one Policy');
  policies.forEach((policy, i) => validatePolicy(policy, at.child('policies').index(i), errors));
  if (tolerance === undefined) return;
  const amount = quantityOf(tolerance);
  if (compareQuantities(amount, quantityOf('0')) < 0) errors.invalid(at.child('tolerance'), formatQuantity(amount), 'must be greater than or equal to 0');
}

function validatePolicy({ type, value, periodSeconds: seconds }: HPAScalingPolicy, at: Path, errors: FieldErrors): void {
  if (!policyTypes.includes(type)) errors.notSupported(at.child('type'), type, policyTypes);
  if (value <= 0) errors.invalid(at.child('value'), value, 'must be greater than zero');
  if (seconds <= 0) errors.invalid(at.child('periodSeconds'), seconds, 'must be greater than zero');
  if (seconds > maxPeriodSeconds) errors.invalid(at.child('periodSeconds'), seconds, `must be less than or equal to ${maxPeriodSeconds}`);
}
