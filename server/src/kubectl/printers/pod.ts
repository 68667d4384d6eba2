import { summarizePod } from '../../cluster/projections/pod-status.ts';
import type { Pod } from '../../schema/generated/types.ts';
import { ageOf, none, since, type CellsOf } from './cell.ts';

export const podCells: CellsOf<Pod> = (pod, now) => {
  const { status, ready, total, restarts, lastRestartAt } = summarizePod(pod);
  return [
    pod.metadata.name,
    `${ready}/${total}`,
    status,
    restarts > 0 && lastRestartAt ? `${restarts} (${since(lastRestartAt, now)} ago)` : String(restarts),
    ageOf(pod, now),
    pod.status.podIPs?.[0]?.ip || none,
    pod.spec.nodeName || none,
    pod.status.nominatedNodeName || none,
    readinessGates(pod),
  ];
};

/** '1/2': of two gates one has a condition that is true. */
function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return none;
  const passed = gates.filter((gate) => pod.status.conditions?.some(({ type, status }) => type === gate.conditionType && status === 'True'));
  return `${passed.length}/${gates.length}`;
}
