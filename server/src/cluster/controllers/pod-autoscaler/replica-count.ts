// How many replicas a metric of pods asks for.
// Source: pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go.
import { milliUnitsOf } from '../../../kube/quantity.ts';
import { parseTime } from '../../../kube/time.ts';
import type { Pod } from '../../../schema/generated/types.ts';
import { readyCondition } from '../../store/pod-facts.ts';
import type { PodMetric, PodMetrics } from './pod-metrics.ts';

/** How far usage may be from its target, as a part of it, before anything is done. */
export interface Tolerances {
  readonly up: number;
  readonly down: number;
}

export interface Proposal {
  readonly replicas: number;
  /** Average of the pods, in thousandths. */
  readonly average: number;
  /** Per cent of what is requested. */
  readonly utilization?: number;
}

type Failed = { readonly error: string };

/** While a pod is this young, its CPU counts only when it was ready for a whole window: starting up is not load. */
const initializationMs = 300_000;
/** A pod that became unready this soon after its start has never been ready. */
const initialReadinessMs = 30_000;

/** What the target is compared with. `fallback`: what a pod without a metric is taken for when that would scale down. */
interface Measure {
  ratioOf(metrics: PodMetrics): { readonly ratio: number; readonly average: number; readonly utilization?: number } | Failed;
  fallback(pod: string): number;
}

/** Target: so many per cent of what is requested. */
export function replicasForUtilization(
  current: number,
  target: number,
  { pods, metrics, resource, container, tolerances, nowMs }: CountInput,
): Proposal | Failed {
  const requests = new Map<string, number>();
  const readRequests = () => {
    for (const pod of pods) {
      const request = requestOf(pod, resource, container);
      if (typeof request !== 'number') return request;
      requests.set(pod.metadata.name, request);
    }
    return undefined;
  };
  const measure: Measure = {
    ratioOf: (counted) => utilizationRatio(counted, requests, target),
    // The whole of what it requests, or the target where that is more.
    fallback: (pod) => Math.trunc(((requests.get(pod) ?? 0) * Math.max(100, target)) / 100),
  };
  return countReplicas(current, measure, { pods, metrics, resource, container, tolerances, nowMs }, readRequests);
}

/** Target: so much for each pod, in thousandths. */
export function replicasForAverage(current: number, target: number, input: CountInput): Proposal | Failed {
  const measure: Measure = {
    ratioOf(counted) {
      const average = Math.trunc(sum(counted) / counted.size);
      return { ratio: average / target, average };
    },
    fallback: () => target,
  };
  return countReplicas(current, measure, input);
}

export interface CountInput {
  readonly pods: readonly Pod[];
  readonly metrics: PodMetrics;
  readonly resource: string;
  readonly container: string | undefined;
  readonly tolerances: Tolerances;
  readonly nowMs: number;
}

/**
 * 3 ready pods at 90 % of 50 %: ratio 1.8, so ceil(1.8 · 3) = 6. With a fourth that is not ready yet, it counts as idle:
 * ratio 270 / 4 / 50 = 1.35, and ceil(1.35 · 4) = 6.
 */
function countReplicas(current: number, measure: Measure, input: CountInput, prepare?: () => Failed | undefined): Proposal | Failed {
  const { pods, tolerances } = input;
  if (pods.length === 0) return { error: 'no pods returned by selector while calculating replica count' };
  const { ready, unready, missing, metrics } = groupPods(input);
  if (metrics.size === 0) return { error: 'did not receive metrics for targeted pods (pods might be unready)' };
  const failed = prepare?.();
  if (failed) return failed;
  const usage = measure.ratioOf(metrics);
  if ('error' in usage) return usage;
  const { ratio, ...rest } = usage;
  const isWithin = (value: number) => 1 - tolerances.down <= value && value <= 1 + tolerances.up;
  const growsWithUnready = unready.length > 0 && ratio > 1;
  if (!growsWithUnready && missing.length === 0) return { replicas: isWithin(ratio) ? current : Math.ceil(ratio * ready), ...rest };
  const completed = new Map(metrics);
  const add = (pod: string, value: number) => completed.set(pod, { value, at: 0, windowMs: 0 });
  if (ratio !== 1) for (const pod of missing) add(pod, ratio < 1 ? measure.fallback(pod) : 0);
  if (growsWithUnready) for (const pod of unready) add(pod, 0);
  const again = measure.ratioOf(completed);
  if ('error' in again) return again;
  // What was only supposed must not turn the direction round.
  if (isWithin(again.ratio) || (ratio < 1 && again.ratio > 1) || (ratio > 1 && again.ratio < 1)) return { replicas: current, ...rest };
  const replicas = Math.ceil(again.ratio * completed.size);
  const turns = (again.ratio < 1 && replicas > current) || (again.ratio > 1 && replicas < current);
  return { replicas: turns ? current : replicas, ...rest };
}

interface Groups {
  readonly ready: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  /** Of those that are ready. */
  readonly metrics: PodMetrics;
}

function groupPods({ pods, metrics, resource, nowMs }: CountInput): Groups {
  const [unready, missing, counted]: [string[], string[], Map<string, PodMetric>] = [[], [], new Map(metrics)];
  let ready = 0;
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata;
    const metric = metrics.get(name);
    if (deletionTimestamp !== undefined || pod.status.phase === 'Failed') counted.delete(name);
    else if (pod.status.phase === 'Pending' || (metric && resource === 'cpu' && isStarting(pod, metric, nowMs))) {
      unready.push(name);
      counted.delete(name);
    } else if (metric) ready++;
    else missing.push(name);
  }
  return { ready, unready, missing, metrics: counted };
}

function isStarting(pod: Pod, metric: PodMetric, nowMs: number): boolean {
  const condition = readyCondition(pod);
  const startedAt = parseTime(pod.status.startTime ?? '');
  if (!condition || startedAt === undefined) return true;
  const changedAt = parseTime(condition.lastTransitionTime ?? '') ?? 0;
  if (startedAt + initializationMs > nowMs) return condition.status === 'False' || metric.at < changedAt + metric.windowMs;
  return condition.status === 'False' && startedAt + initialReadinessMs > changedAt;
}

function utilizationRatio(metrics: PodMetrics, requests: ReadonlyMap<string, number>, target: number) {
  let [used, requested, known] = [0, 0, 0];
  for (const [pod, { value }] of metrics) {
    const request = requests.get(pod);
    if (request === undefined) continue;
    used += value;
    requested += request;
    known++;
  }
  if (requested === 0) return { error: 'no metrics returned matched known pods' };
  const utilization = Math.trunc((used * 100) / requested);
  return { ratio: utilization / target, utilization, average: Math.trunc(used / known) };
}

/** Of one container, of the pod as a whole where it requests that, or of all containers. */
function requestOf({ metadata, spec }: Pod, resource: string, container: string | undefined): number | Failed {
  if (container === undefined && spec.resources?.requests !== undefined) {
    const request = spec.resources.requests[resource];
    return request === undefined ? { error: `missing pod-level request for ${resource} in Pod ${metadata.name}` } : milliUnitsOf(request);
  }
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const counted = [...spec.containers, ...sidecars].filter(({ name }) => container === undefined || name === container);
  if (counted.length === 0) return { error: `container ${container} not found in Pod ${metadata.name}` };
  let total = 0;
  for (const { name, resources } of counted) {
    const request = resources?.requests?.[resource];
    if (request === undefined) return { error: `missing request for ${resource} in container ${name} of Pod ${metadata.name}` };
    total += milliUnitsOf(request);
  }
  return total;
}

const sum = (metrics: PodMetrics): number => [...metrics.values()].reduce((total, { value }) => total + value, 0);
