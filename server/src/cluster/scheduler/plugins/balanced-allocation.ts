// Cpu and memory should fill up together: a node where one is full and the other empty serves nobody.
// Worked example: 3 of 4 CPU (0.75) and 2Gi of 8Gi (0.25): they stray (0.75 − 0.25) / 2 = 0.25 from their mean, score 75.
import type { NodeInfo } from '../node-info.ts';
import { maxScore, type ScorePlugin } from '../plugin.ts';
import type { Requests } from '../pod-requests.ts';

export const balancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  score({ requests }, _view, feasible, scores) {
    // A pod that asks for nothing would always be drawn to the same, well balanced node.
    if (requests.cpu === 0 && requests.memory === 0) return false;
    for (let i = 0; i < feasible.length; i++) scores[i] = scoreOf(feasible[i]!, requests);
    return true;
  },
};

function scoreOf(node: NodeInfo, { cpu, memory }: Requests): number {
  // With fewer than two resources there is nothing to balance.
  if (node.cpu === 0 || node.memory === 0) return maxScore;
  const cpuShare = Math.min(1, (node.usedCpu + cpu) / node.cpu);
  const memoryShare = Math.min(1, (node.usedMemory + memory) / node.memory);
  return Math.trunc((1 - Math.abs(cpuShare - memoryShare) / 2) * maxScore);
}
