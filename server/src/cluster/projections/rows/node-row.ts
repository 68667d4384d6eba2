// Node → row, with what the pods on it request.
import { milliUnitsOf } from '../../../kube/quantity.ts';
import type { NodeRow } from '../../../protocol/cluster-view.ts';
import type { Node } from '../../../schema/generated/types.ts';
import { rowBase } from './row-base.ts';

/** Sums over the pods of a node: thousandths of a core, bytes, and how many. */
export interface NodeLoad {
  readonly pods: number;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

export function nodeRow(node: Node, load: NodeLoad): NodeRow {
  const { cpu = 0, memory = 0 } = node.status.allocatable ?? {};
  const ready = node.status.conditions?.find((condition) => condition.type === 'Ready')?.status === 'True';
  return {
    ...rowBase(node),
    type: 'node',
    health: ready ? 'ready' : 'failing',
    unschedulable: node.spec.unschedulable ?? false,
    pods: load.pods,
    cpuRequested: share(load.cpuMillis, milliUnitsOf(cpu)),
    memoryRequested: share(load.memoryBytes * 1000, milliUnitsOf(memory)),
  };
}

const share = (used: number, of: number) => (of === 0 ? 0 : used / of);
