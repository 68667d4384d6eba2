// Which nodes a pod asks for by their labels and names: nodeSelector and nodeAffinity, required and preferred.
import { type FilterPlugin, normalizeByMax, type PodInfo, type Refusal, type ScorePlugin } from '../plugin.ts';
import { matchesTerm, namesInTerms, nodeFilterOf } from '../node-selector.ts';
import type { NodeInfo } from '../node-info.ts';

const refusal: Refusal = { plugin: 'NodeAffinity', reasons: ["node(s) didn't match Pod's node affinity/selector"], preemptable: false };

const requiredTerms = ({ pod }: PodInfo) => pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;

export const nodeAffinity: FilterPlugin = {
  name: 'NodeAffinity',
  nodeNames(pod) {
    const terms = requiredTerms(pod);
    return terms && namesInTerms(terms);
  },
  prepare(pod) {
    const matches = requiredNodes(pod);
    return matches && ((node) => (matches(node) ? undefined : refusal));
  },
};

/** Whether a node is among those that the pod requires; undefined when it requires none. */
export function requiredNodes(pod: PodInfo): ((node: NodeInfo) => boolean) | undefined {
  const matches = nodeFilterOf(pod.pod.spec);
  return matches && (({ node }) => matches(node));
}

/** The sum of the weights of the preferred terms that the node matches. */
export const nodeAffinityScore: ScorePlugin = {
  name: 'NodeAffinity',
  weight: 2,
  score({ pod }, _view, feasible, scores) {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
    if (!preferred?.length) return false;
    for (const [i, { node }] of feasible.entries()) {
      scores[i] = 0;
      for (const { weight, preference } of preferred) if (matchesTerm(preference, node)) scores[i]! += weight;
    }
    normalizeByMax(scores, false);
    return true;
  },
};
