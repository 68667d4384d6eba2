// Taints that follow from a node's conditions and from cordoning (node_lifecycle_controller.go: doNoScheduleTaintingPass, processTaintBaseEviction).
import type { Node, NodeCondition, Taint } from '../../../schema/generated/types.ts';

const prefix = 'node.kubernetes.io/';

/** Condition, the status that calls for a taint, and its key. Ready has two. */
const rows: readonly (readonly [type: string, status: string, key: string])[] = [
  ['Ready', 'False', `${prefix}not-ready`],
  ['Ready', 'Unknown', `${prefix}unreachable`],
  ['MemoryPressure', 'True', `${prefix}memory-pressure`],
  ['DiskPressure', 'True', `${prefix}disk-pressure`],
  ['NetworkUnavailable', 'True', `${prefix}network-unavailable`],
  ['PIDPressure', 'True', `${prefix}pid-pressure`],
];
const unschedulableKey = `${prefix}unschedulable`;
const managed: ReadonlySet<string> = new Set([...rows.map(([, , key]) => key), unschedulableKey]);

export const conditionOf = ({ status }: Node, type: string): NodeCondition | undefined => status.conditions?.find((condition) => condition.type === type);

/** The node's taints with those of effect NoSchedule as they should be; undefined when they are. `time`: RFC 3339, of new ones. */
export function withScheduleTaints(node: Node, time: string): readonly Taint[] | undefined {
  const keys = rows.filter(([type, status]) => conditionOf(node, type)?.status === status).map(([, , key]) => key);
  if (node.spec.unschedulable) keys.push(unschedulableKey);
  return withTaints(node.spec.taints ?? [], keys, 'NoSchedule', managed, time);
}

/** The node's taints with those of effect NoExecute that this readiness calls for: none when it is ready. Undefined when they are so. */
export function withExecuteTaints(node: Node, ready: string, time: string): readonly Taint[] | undefined {
  const keys = rows.filter(([type, status]) => type === 'Ready' && status === ready).map(([, , key]) => key);
  return withTaints(node.spec.taints ?? [], keys, 'NoExecute', managed, time);
}

function withTaints(before: readonly Taint[], keys: readonly string[], effect: string, ours: ReadonlySet<string>, time: string): readonly Taint[] | undefined {
  const isOurs = (taint: Taint) => taint.effect === effect && ours.has(taint.key);
  const kept = before.filter((taint) => !isOurs(taint) || keys.includes(taint.key));
  const added = keys.filter((key) => !before.some((taint) => taint.key === key && taint.effect === effect));
  if (added.length === 0 && kept.length === before.length) return undefined;
  return [...kept, ...added.map((key): Taint => ({ effect, key, timeAdded: time }))];
}
