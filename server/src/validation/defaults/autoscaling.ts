// Defaults of HorizontalPodAutoscalers (pkg/apis/autoscaling/{v1,v2}/defaults.go).
import { wasSentEmpty } from '../../schema/sent-empty.ts';
import type {
  AutoscalingV1HorizontalPodAutoscalerSpec,
  AutoscalingV2HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerBehavior,
  HPAScalingRules,
  MetricSpec,
} from '../../schema/generated/types.ts';
import { filledWith } from './fill.ts';

/** Half-loaded pods are too few, and fully loaded ones too many. */
export const defaultCpuMetric: MetricSpec = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
};

export const autoscalingFillers = {
  /** What a v1 object without a target means is said when it is converted. */
  AutoscalingV1HorizontalPodAutoscalerSpec: (spec: AutoscalingV1HorizontalPodAutoscalerSpec) => filledWith(spec, { minReplicas: 1 }),

  AutoscalingV2HorizontalPodAutoscalerSpec(spec: AutoscalingV2HorizontalPodAutoscalerSpec): AutoscalingV2HorizontalPodAutoscalerSpec {
    const filled = filledWith(spec, { minReplicas: 1, metrics: [defaultCpuMetric] });
    const behavior = spec.behavior && fillBehavior(spec.behavior);
    return behavior === spec.behavior ? filled : { ...filled, ...(behavior && { behavior }) };
  },
};

/** Four pods or as many as there are, whichever is more, every 15 seconds. */
const scaleUp: HPAScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
/** How long it is waited is a flag of the controller. */
const scaleDown: HPAScalingRules = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

function fillBehavior(behavior: HorizontalPodAutoscalerBehavior): HorizontalPodAutoscalerBehavior {
  const [up, down] = [fillRules(behavior.scaleUp, scaleUp), fillRules(behavior.scaleDown, scaleDown)];
  return up === behavior.scaleUp && down === behavior.scaleDown ? behavior : { scaleUp: up, scaleDown: down };
}

/** An empty list of policies is one, and will be refused. */
function fillRules(rules: HPAScalingRules = {}, defaults: HPAScalingRules): HPAScalingRules {
  return filledWith(wasSentEmpty(rules, 'policies') ? { ...rules, policies: [] } : rules, defaults);
}
