// Which nodes are alive, and what follows for those that are not: pure decisions of one look at all nodes.
//
// Worked example: the last sign of life comes at 0 s. 50 s later the node's conditions become Unknown and its pods not ready; at the
// next look, 5 s later, it gets the taint that evicts its pods, unless no node at all is ready: then the fault is elsewhere.
import type { Node, NodeCondition } from '../../../schema/generated/types.ts';
import { conditionOf } from './condition-taints.ts';

export const lookEveryMs = 5_000;
const graceMs = 50_000;
/** One node of a zone in so long gets the taint that evicts its pods. */
const evictEveryMs = 10_000;
/** Of a large zone in which most nodes are gone, one in so long. */
const evictEveryInRuinsMs = 100_000;
const ruins = 0.55;
const largeZone = 50;

/** What was last heard of a node. */
export interface Heard {
  /** renewTime of its lease, as it stood. */
  readonly renewTime: string | undefined;
  /** When that was seen for the first time. */
  readonly at: number;
}

export const isOverdue = ({ at }: Heard, now: number): boolean => now > at + graceMs;

const watched: readonly string[] = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** The conditions of a node of which nothing is heard any more; undefined when they say so already. */
export function unknownConditions(node: Node, time: string): readonly NodeCondition[] | undefined {
  const before = node.status.conditions ?? [];
  if (watched.every((type) => conditionOf(node, type)?.status === 'Unknown')) return undefined;
  const after = before.map((condition) =>
    watched.includes(condition.type) && condition.status !== 'Unknown' ? { ...condition, ...stopped, lastTransitionTime: time } : condition,
  );
  const missing = watched.filter((type) => !conditionOf(node, type));
  return [...after, ...missing.map((type) => ({ type, ...never, lastTransitionTime: time }))];
}

const stopped = { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' };
const never = { status: 'Unknown', reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.' };

export const readiness = (node: Node): string => conditionOf(node, 'Ready')?.status ?? 'Unknown';

export const zoneOf = ({ metadata }: Node): string => metadata.labels?.['topology.kubernetes.io/zone'] ?? '';

/** How far apart nodes of each zone may be evicted; a zone that is missing evicts nobody. */
export function evictionPace(nodes: readonly Node[]): ReadonlyMap<string, number> {
  const zones = new Map<string, { ready: number; lost: number }>();
  for (const node of nodes) {
    const zone = zones.get(zoneOf(node)) ?? { ready: 0, lost: 0 };
    zones.set(zoneOf(node), zone);
    if (readiness(node) === 'True') zone.ready++;
    else zone.lost++;
  }
  // Nobody is ready: it must be the control plane that is cut off.
  if ([...zones.values()].every(({ ready }) => ready === 0)) return new Map();
  const pace = new Map<string, number>();
  for (const [name, { ready, lost }] of zones) {
    const inRuins = ready > 0 && lost > 2 && lost / (ready + lost) >= ruins;
    if (!inRuins) pace.set(name, evictEveryMs);
    else if (ready + lost > largeZone) pace.set(name, evictEveryInRuinsMs);
  }
  return pace;
}
