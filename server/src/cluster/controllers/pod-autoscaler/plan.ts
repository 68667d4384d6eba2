// What an autoscaler does in one look: the size that its target should have, the status, and what it tells.
// Source: reconcileAutoscaler, computeReplicasForMetrics (horizontal.go).
import { quantityToNumber, quantityOf } from '../../../kube/quantity.ts';
import type {
  AutoscalingV2HorizontalPodAutoscaler as Autoscaler,
  AutoscalingV2HorizontalPodAutoscalerStatus as AutoscalerStatus,
  HPAScalingRules,
  MetricStatus,
  Pod,
} from '../../../schema/generated/types.ts';
import type { EventDraft } from '../../runtime/writer.ts';
import type { Memory } from './memory.ts';
import { replicasForMetric } from './metric.ts';
import type { Tolerances } from './replica-count.ts';
import { stabilise, type Reason } from './stabilise.ts';
import { withCondition, type ConditionType } from './status.ts';
import type { AutoscalerView, Target } from './view.ts';

export interface AutoscalerPlan {
  /** In order. */
  readonly events: readonly EventDraft[];
  readonly status: AutoscalerStatus;
  readonly memory: Memory;
  /** The target gets another size, for this reason. */
  readonly rescale?: { readonly target: Target; readonly from: number; readonly to: number; readonly reason: string };
}

export function planAutoscaler(view: AutoscalerView): AutoscalerPlan {
  const draft = new Draft(view);
  const { target, autoscaler } = view;
  if ('error' in target) {
    draft.warn('FailedGetScale', target.error);
    draft.condition('AbleToScale', false, 'FailedGetScale', `the HPA controller was unable to get the target's current scale: ${target.error}`);
    return draft.plan();
  }
  draft.condition('AbleToScale', true, 'SucceededGetScale', "the HPA controller was able to get the target's current scale");
  const current = target.scale.wanted;
  // A first look remembers the size as if the metrics had asked for it.
  const { memory } = draft;
  if (memory.recommendations.length === 0) draft.remember({ ...memory, recommendations: [{ replicas: current, at: view.nowMs }] });
  const { maxReplicas: max, minReplicas: min = 1 } = autoscaler.spec;
  const rescaled = (to: number, reason: string) => draft.rescale({ target, from: current, to, reason });
  if (current === 0 && min !== 0) {
    draft.condition('ScalingActive', false, 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero');
    return draft.sized(current, current, []);
  }
  if (current > max) return rescaled(max, 'Current number of replicas above Spec.MaxReplicas');
  if (current < min) return rescaled(min, 'Current number of replicas below Spec.MinReplicas');
  return planByMetrics(draft, target, current, min);
}

function planByMetrics(draft: Draft, target: Target, current: number, min: number): AutoscalerPlan {
  const { behavior, maxReplicas: max } = draft.view.autoscaler.spec;
  const found = combineMetrics(draft, target, current);
  if ('error' in found) {
    const told = draft.sized(current, undefined, found.statuses);
    return { ...told, events: [...told.events, { type: 'Warning', reason: 'FailedComputeMetricsReplicas', message: found.error }] };
  }
  const reason = found.replicas > current ? `${found.name} above target` : found.replicas < current ? 'All metrics below target' : '';
  const decision = stabilise({ current, desired: found.replicas, min, max }, behavior, draft.memory, draft.view.nowMs);
  draft.remember(decision.memory);
  const ready: Reason = { reason: 'ReadyForNewScale', message: 'recommended size matches current size' };
  const able = decision.stabilised ?? ready;
  draft.condition('AbleToScale', true, able.reason, able.message);
  draft.condition('ScalingLimited', decision.isLimited, decision.limit.reason, decision.limit.message);
  if (decision.replicas === current) return draft.sized(current, current, found.statuses);
  return draft.rescale({ target, from: current, to: decision.replicas, reason }, found.statuses);
}

type Combined =
  | { readonly replicas: number; readonly name: string; readonly statuses: readonly MetricStatus[] }
  | { readonly error: string; readonly statuses: readonly MetricStatus[] };

/** The metric that asks for most decides. One that cannot be had forbids nothing but fewer replicas. */
function combineMetrics(draft: Draft, target: Target, current: number): Combined {
  const { autoscaler, hasMetrics, nowMs } = draft.view;
  const pods = checkSelector(draft, target);
  if ('error' in pods) return { error: pods.error, statuses: [] };
  const input = { namespace: autoscaler.metadata.namespace ?? '', pods: pods.pods, hasMetrics, current, tolerances: tolerancesOf(autoscaler), nowMs };
  const metrics = autoscaler.spec.metrics ?? [];
  const answers = metrics.map((spec) => replicasForMetric(spec, input));
  let best: { readonly replicas: number; readonly name: string } = { replicas: 0, name: '' };
  for (const answer of answers) {
    if ('error' in answer) draft.warn(answer.reason, answer.told);
    else if (best.replicas === 0 || answer.replicas > best.replicas) best = answer;
  }
  const statuses = answers.map((answer): MetricStatus => ('error' in answer ? { type: '' } : answer.status));
  const failed = answers.filter((answer) => 'error' in answer);
  const [first] = failed;
  if (first && (failed.length === metrics.length || best.replicas < current)) {
    draft.condition('ScalingActive', false, first.reason, `the HPA was unable to compute the replica count: ${first.told}`);
    return { error: `invalid metrics (${failed.length} invalid out of ${metrics.length}), first error is: ${first.error}`, statuses };
  }
  draft.condition('ScalingActive', true, 'ValidMetricFound', `the HPA was able to successfully calculate a replica count from ${best.name}`);
  return { ...best, statuses };
}

function checkSelector(draft: Draft, { scale: { selector }, pods, rivals }: Target): { readonly pods: readonly Pod[] } | { readonly error: string } {
  const refuse = (reason: string, error: string, event = reason, message = error) => {
    draft.warn(event, error);
    draft.condition('ScalingActive', false, reason, message);
    return { error };
  };
  if (selector === '') return refuse('InvalidSelector', 'selector is required', 'SelectorRequired', "the HPA target's scale is missing a selector");
  if ('error' in pods) return refuse('InvalidSelector', `couldn't convert selector into a corresponding internal selector object: ${pods.error}`);
  draft.remember({ ...draft.memory, selector });
  if (rivals.length < 2) return { pods };
  return refuse('AmbiguousSelector', `pods by selector ${selector} are controlled by multiple HPAs: [${rivals.join(' ')}]`);
}

const usualTolerance = 0.1;

const toleranceOf = (rules: HPAScalingRules | undefined): number =>
  rules?.tolerance === undefined ? usualTolerance : quantityToNumber(quantityOf(rules.tolerance), -9) / 1e9;

const tolerancesOf = ({ spec: { behavior } }: Autoscaler): Tolerances => ({ up: toleranceOf(behavior?.scaleUp), down: toleranceOf(behavior?.scaleDown) });

/** A plan in the making. */
class Draft {
  readonly view: AutoscalerView;
  memory: Memory;
  readonly #events: EventDraft[] = [];
  #status: AutoscalerStatus;

  constructor(view: AutoscalerView) {
    this.view = view;
    this.memory = view.memory;
    this.#status = view.autoscaler.status;
  }

  warn(reason: string, message: string): void {
    this.#events.push({ type: 'Warning', reason, message });
  }

  condition(type: ConditionType, holds: boolean, reason: string, message: string): void {
    this.#status = withCondition(this.#status, type, holds, { reason, message }, this.view.nowMs);
  }

  remember(memory: Memory): void {
    this.memory = memory;
  }

  plan(): AutoscalerPlan {
    return { events: this.#events, status: this.#status, memory: this.memory };
  }

  /** `desired`: undefined where it stays what it was. */
  sized(currentReplicas: number, desired: number | undefined, currentMetrics: readonly MetricStatus[]): AutoscalerPlan {
    const { lastScaleTime, desiredReplicas, conditions } = this.#status;
    this.#status = {
      currentReplicas,
      desiredReplicas: desired ?? desiredReplicas,
      ...(lastScaleTime !== undefined && { lastScaleTime }),
      currentMetrics: currentMetrics.length === 0 ? (null as never) : currentMetrics,
      ...(conditions && { conditions }),
    };
    return this.plan();
  }

  rescale(rescale: NonNullable<AutoscalerPlan['rescale']>, metrics: readonly MetricStatus[] = []): AutoscalerPlan {
    return { ...this.sized(rescale.from, undefined, metrics), rescale };
  }
}
