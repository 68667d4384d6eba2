// TaintNodesByCondition: a new node takes no pods until the node controller has seen it ready.
import type { Node, Taint } from '../../../schema/generated/types.ts';
import type { Admit } from './request.ts';

const notReady: Taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

export const admitNodeTaint: Admit = (_context, { operation, strategy: { resource }, object }) => {
  if (operation !== 'CREATE' || resource !== 'nodes') return object;
  const node = object as Node;
  const taints = node.spec.taints ?? [];
  if (taints.some(({ key, effect }) => key === notReady.key && effect === notReady.effect)) return node;
  const admitted: Node = { ...node, spec: { ...node.spec, taints: [...taints, notReady] } };
  return admitted;
};
