// From what the metrics ask for to what is done: neither up nor down too hastily, and within the bounds.
// Source: normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors (horizontal.go).
import type { HorizontalPodAutoscalerBehavior, HPAScalingRules } from '../../../schema/generated/types.ts';
import type { Memory, Recommendation, ScaleEvent } from './memory.ts';

export interface Wish {
  readonly current: number;
  /** What the metrics ask for. */
  readonly desired: number;
  readonly min: number;
  readonly max: number;
}

export interface Reason {
  readonly reason: string;
  readonly message: string;
}

export interface Decision {
  readonly replicas: number;
  /** Why it differs from what the metrics ask for; undefined: it does not. */
  readonly stabilised: Reason | undefined;
  /** Whether a bound holds, and which. */
  readonly isLimited: boolean;
  readonly limit: Reason;
  readonly memory: Memory;
}

/** Without other rules: for so long nothing goes below what was asked for once. */
const downWindowMs = 300_000;

const lowest: Reason = {
  reason: 'ScaleUpStabilized',
  message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
};
const highest: Reason = {
  reason: 'ScaleDownStabilized',
  message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
};
const within: Reason = { reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };
const tooFew: Reason = { reason: 'TooFewReplicas', message: 'the desired replica count is less than the minimum replica count' };
const tooMany: Reason = { reason: 'TooManyReplicas', message: 'the desired replica count is more than the maximum replica count' };
const tooFast: Reason = { reason: 'ScaleUpLimit', message: 'the desired replica count is increasing faster than the maximum scale rate' };
const tooFastDown: Reason = { reason: 'ScaleDownLimit', message: 'the desired replica count is decreasing faster than the maximum scale rate' };

export function stabilise(wish: Wish, behavior: HorizontalPodAutoscalerBehavior | undefined, memory: Memory, nowMs: number): Decision {
  return behavior ? withBehavior(wish, behavior, memory, nowMs) : withoutBehavior(wish, memory, nowMs);
}

function withoutBehavior({ current, desired, min, max }: Wish, memory: Memory, nowMs: number): Decision {
  const recent = memory.recommendations.filter(({ at }) => at >= nowMs - downWindowMs);
  const stable = Math.max(desired, ...recent.map(({ replicas }) => replicas));
  // Not more than double, or 4: a wrong measurement must not do too much.
  const fastest = Math.max(2 * current, 4);
  const [most, above] = max > fastest ? [fastest, tooFast] : [max, tooMany];
  const [replicas, limit] = stable < min ? [min, tooFew] : stable > most ? [most, above] : [stable, within];
  return {
    replicas,
    stabilised: stable === desired ? undefined : highest,
    isLimited: replicas !== stable,
    limit,
    memory: remember(memory, recent, desired, nowMs),
  };
}

function withBehavior(wish: Wish, behavior: HorizontalPodAutoscalerBehavior, memory: Memory, nowMs: number): Decision {
  const { current, desired } = wish;
  const upSince = nowMs - 1000 * (behavior.scaleUp?.stabilizationWindowSeconds ?? 0);
  const downSince =
    nowMs - (behavior.scaleDown?.stabilizationWindowSeconds === undefined ? downWindowMs : 1000 * behavior.scaleDown.stabilizationWindowSeconds);
  const since = (time: number) => memory.recommendations.filter(({ at }) => at > time).map(({ replicas }) => replicas);
  const [low, high] = [Math.min(desired, ...since(upSince)), Math.max(desired, ...since(downSince))];
  const stable = Math.min(Math.max(current, low), high);
  const [replicas, limit] = limited({ ...wish, desired: stable }, behavior, memory, nowMs);
  const kept = memory.recommendations.filter(({ at }) => at >= Math.min(upSince, downSince));
  return {
    replicas,
    stabilised: stable === desired ? undefined : desired >= current ? lowest : highest,
    isLimited: replicas !== stable,
    limit,
    memory: remember(memory, kept, desired, nowMs),
  };
}

const remember = (memory: Memory, kept: readonly Recommendation[], replicas: number, at: number): Memory => ({
  ...memory,
  recommendations: [...kept, { replicas, at }],
});

function limited({ current, desired, min, max }: Wish, behavior: HorizontalPodAutoscalerBehavior, memory: Memory, nowMs: number): readonly [number, Reason] {
  if (desired > current) {
    const fastest = Math.max(current, rateLimit(current, behavior.scaleUp, 1, memory, nowMs));
    const [most, why] = max > fastest ? [fastest, tooFast] : [max, tooMany];
    if (desired > most) return [most, why];
  } else if (desired < current) {
    const fastest = Math.min(current, rateLimit(current, behavior.scaleDown, -1, memory, nowMs));
    const [fewest, why] = min < fastest ? [fastest, tooFastDown] : [min, tooFew];
    if (desired < fewest) return [fewest, why];
  }
  return [desired, within];
}

/**
 * Where the policies let it go at most. With 80 pods, 10 of them added in the last minute, a policy of 100 % a minute
 * reckons from 70: up to 140.
 */
function rateLimit(current: number, rules: HPAScalingRules | undefined, direction: 1 | -1, { ups, downs }: Memory, nowMs: number): number {
  if (rules?.selectPolicy === 'Disabled') return current;
  const limits = (rules?.policies ?? []).map(({ type, value, periodSeconds }) => {
    const since = nowMs - periodSeconds * 1000;
    const start = current - changeSince(ups, since) + changeSince(downs, since);
    if (type === 'Pods') return start + direction * value;
    const share = start * (1 + (direction * value) / 100);
    return direction === 1 ? Math.ceil(share) : Math.trunc(share);
  });
  // The policy that changes most, or least, counts.
  const most = (rules?.selectPolicy === 'Min') === (direction === 1) ? Math.min : Math.max;
  return most(...limits);
}

const changeSince = (events: readonly ScaleEvent[], since: number): number =>
  events.reduce((total, { at, change }) => (at > since ? total + change : total), 0);

/** After a change of the size: it counts as long as the longest policy looks back. */
export function rememberScaling(memory: Memory, behavior: HorizontalPodAutoscalerBehavior | undefined, from: number, to: number, nowMs: number): Memory {
  if (!behavior) return memory;
  const list = to > from ? 'ups' : 'downs';
  const policies = (to > from ? behavior.scaleUp : behavior.scaleDown)?.policies ?? [];
  const longestMs = 1000 * Math.max(0, ...policies.map(({ periodSeconds }) => periodSeconds));
  const kept = memory[list].filter(({ at }) => at >= nowMs - longestMs);
  return { ...memory, [list]: [...kept, { change: Math.abs(to - from), at: nowMs }] };
}
