// The more of cpu and memory is left, the better: 100 on an empty node, 0 on a full one.
// Worked example: 4 CPU of which 3 are asked for, 8Gi of which 2Gi: cpu (4−3)·100/4 = 25, memory 75, score 50.
import type { ScorePlugin } from '../plugin.ts';
import { maxScore } from '../plugin.ts';

export const leastAllocated: ScorePlugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  prepare({ requests: { assumedCpu, assumedMemory } }) {
    return {
      score(node) {
        let sum = 0;
        let resources = 0;
        if (node.cpu > 0) {
          sum += unused(node.assumedCpu + assumedCpu, node.cpu);
          resources++;
        }
        if (node.memory > 0) {
          sum += unused(node.assumedMemory + assumedMemory, node.memory);
          resources++;
        }
        return resources === 0 ? 0 : Math.trunc(sum / resources);
      },
    };
  },
};

const unused = (requested: number, offered: number): number => (requested > offered ? 0 : Math.trunc(((offered - requested) * maxScore) / offered));
