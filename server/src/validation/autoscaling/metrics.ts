// Rules for the metrics of a HorizontalPodAutoscaler.
import { checkDns1123Label, checkPathSegmentName } from '../../kube/names.ts';
import { compareQuantities, formatQuantity, quantityOf } from '../../kube/quantity.ts';
import type { MetricIdentifier, MetricSpec, MetricTarget } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateContainerResourceName } from '../pod/resources.ts';
import type { Leniency } from './target-reference.ts';
import { validateReference } from './target-reference.ts';

/** The source of each type, in the order in which the server looks at them. */
const sourceOf = { Object: 'object', External: 'external', Pods: 'pods', Resource: 'resource', ContainerResource: 'containerResource' } as const;
const types = Object.keys(sourceOf).sort();
const zero = quantityOf('0');
type SourceName = (typeof sourceOf)[keyof typeof sourceOf];

export function validateMetrics(metrics: readonly MetricSpec[], minReplicas: number | undefined, leniency: Leniency, at: Path, errors: FieldErrors): void {
  metrics.forEach((metric, i) => validateMetric(metric, leniency, at.index(i), errors));
  // Pods that are not there use nothing.
  const canWake = metrics.some(({ type }) => type === 'Object' || type === 'External');
  if (minReplicas === 0 && !canWake) errors.forbidden(at, 'must specify at least one Object or External metric to support scaling to zero replicas');
}

function validateMetric(metric: MetricSpec, leniency: Leniency, at: Path, errors: FieldErrors): void {
  const { type } = metric;
  const isKnown = types.includes(type);
  if (!type) errors.required(at.child('type'), 'must specify a metric source type');
  if (!isKnown) errors.notSupported(at.child('type'), type, types);
  const present = Object.values(sourceOf).filter((name) => metric[name] !== undefined);
  // Only the first is looked into.
  if (present[0]) validators[present[0]](metric, leniency, at.child(present[0]), errors);
  const expected = isKnown ? sourceOf[type as keyof typeof sourceOf] : undefined;
  if (!expected) errors.notSupported(at.child('type'), type, types);
  else if (!metric[expected]) errors.required(at.child(expected), 'must populate information for the given metric source');
  if (present.length === 1) return;
  for (const name of present) if (name !== expected) errors.forbidden(at.child(name), 'must populate the given metric source only');
}

type Validator = (metric: MetricSpec, leniency: Leniency, at: Path, errors: FieldErrors) => void;

const validators: Readonly<Record<SourceName, Validator>> = {
  object({ object }, leniency, at, errors) {
    if (!object) return;
    validateReference(object.describedObject, leniency, at.child('describedObject'), errors);
    validateNamed(object, at, errors);
    const { value, averageValue } = object.target;
    if (value === undefined && averageValue === undefined) errors.required(ofTarget(at, 'averageValue'), 'must set either a target value or averageValue');
  },
  external({ external }, _leniency, at, errors) {
    if (!external) return;
    validateNamed(external, at, errors);
    const { value, averageValue } = external.target;
    if (value === undefined && averageValue === undefined) {
      errors.required(ofTarget(at, 'averageValue'), 'must set either a target value for metric or a per-pod target');
    }
    if (value !== undefined && averageValue !== undefined) {
      errors.forbidden(ofTarget(at, 'value'), 'may not set both a target value for metric and a per-pod target');
    }
  },
  pods({ pods }, _leniency, at, errors) {
    if (!pods) return;
    validateNamed(pods, at, errors);
    if (pods.target.averageValue === undefined) errors.required(ofTarget(at, 'averageValue'), 'must specify a positive target averageValue');
  },
  resource({ resource }, _leniency, at, errors) {
    if (!resource) return;
    if (!resource.name) errors.required(at.child('name'), 'must specify a resource name');
    validateUsage(resource.target, at, errors);
  },
  containerResource({ containerResource: source }, _leniency, at, errors) {
    if (!source) return;
    if (source.name) validateContainerResourceName(source.name, at.child('name'), errors);
    else errors.required(at.child('name'), 'must specify a resource name');
    if (source.container) errors.invalidEach(at.child('container'), source.container, checkDns1123Label(source.container));
    else errors.required(at.child('container'), 'must specify a container');
    validateUsage(source.target, at, errors);
  },
};

const ofTarget = (source: Path, field: keyof MetricTarget) => source.child('target').child(field);

function validateNamed({ metric, target }: { readonly metric: MetricIdentifier; readonly target: MetricTarget }, at: Path, errors: FieldErrors): void {
  const path = at.child('metric').child('name');
  if (metric.name) errors.invalidEach(path, metric.name, checkPathSegmentName(metric.name));
  else errors.required(path, 'must specify a metric name');
  validateTarget(target, at.child('target'), errors);
}

function validateUsage(target: MetricTarget, at: Path, errors: FieldErrors): void {
  validateTarget(target, at.child('target'), errors);
  const { averageUtilization, averageValue } = target;
  if (averageUtilization === undefined && averageValue === undefined) {
    errors.required(ofTarget(at, 'averageUtilization'), 'must set either a target raw value or a target utilization');
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    errors.forbidden(ofTarget(at, 'averageValue'), 'may not set both a target raw value and a target utilization');
  }
}

function validateTarget(target: MetricTarget, at: Path, errors: FieldErrors): void {
  const { type, averageUtilization } = target;
  if (!type) errors.required(at.child('type'), 'must specify a metric target type');
  if (type !== 'Utilization' && type !== 'Value' && type !== 'AverageValue') {
    errors.invalid(at.child('type'), type, 'must be either Utilization, Value, or AverageValue');
  }
  for (const field of ['value', 'averageValue'] as const) {
    if (target[field] === undefined) continue;
    const amount = quantityOf(target[field]);
    if (compareQuantities(amount, zero) <= 0) errors.invalid(at.child(field), formatQuantity(amount), 'must be positive');
  }
  if (averageUtilization !== undefined && averageUtilization < 1) errors.invalid(at.child('averageUtilization'), averageUtilization, 'must be greater than 0');
}
