import { quote } from '../../kube/quote.ts';
import type {
  AutoscalingV2HorizontalPodAutoscaler as HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from '../../schema/generated/types.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, labelLines, type Lines } from './lines.ts';

export const describeHorizontalPodAutoscaler: Describer<HorizontalPodAutoscaler> = (autoscaler, around) => {
  const { metadata, spec, status } = autoscaler;
  const { scaleTargetRef: target } = spec;
  const conditions = status.conditions ?? [];
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `CreationTimestamp:\t${dateText(metadata.creationTimestamp)}`,
    `Reference:\t${target.kind}/${target.name}`,
    'Metrics:\t( current / target )',
    ...(spec.metrics ?? []).map((metric, i) => `  ${metricText(metric, status.currentMetrics?.[i])}`),
    `Min replicas:\t${spec.minReplicas ?? '<unset>'}`,
    `Max replicas:\t${spec.maxReplicas}`,
    ...(spec.behavior ? ['Behavior:', ...rulesLines('Scale Up', spec.behavior.scaleUp), ...rulesLines('Scale Down', spec.behavior.scaleDown)] : []),
    `${target.kind} pods:\t${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`,
    ...(conditions.length > 0
      ? [
          'Conditions:',
          '  Type\tStatus\tReason\tMessage',
          '  ----\t------\t------\t-------',
          ...conditions.map(({ type, status, reason = '', message = '' }) => `  ${type}\t${status}\t${reason}\t${message}`),
        ]
      : []),
    ...eventLines(eventsAbout(autoscaler, around), around.now),
  ];
};

const unknown = '<unknown>';

function metricText(metric: MetricSpec, status: MetricStatus | undefined): string {
  switch (metric.type) {
    case 'External': {
      const { metric: of, target } = metric.external!;
      const current = status?.external?.current;
      return target.averageValue !== undefined
        ? `${quote(of.name)} (target average value):\t${current?.averageValue ?? unknown} / ${target.averageValue}`
        : `${quote(of.name)} (target value):\t${current?.value ?? unknown} / ${target.value ?? '<nil>'}`;
    }
    case 'Pods': {
      const { metric: of, target } = metric.pods!;
      return `${quote(of.name)} on pods:\t${status?.pods?.current.averageValue ?? unknown} / ${target.averageValue ?? '<nil>'}`;
    }
    case 'Object': {
      const { metric: of, target, describedObject: about } = metric.object!;
      const current = status?.object?.current;
      const what = `"${of.name}" on ${about.kind}/${about.name}`;
      return target.type === 'AverageValue'
        ? `${what} (target average value):\t${current?.averageValue ?? unknown} / ${target.averageValue ?? '<nil>'}`
        : `${what} (target value):\t${current?.value ?? unknown} / ${target.value ?? '<nil>'}`;
    }
    case 'Resource':
      return `resource ${metric.resource!.name} on pods${utilisation(metric.resource!.target, status?.resource?.current)}`;
    case 'ContainerResource': {
      const { name, container, target } = metric.containerResource!;
      return `resource ${name} of container "${container}" on pods${utilisation(target, status?.containerResource?.current)}`;
    }
    default:
      return `<unknown metric type ${quote(metric.type)}>`;
  }
}

/** ':\t…' for an amount, '  (as a percentage of request):\t3% (30m) / 50%' for a share. */
function utilisation(target: MetricTarget, current: MetricValueStatus | undefined): string {
  if (target.averageValue !== undefined) return `:\t${current?.averageValue ?? unknown} / ${target.averageValue}`;
  const now = current?.averageUtilization === undefined ? unknown : `${current.averageUtilization}% (${current.averageValue ?? '<nil>'})`;
  return `  (as a percentage of request):\t${now} / ${target.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`}`;
}

function rulesLines(direction: string, rules: HPAScalingRules | undefined): Lines {
  if (!rules) return [];
  const policies = rules.policies ?? [];
  return [
    `  ${direction}:`,
    ...(rules.stabilizationWindowSeconds === undefined ? [] : [`    Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`]),
    ...(policies.length === 0
      ? []
      : [
          `    Select Policy: ${rules.selectPolicy ?? 'Max'}`,
          '    Policies:',
          ...policies.map(({ type, value, periodSeconds }) => `      - Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`),
        ]),
  ];
}
