// Every filter and score, in the order in which Kubernetes runs them. A node's first refusal is the one that is reported.
import type { FilterPlugin, ScorePlugin } from './plugin.ts';
import { balancedAllocation } from './plugins/balanced-allocation.ts';
import { defaultSpread } from './plugins/default-spread.ts';
import { interPodAffinity, interPodAffinityScore } from './plugins/inter-pod-affinity.ts';
import { leastAllocated } from './plugins/least-allocated.ts';
import { nodeAffinity, nodeAffinityScore } from './plugins/node-affinity.ts';
import { nodeName } from './plugins/node-name.ts';
import { nodePorts } from './plugins/node-ports.ts';
import { nodeResourcesFit } from './plugins/node-resources-fit.ts';
import { nodeUnschedulable } from './plugins/node-unschedulable.ts';
import { podTopologySpread, podTopologySpreadScore } from './plugins/pod-topology-spread.ts';
import { taintToleration, taintTolerationScore } from './plugins/taint-toleration.ts';
import { volumeBinding } from './plugins/volume-binding.ts';

export const filters: readonly FilterPlugin[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
  volumeBinding,
  podTopologySpread,
  interPodAffinity,
];

// ImageLocality is left out: every node of the model has every image at the same distance, so it would give all the same score.
export const scores: readonly ScorePlugin[] = [
  taintTolerationScore,
  nodeAffinityScore,
  defaultSpread,
  podTopologySpreadScore,
  interPodAffinityScore,
  leastAllocated,
  balancedAllocation,
];
