// On which nodes a DaemonSet wants a pod. Cordoned nodes are among them: its pods tolerate that.
// Source: NodeShouldRunDaemonPod, predicates (pkg/controller/daemon/daemon_controller.go).
import type { DaemonSet, Node, PodSpec, Taint, Toleration } from '../../../schema/generated/types.ts';
import { nodeFilterOf } from '../../scheduler/node-selector.ts';
import { toleratesTaint } from '../../scheduler/tolerations.ts';
import { daemonTolerations } from './tolerations.ts';

/**
 * run: a pod belongs there. stay: one that is there may stay, but none is put there (a NoSchedule taint came later).
 * leave: none may be there. gone: the node does not exist, though pods still name it.
 */
export type Placement = 'run' | 'stay' | 'leave' | 'gone';

export function placementOf({ spec }: DaemonSet, node: Node): Placement {
  const { nodeName, fits, tolerations } = requirementsOf(spec.template.spec ?? nothing);
  if ((nodeName && nodeName !== node.metadata.name) || (fits && !fits(node))) return 'leave';
  const untolerated = node.spec.taints?.filter((taint) => keepsAway(taint) && !toleratesTaint(tolerations, taint)) ?? [];
  if (untolerated.length === 0) return 'run';
  return untolerated.some(({ effect }) => effect === 'NoExecute') ? 'leave' : 'stay';
}

const keepsAway = ({ effect }: Taint): boolean => effect === 'NoSchedule' || effect === 'NoExecute';

interface Requirements {
  readonly nodeName: string | undefined;
  readonly fits: ((node: Node) => boolean) | undefined;
  readonly tolerations: readonly Toleration[];
}

// A template is asked about every node.
const known = new WeakMap<PodSpec, Requirements>();

function requirementsOf(spec: PodSpec): Requirements {
  let requirements = known.get(spec);
  if (!requirements) known.set(spec, (requirements = { nodeName: spec.nodeName, fits: nodeFilterOf(spec), tolerations: daemonTolerations(spec) }));
  return requirements;
}

const nothing: PodSpec = { containers: [] };
