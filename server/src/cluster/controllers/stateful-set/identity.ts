// Who a pod of a StatefulSet is: its name says its set and its ordinal, and it keeps both for ever.
// Source: getParentNameAndOrdinal, podInOrdinalRange, identityMatches (stateful_set_utils.go).
import type { Pod, StatefulSet } from '../../../schema/generated/types.ts';

export const podNameLabel = 'statefulset.kubernetes.io/pod-name';
export const podIndexLabel = 'apps.kubernetes.io/pod-index';
export const revisionLabel = 'controller-revision-hash';

const largestOrdinal = 2 ** 31 - 1;

interface Name {
  readonly parent: string;
  readonly ordinal: number;
}

// A look asks every pod of its set for its name, and the metadata of a pod outlives many looks.
const names = new WeakMap<Pod['metadata'], Name>();

function nameOf({ metadata }: Pod): Name {
  let name = names.get(metadata);
  if (!name) names.set(metadata, (name = { parent: parentOf(metadata.name), ordinal: ordinalOf(metadata.name) }));
  return name;
}

export const podOrdinal = (pod: Pod): number => nameOf(pod).ordinal;

/** 'web-3' → 3; −1 for a name that does not end in a number. 'web-03' → 3 as well, though no set makes such a pod. */
export function ordinalOf(podName: string): number {
  const digits = podName.slice(podName.lastIndexOf('-') + 1);
  if (digits.length === podName.length || !/^\d+$/.test(digits)) return -1;
  const ordinal = Number(digits);
  return ordinal <= largestOrdinal ? ordinal : -1;
}

/** The name of the set that a pod of this name can belong to: 'web-3' → 'web'; '' for a name without an ordinal. */
export function parentOf(podName: string): string {
  return /-\d+$/.test(podName) ? podName.slice(0, podName.lastIndexOf('-')) : '';
}

export const podNameOf = (set: StatefulSet, ordinal: number): string => `${set.metadata.name}-${ordinal}`;

export const replicasOf = ({ spec }: StatefulSet): number => spec.replicas ?? 1;

/** The first ordinal. */
export const startOf = ({ spec }: StatefulSet): number => spec.ordinals?.start ?? 0;

/** 3 replicas from ordinal 2 on are 2, 3 and 4. */
export function isInRange(set: StatefulSet, ordinal: number): boolean {
  const start = startOf(set);
  return ordinal >= start && ordinal < start + replicasOf(set);
}

export const revisionOf = ({ metadata }: Pod): string => metadata.labels?.[revisionLabel] ?? '';

export const isOrdered = ({ spec }: StatefulSet): boolean => spec.podManagementPolicy !== 'Parallel';
