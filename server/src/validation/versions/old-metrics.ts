// Metrics of a HorizontalPodAutoscaler as autoscaling/v1 writes them into annotations: the same facts under older names.
import type { LabelSelector, MetricSpec, MetricStatus } from '../../schema/generated/types.ts';

type Amount = string;

interface OldReference {
  readonly kind: string;
  readonly name: string;
  readonly apiVersion?: string;
}

/** Its fields are those of the five sources together; which source has which is in the functions below. */
interface OldMetric {
  readonly type: string;
  readonly object?: { target: OldReference; metricName: string; targetValue: Amount; selector?: LabelSelector; averageValue?: Amount };
  readonly pods?: { metricName: string; targetAverageValue: Amount; selector?: LabelSelector };
  readonly resource?: { name: string; targetAverageUtilization?: number; targetAverageValue?: Amount };
  readonly containerResource?: { name: string; targetAverageUtilization?: number; targetAverageValue?: Amount; container: string };
  readonly external?: { metricName: string; metricSelector?: LabelSelector; targetValue?: Amount; targetAverageValue?: Amount };
}

/** Without the fields that are undefined, which is how everything here is left out. */
function compact<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

const named = (name: string, selector: LabelSelector | undefined) => compact({ name: name ?? '', selector });
const reference = ({ kind, name, apiVersion }: OldReference) => compact({ kind: kind ?? '', name: name ?? '', apiVersion });

export function toOldMetric({ type, object, pods, resource, containerResource, external }: MetricSpec): object {
  return compact({
    type,
    object:
      object &&
      compact({
        target: reference(object.describedObject as OldReference),
        metricName: object.metric.name,
        targetValue: object.target.value ?? '0',
        selector: object.metric.selector,
        averageValue: object.target.averageValue,
      }),
    pods: pods && compact({ metricName: pods.metric.name, targetAverageValue: pods.target.averageValue ?? '0', selector: pods.metric.selector }),
    resource: resource && compact({ name: resource.name, ...oldUsage(resource.target) }),
    containerResource:
      containerResource && compact({ name: containerResource.name, ...oldUsage(containerResource.target), container: containerResource.container }),
    external:
      external &&
      compact({
        metricName: external.metric.name,
        metricSelector: external.metric.selector,
        targetValue: external.target.value,
        targetAverageValue: external.target.averageValue,
      }),
  });
}

const oldUsage = ({ averageUtilization, averageValue }: { readonly averageUtilization?: number; readonly averageValue?: string | number }) => ({
  targetAverageUtilization: averageUtilization,
  targetAverageValue: averageValue,
});

export function fromOldMetric({ type, object, pods, resource, containerResource, external }: OldMetric): MetricSpec {
  return compact({
    type: type ?? '',
    object:
      object &&
      compact({
        describedObject: reference(object.target ?? ({} as OldReference)),
        target: objectTarget(object),
        metric: named(object.metricName, object.selector),
      }),
    pods: pods && { metric: named(pods.metricName, pods.selector), target: { type: 'AverageValue', averageValue: pods.targetAverageValue ?? '0' } },
    resource: resource && { name: resource.name ?? '', target: usageTarget(resource) },
    containerResource: containerResource && {
      name: containerResource.name ?? '',
      target: usageTarget(containerResource),
      container: containerResource.container ?? '',
    },
    external: external && {
      metric: named(external.metricName, external.metricSelector),
      target: compact({
        type: external.targetValue === undefined ? 'AverageValue' : 'Value',
        value: external.targetValue,
        averageValue: external.targetAverageValue,
      }),
    },
  }) as MetricSpec;
}

/** The old form cannot leave the value out, so that 0 beside an average means none. */
function objectTarget({ targetValue = '0', averageValue }: { readonly targetValue?: Amount; readonly averageValue?: Amount }) {
  if (averageValue === undefined) return { type: 'Value', value: targetValue };
  return compact({ type: 'AverageValue', value: targetValue === '0' ? undefined : targetValue, averageValue });
}

const usageTarget = ({ targetAverageUtilization, targetAverageValue }: { readonly targetAverageUtilization?: number; readonly targetAverageValue?: Amount }) =>
  compact({
    type: targetAverageUtilization === undefined ? 'AverageValue' : 'Utilization',
    averageValue: targetAverageValue,
    averageUtilization: targetAverageUtilization,
  });

// ---- status ----

interface OldStatus {
  readonly type: string;
  readonly object?: { target: OldReference; metricName: string; currentValue: Amount; selector?: LabelSelector; averageValue?: Amount };
  readonly pods?: { metricName: string; currentAverageValue: Amount; selector?: LabelSelector };
  readonly resource?: { name: string; currentAverageUtilization?: number; currentAverageValue: Amount };
  readonly containerResource?: { name: string; currentAverageUtilization?: number; currentAverageValue: Amount; container: string };
  readonly external?: { metricName: string; metricSelector?: LabelSelector; currentValue: Amount; currentAverageValue?: Amount };
}

export function toOldStatus({ type, object, pods, resource, containerResource, external }: MetricStatus): object {
  return compact({
    type,
    object:
      object &&
      compact({
        target: reference(object.describedObject as OldReference),
        metricName: object.metric.name,
        currentValue: object.current.value ?? '0',
        selector: object.metric.selector,
        averageValue: object.current.averageValue,
      }),
    pods: pods && compact({ metricName: pods.metric.name, currentAverageValue: pods.current.averageValue ?? '0', selector: pods.metric.selector }),
    resource: resource && compact({ name: resource.name, ...oldLoad(resource.current) }),
    containerResource:
      containerResource && compact({ name: containerResource.name, ...oldLoad(containerResource.current), container: containerResource.container }),
    external:
      external &&
      compact({
        metricName: external.metric.name,
        metricSelector: external.metric.selector,
        currentValue: external.current.value ?? '0',
        currentAverageValue: external.current.averageValue,
      }),
  });
}

const oldLoad = ({ averageUtilization, averageValue }: { readonly averageUtilization?: number; readonly averageValue?: string | number }) => ({
  currentAverageUtilization: averageUtilization,
  currentAverageValue: averageValue ?? '0',
});

export function fromOldStatus({ type, object, pods, resource, containerResource, external }: OldStatus): MetricStatus {
  return compact({
    type: type ?? '',
    object:
      object &&
      compact({
        metric: named(object.metricName, object.selector),
        current: compact({ value: object.currentValue ?? '0', averageValue: object.averageValue }),
        describedObject: reference(object.target ?? ({} as OldReference)),
      }),
    pods: pods && { metric: named(pods.metricName, pods.selector), current: { averageValue: pods.currentAverageValue ?? '0' } },
    resource: resource && { name: resource.name ?? '', current: currentLoad(resource) },
    containerResource: containerResource && {
      name: containerResource.name ?? '',
      current: currentLoad(containerResource),
      container: containerResource.container ?? '',
    },
    external: external && {
      metric: named(external.metricName, external.metricSelector),
      current: compact({ value: external.currentValue ?? '0', averageValue: external.currentAverageValue }),
    },
  }) as MetricStatus;
}

const currentLoad = ({
  currentAverageUtilization,
  currentAverageValue,
}: {
  readonly currentAverageUtilization?: number;
  readonly currentAverageValue?: Amount;
}) => compact({ averageValue: currentAverageValue ?? '0', averageUtilization: currentAverageUtilization });
