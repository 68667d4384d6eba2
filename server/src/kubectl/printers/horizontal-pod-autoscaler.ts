import type { AutoscalingV2HorizontalPodAutoscaler, MetricSpec, MetricStatus, MetricTarget, MetricValueStatus } from '../../schema/generated/types.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

/** Of more metrics it is only said how many there are. */
const shownMetrics = 2;
const unknown = '<unknown>';

export const horizontalPodAutoscalerCells: CellsOf<AutoscalingV2HorizontalPodAutoscaler> = (autoscaler, now) => {
  const { metadata, spec, status } = autoscaler;
  return [
    metadata.name,
    `${spec.scaleTargetRef?.kind ?? ''}/${spec.scaleTargetRef?.name ?? ''}`,
    metricsText(spec.metrics ?? [], status.currentMetrics ?? []),
    spec.minReplicas === undefined ? '<unset>' : String(spec.minReplicas),
    spec.maxReplicas ?? 0,
    status.currentReplicas ?? 0,
    ageOf(autoscaler, now),
  ];
};

/** 'cpu: 20%/80%, 10/100 (avg) + 2 more...' */
function metricsText(metrics: readonly MetricSpec[], current: readonly MetricStatus[]): string {
  if (metrics.length === 0) return none;
  const texts = metrics.slice(0, shownMetrics).map((metric, i) => metricText(metric, current[i]));
  const more = metrics.length - shownMetrics;
  return texts.join(', ') + (more > 0 ? ` + ${more} more...` : '');
}

function metricText({ type, external, object, pods, resource, containerResource }: MetricSpec, now: MetricStatus | undefined): string {
  switch (type) {
    case 'External':
      return valueText(external?.target, now?.external?.current);
    case 'Object':
      return valueText(object?.target, now?.object?.current);
    case 'Pods':
      return `${now?.pods?.current.averageValue ?? unknown}/${pods?.target.averageValue ?? '0'}`;
    case 'Resource':
      return `${resource?.name}: ${usageText(resource?.target, now?.resource?.current)}`;
    case 'ContainerResource':
      return `${containerResource?.name}: ${usageText(containerResource?.target, now?.containerResource?.current)}`;
    default:
      return '<unknown type>';
  }
}

function valueText(target: MetricTarget | undefined, now: MetricValueStatus | undefined): string {
  if (target?.averageValue !== undefined) return `${now?.averageValue ?? unknown}/${target.averageValue} (avg)`;
  return `${now?.value ?? unknown}/${target?.value ?? '0'}`;
}

function usageText(target: MetricTarget | undefined, now: MetricValueStatus | undefined): string {
  if (target?.averageValue !== undefined) return `${now?.averageValue ?? unknown}/${target.averageValue}`;
  return `${percent(now?.averageUtilization, unknown)}/${percent(target?.averageUtilization, '<auto>')}`;
}

const percent = (value: number | undefined, otherwise: string) => (value === undefined ? otherwise : `${value}%`);
