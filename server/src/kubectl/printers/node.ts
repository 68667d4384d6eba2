import type { Node } from '../../schema/generated/types.ts';
import { ageOf, none, type CellsOf } from './cell.ts';

export const nodeCells: CellsOf<Node> = (node, now) => {
  const { nodeInfo } = node.status;
  const unknown = '<unknown>';
  return [
    node.metadata.name,
    statusOf(node),
    rolesOf(node).join(',') || none,
    ageOf(node, now),
    nodeInfo?.kubeletVersion ?? '',
    addressOf(node, 'InternalIP'),
    addressOf(node, 'ExternalIP'),
    nodeInfo?.osImage || unknown,
    nodeInfo?.kernelVersion || unknown,
    nodeInfo?.containerRuntimeVersion || unknown,
  ];
};

function statusOf(node: Node): string {
  const ready = node.status.conditions?.find(({ type }) => type === 'Ready');
  const status = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return node.spec.unschedulable ? `${status},SchedulingDisabled` : status;
}

/** From the labels node-role.kubernetes.io/ROLE and kubernetes.io/role=ROLE. */
export function rolesOf(node: Node): readonly string[] {
  const roles = Object.entries(node.metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith('node-role.kubernetes.io/')) return key.slice('node-role.kubernetes.io/'.length);
    return key === 'kubernetes.io/role' ? value : [];
  });
  return [...new Set(roles.filter((role) => role !== ''))].sort();
}

const addressOf = (node: Node, type: string) => node.status.addresses?.find((address) => address.type === type)?.address ?? none;
