// One metric of an autoscaler: how many replicas it asks for, and what the status says about it; or why that is not known.
// Source: computeReplicasForMetric and the computeStatusFor… functions (horizontal.go).
import { formatQuantity, milliUnitsOf, quantityOf } from '../../../kube/quantity.ts';
import type { LabelSelector, MetricSpec, MetricStatus, MetricTarget, Pod } from '../../../schema/generated/types.ts';
import { resourceMetrics } from './pod-metrics.ts';
import { replicasForAverage, replicasForUtilization, type Proposal, type Tolerances } from './replica-count.ts';

export interface MetricInput {
  readonly namespace: string;
  readonly pods: readonly Pod[];
  readonly hasMetrics: boolean;
  readonly current: number;
  readonly tolerances: Tolerances;
  readonly nowMs: number;
}

export type MetricAnswer =
  | { readonly replicas: number; readonly name: string; readonly status: MetricStatus }
  /** `told`: in the event and the condition; `error`: with what was tried, for who sums up. */
  | { readonly reason: string; readonly told: string; readonly error: string };

export function replicasForMetric(spec: MetricSpec, input: MetricInput): MetricAnswer {
  const { resource, containerResource, pods, object, external } = spec;
  if (resource) return ofResource(spec, resource.name, undefined, resource.target, input);
  if (containerResource) return ofResource(spec, containerResource.name, containerResource.container, containerResource.target, input);
  if (pods) return refused('FailedGetPodsMetric', `unable to get metric ${pods.metric.name}: ${noCustomMetrics}`, 'failed to get pods metric value');
  if (object) {
    const { kind, name } = object.describedObject;
    // The arguments of the real message stand in the wrong order.
    const told = `unable to get metric ${object.metric.name}: ${kind} on ${input.namespace} ${name}/${noCustomMetrics}`;
    const what = object.target.type === 'AverageValue' ? `failed to get ${object.metric.name} object metric: ` : '';
    return refused('FailedGetObjectMetric', told, `failed to get object metric value${what && `: ${what.slice(0, -2)}`}`);
  }
  if (external) {
    const { name, selector } = external.metric;
    const told =
      `unable to get external metric ${input.namespace}/${name}/${printSelector(selector)}: unable to fetch metrics from external metrics API: ` +
      `the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`;
    const what = external.target.averageValue === undefined ? `failed to get external metric ${name}` : `failed to get ${name} external metric`;
    return refused('FailedGetExternalMetric', told, `failed to get ${name} external metric value: ${what}`);
  }
  const told = `unknown metric source type "${spec.type}"`;
  return { reason: 'InvalidMetricSourceType', told, error: told };
}

const noCustomMetrics = 'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';

const refused = (reason: string, told: string, what: string): MetricAnswer => ({ reason, told, error: `${what}: ${told}` });

/** `container`: undefined for whole pods. */
function ofResource(spec: MetricSpec, resource: string, container: string | undefined, target: MetricTarget, input: MetricInput): MetricAnswer {
  const [reason, what] =
    container === undefined
      ? ['FailedGetResourceMetric', `failed to get ${resource} resource metric value`]
      : ['FailedGetContainerResourceMetric', `failed to get ${container} container metric value`];
  const proposal = proposalFor(resource, container, target, input);
  if ('error' in proposal) {
    const told = `failed to get ${resource} ${target.averageValue === undefined ? 'utilization' : 'usage'}: ${proposal.error}`;
    return refused(reason, told, what);
  }
  const { replicas, average, utilization } = proposal;
  const current = { ...(utilization !== undefined && { averageUtilization: utilization }), averageValue: formatQuantity(quantityOf(`${average}m`)) };
  const status =
    container === undefined
      ? { type: spec.type, resource: { name: resource, current } }
      : { type: spec.type, containerResource: { name: resource, container, current } };
  const kind = container === undefined ? 'resource' : 'container resource';
  const name = utilization === undefined ? `${resource} resource` : `${resource} ${kind} utilization (percentage of request)`;
  return { replicas, name, status };
}

function proposalFor(resource: string, container: string | undefined, target: MetricTarget, input: MetricInput): Proposal | { readonly error: string } {
  const { pods, hasMetrics, current, tolerances, nowMs } = input;
  const metrics = hasMetrics
    ? resourceMetrics(pods, resource, container, nowMs)
    : { error: 'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)' };
  if ('error' in metrics) return { error: `unable to get metrics for resource ${resource}: ${metrics.error}` };
  const counted = { pods, metrics, resource, container, tolerances, nowMs };
  return target.averageValue === undefined
    ? replicasForUtilization(current, target.averageUtilization ?? 0, counted)
    : replicasForAverage(current, milliUnitsOf(target.averageValue), counted);
}

/** As Go prints a *LabelSelector. */
function printSelector(selector: LabelSelector | undefined): string {
  if (!selector) return 'nil';
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const labels = Object.keys(matchLabels)
    .sort()
    .map((key) => `${key}: ${matchLabels[key]},`);
  const expressions = matchExpressions.map(
    ({ key, operator, values = [] }) => `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`;
}
