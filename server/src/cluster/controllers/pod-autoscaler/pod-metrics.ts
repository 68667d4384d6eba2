// What the pods of an autoscaler's target use, as the metrics API tells it, by the name of the pod.
// Source: pkg/controller/podautoscaler/metrics/client.go.
import { milliUnitsOf } from '../../../kube/quantity.ts';
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { measurePod } from '../../metrics/metrics-api.ts';
import { windowMs } from '../../metrics/usage.ts';

export interface PodMetric {
  /** In thousandths of the resource's unit. */
  readonly value: number;
  /** When it was measured. */
  readonly at: number;
  readonly windowMs: number;
}

export type PodMetrics = ReadonlyMap<string, PodMetric>;

/** `container`: only that one counts. undefined metrics: there is no metrics API. */
export function resourceMetrics(pods: readonly Pod[], resource: string, container: string | undefined, nowMs: number): PodMetrics | { readonly error: string } {
  const measured = pods.flatMap((pod) => measurePod(pod, nowMs) ?? []);
  if (measured.length === 0) return { error: 'no metrics returned from resource metrics API' };
  const metrics = new Map<string, PodMetric>();
  for (const { metadata, timestamp, containers } of measured) {
    const counted = container === undefined ? containers : containers.filter(({ name }) => name === container);
    if (container !== undefined && counted.length === 0) {
      return { error: `failed to get container metrics: container ${container} not present in metrics for pod ${metadata.namespace}/${metadata.name}` };
    }
    const values = counted.map(({ usage }) => usage[resource]);
    if (values.length === 0 || values.includes(undefined)) continue;
    const value = values.reduce<number>((sum, text) => sum + milliUnitsOf(text!), 0);
    metrics.set(metadata.name, { value, at: parseTime(timestamp) ?? nowMs, windowMs });
  }
  return metrics;
}
