// Taints keep pods away (NoSchedule, NoExecute) or are avoided where there is a choice (PreferNoSchedule).
import { normalizeByMax, type FilterPlugin, type Refusal, type ScorePlugin } from '../plugin.ts';
import { toleratesTaint, untolerated } from '../tolerations.ts';

const refusal: Refusal = { plugin: 'TaintToleration', reasons: ['node(s) had untolerated taint(s)'], preemptable: false };

export const taintToleration: FilterPlugin = {
  name: 'TaintToleration',
  prepare({ pod }, { anyForbidding }) {
    if (!anyForbidding) return undefined;
    const { tolerations } = pod.spec;
    return ({ forbidding }) => (forbidding.length > 0 && untolerated(tolerations, forbidding) ? refusal : undefined);
  },
};

/** The fewer discouraging taints the pod does not tolerate, the better. */
export const taintTolerationScore: ScorePlugin = {
  name: 'TaintToleration',
  weight: 3,
  score({ pod }, { anyDiscouraging }, feasible, scores) {
    if (!anyDiscouraging || feasible.every(({ discouraging }) => discouraging.length === 0)) return false;
    const tolerations = pod.spec.tolerations?.filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
    for (const [i, { discouraging }] of feasible.entries()) scores[i] = discouraging.filter((taint) => !toleratesTaint(tolerations, taint)).length;
    normalizeByMax(scores, true);
    return true;
  },
};
