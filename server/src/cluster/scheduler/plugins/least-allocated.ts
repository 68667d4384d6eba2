// The more of cpu and memory is left, the better: 100 on an empty node, 0 on a full one.
// Worked example: 4 CPU of which 3 are asked for, 8Gi of which 2Gi: cpu (4−3)·100/4 = 25, memory 75, score 50.
import type { NodeInfo } from '../node-info.ts';
import { maxScore, type ScorePlugin } from '../plugin.ts';
import type { Requests } from '../pod-requests.ts';

export const leastAllocated: ScorePlugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  score({ requests }, _view, feasible, scores) {
    for (let i = 0; i < feasible.length; i++) scores[i] = scoreOf(feasible[i]!, requests);
    return true;
  },
};

function scoreOf(node: NodeInfo, { assumedCpu, assumedMemory }: Requests): number {
  const cpu = unused(node.assumedCpu + assumedCpu, node.cpu);
  const memory = unused(node.assumedMemory + assumedMemory, node.memory);
  // What the node does not have at all does not count.
  if (node.cpu === 0) return memory;
  return node.memory === 0 ? cpu : Math.trunc((cpu + memory) / 2);
}

const unused = (requested: number, offered: number): number =>
  requested > offered || offered === 0 ? 0 : Math.trunc(((offered - requested) * maxScore) / offered);
