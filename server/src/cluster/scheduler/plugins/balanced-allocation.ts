// Cpu and memory should fill up together: a node where one is full and the other empty serves nobody.
// Worked example: 3 of 4 CPU (0.75) and 2Gi of 8Gi (0.25): they stray (0.75 − 0.25) / 2 = 0.25 from their mean, score 75.
import type { ScorePlugin } from '../plugin.ts';
import { maxScore } from '../plugin.ts';

export const balancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  prepare({ requests: { cpu, memory } }) {
    // A pod that asks for nothing would always be drawn to the same, well balanced node.
    if (cpu === 0 && memory === 0) return undefined;
    return {
      score(node) {
        // With fewer than two resources there is nothing to balance.
        if (node.cpu === 0 || node.memory === 0) return maxScore;
        const cpuShare = Math.min(1, (node.usedCpu + cpu) / node.cpu);
        const memoryShare = Math.min(1, (node.usedMemory + memory) / node.memory);
        return Math.trunc((1 - Math.abs(cpuShare - memoryShare) / 2) * maxScore);
      },
    };
  },
};
