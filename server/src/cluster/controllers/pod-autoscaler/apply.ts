// Gives the target its size, tells of it, and writes the status.
import { isStatus } from '../../../kube/status.ts';
import { resourceKey } from '../../../kube/resource.ts';
import { formatTime } from '../../../kube/time.ts';
import { withReplicas } from '../../registry/subresources/scale-parts.ts';
import type { Writer } from '../../runtime/writer.ts';
import type { Memory } from './memory.ts';
import type { AutoscalerPlan } from './plan.ts';
import { rememberScaling } from './stabilise.ts';
import { withCondition } from './status.ts';
import { autoscalers, type AutoscalerView } from './view.ts';

/** What is to be remembered. */
export function applyAutoscaler(plan: AutoscalerPlan, view: AutoscalerView, writer: Writer): Memory {
  for (const event of plan.events) writer.event(view.autoscaler, event);
  const { status, memory } = plan.rescale ? rescale(plan, plan.rescale, view, writer) : plan;
  if (JSON.stringify(status) !== JSON.stringify(view.autoscaler.status)) {
    const written = writer.updateStatus(autoscalers, { ...view.autoscaler, status });
    if (isStatus(written)) writer.event(view.autoscaler, { type: 'Warning', reason: 'FailedUpdateStatus', message: written.message ?? '' });
  }
  return memory;
}

function rescale(
  { status, memory }: AutoscalerPlan,
  { target, from, to, reason }: NonNullable<AutoscalerPlan['rescale']>,
  { autoscaler, nowMs }: AutoscalerView,
  writer: Writer,
): Pick<AutoscalerPlan, 'status' | 'memory'> {
  const answer = writer.update(resourceKey(target.info), withReplicas(target.info, target.object, to), { code: 'autoscale', args: { from, to, reason } });
  if (isStatus(answer)) {
    const error = answer.message ?? '';
    writer.event(autoscaler, { type: 'Warning', reason: 'FailedRescale', message: `New size: ${to}; reason: ${reason}; error: ${error}` });
    const message = `the HPA controller was unable to update the target scale: ${error}`;
    return { status: withCondition(status, 'AbleToScale', false, { reason: 'FailedUpdateScale', message }, nowMs), memory };
  }
  writer.event(autoscaler, { type: 'Normal', reason: 'SuccessfulRescale', message: `New size: ${to}; reason: ${reason}` });
  const message = `the HPA controller was able to update the target scale to ${to}`;
  const told = withCondition(status, 'AbleToScale', true, { reason: 'SucceededRescale', message }, nowMs);
  const { currentReplicas = 0, currentMetrics, conditions } = told;
  return {
    status: {
      currentReplicas,
      desiredReplicas: to,
      lastScaleTime: formatTime(nowMs),
      ...(currentMetrics !== undefined && { currentMetrics }),
      ...(conditions && { conditions }),
    },
    memory: rememberScaling(memory, autoscaler.spec.behavior, from, to, nowMs),
  };
}
