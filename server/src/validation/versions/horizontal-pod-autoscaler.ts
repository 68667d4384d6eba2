// HorizontalPodAutoscalers of autoscaling/v1 know the load of the CPU alone. What else the stored object has travels in annotations
// (pkg/apis/autoscaling/v1/conversion.go).
import { isEqual } from '../../kube/equal.ts';
import type { StringMap } from '../../kube/object.ts';
import { decodeStruct } from '../../schema/decode-value.ts';
import { parseJson } from '../../schema/json-text.ts';
import type {
  AutoscalingV1HorizontalPodAutoscaler,
  AutoscalingV2HorizontalPodAutoscaler,
  HorizontalPodAutoscalerBehavior,
  HorizontalPodAutoscalerCondition,
  MetricSpec,
  MetricStatus,
} from '../../schema/generated/types.ts';
import { defaultCpuMetric } from '../defaults/autoscaling.ts';
import { without } from '../defaults/fill.ts';
import { goStruct } from '../text/go-struct.ts';
import type { Conversion } from './conversion.ts';
import { fromOldMetric, fromOldStatus, toOldMetric, toOldStatus } from './old-metrics.ts';

type Old = AutoscalingV1HorizontalPodAutoscaler;
type New = AutoscalingV2HorizontalPodAutoscaler;

const prefix = 'autoscaling.alpha.kubernetes.io/';
const metricsKey = `${prefix}metrics`;
const behaviorKey = `${prefix}behavior`;
const currentMetricsKey = `${prefix}current-metrics`;
const conditionsKey = `${prefix}conditions`;
const ownKeys = [metricsKey, behaviorKey, `${prefix}scale-down-tolerance`, `${prefix}scale-up-tolerance`, currentMetricsKey, conditionsKey];

export const horizontalPodAutoscalerVersions: Conversion<Old, New> = {
  stored: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },

  toStored(old) {
    const { annotations } = old.metadata;
    const { targetCPUUtilizationPercentage: target, ...spec } = old.spec;
    const others = readList<MetricSpec>(annotations?.[metricsKey], 'MetricSpec', fromOldMetric);
    const metrics = [...others, ...(target === undefined ? [] : [cpuMetric(target)])];
    const behavior = readBehavior(annotations?.[behaviorKey]);
    return {
      kind: old.kind,
      apiVersion: 'autoscaling/v2',
      metadata: withAnnotations(old.metadata, {}),
      // Once the controller took 80 % for granted; now it is said.
      spec: { ...spec, metrics: metrics.length > 0 ? metrics : [defaultCpuMetric], ...(behavior && { behavior }) },
      status: toStoredStatus(old.status, annotations),
    } as New;
  },

  fromStored(stored) {
    const { metrics = [], behavior, ...spec } = stored.spec;
    const { currentMetrics, conditions = [], currentReplicas = 0, ...status } = (stored.status ?? {}) as New['status'];
    const target = metrics.find(isCpuLoad)?.resource?.target.averageUtilization;
    const others = metrics.filter((metric) => !isCpuLoad(metric)).map(toOldMetric);
    const load = (currentMetrics ?? []).findLast(isKnownCpuLoad)?.resource?.current.averageUtilization;
    const annotations = {
      ...(others.length > 0 && { [metricsKey]: JSON.stringify(others) }),
      ...(currentMetrics?.length && { [currentMetricsKey]: JSON.stringify(currentMetrics.map(toOldStatus)) }),
      // The server writes its internal struct here, with Go's names.
      ...(behavior && { [behaviorKey]: JSON.stringify(goStruct('HorizontalPodAutoscalerBehavior', behavior)) }),
      ...(conditions.length > 0 && { [conditionsKey]: JSON.stringify(conditions) }),
    };
    return {
      kind: stored.kind,
      apiVersion: 'autoscaling/v1',
      metadata: withAnnotations(stored.metadata, annotations),
      spec: { ...spec, ...(target !== undefined && { targetCPUUtilizationPercentage: target }) },
      status: { ...status, currentReplicas, ...(load !== undefined && { currentCPUUtilizationPercentage: load }) },
    } as Old;
  },
};

const cpuMetric = (averageUtilization: number): MetricSpec => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

const isCpuLoad = ({ type, resource }: MetricSpec) => type === 'Resource' && resource?.name === 'cpu' && resource.target.averageUtilization !== undefined;

const isKnownCpuLoad = ({ type, resource }: MetricStatus) =>
  type === 'Resource' && resource?.name === 'cpu' && resource.current.averageUtilization !== undefined;

function toStoredStatus(old: Partial<Old['status']> = {}, annotations: StringMap | undefined): New['status'] {
  const { currentCPUUtilizationPercentage: load, currentReplicas, ...status } = old;
  const known = readList<MetricStatus>(annotations?.[currentMetricsKey], 'MetricStatus', fromOldStatus);
  const ofLoad: readonly MetricStatus[] = load === undefined ? [] : [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: load } } }];
  // The annotation knows more than the one number.
  const currentMetrics = known.length > 0 ? known : ofLoad;
  const conditions = readList<HorizontalPodAutoscalerCondition>(annotations?.[conditionsKey], 'HorizontalPodAutoscalerCondition', (item) => item);
  return {
    ...status,
    ...(currentReplicas && { currentReplicas }),
    currentMetrics: currentMetrics.length > 0 ? currentMetrics : null,
    ...(conditions.length > 0 && { conditions }),
  } as New['status'];
}

/** The metadata with these of our own annotations, and no others of ours. */
function withAnnotations<T extends { readonly annotations?: StringMap }>(metadata: T, own: StringMap): T {
  const before = metadata.annotations ?? {};
  const annotations = { ...without(before, ...ownKeys), ...own };
  if (isEqual(annotations, before)) return metadata;
  return Object.keys(annotations).length > 0 ? { ...metadata, annotations } : without(metadata, 'annotations');
}

// ---- reading annotations: what cannot be read is as if it were not there ----

/** A list of things in an annotation, each put through `convert` and read as a struct of this name. */
function readList<T>(text: string | undefined, struct: string, convert: (item: never) => unknown): readonly T[] {
  const items = text === undefined ? undefined : valueOf(text);
  if (!Array.isArray(items) || !items.every(isObject)) return [];
  const read = items.map((item) => decodeStruct(struct, convert(item as never)));
  return read.some((one) => 'error' in one) ? [] : read.map((one) => (one as { readonly value: T }).value);
}

/** {"ScaleUp":{"Policies":…}} → { scaleUp: { policies: … } }. Go reads names without regard to case. */
function readBehavior(text: string | undefined): HorizontalPodAutoscalerBehavior | undefined {
  const decoded = decodeStruct('HorizontalPodAutoscalerBehavior', lowered(text === undefined ? {} : valueOf(text)));
  if ('error' in decoded) return undefined;
  const behavior = decoded.value as HorizontalPodAutoscalerBehavior | undefined;
  return behavior?.scaleUp || behavior?.scaleDown ? behavior : undefined;
}

function valueOf(text: string): unknown {
  return 'error' in parseJson(text) ? undefined : JSON.parse(text);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

function lowered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowered);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.charAt(0).toLowerCase() + key.slice(1), lowered(one)]));
}
