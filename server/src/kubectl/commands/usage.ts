// What metrics.k8s.io says of a pod or a node, in the units that top prints.
import type { KubeObject } from '../../kube/object.ts';
import { parseQuantity, quantityToNumber } from '../../kube/quantity.ts';

export interface Usage {
  readonly cpu: string;
  readonly memory: string;
}

export interface PodMetrics extends KubeObject {
  readonly containers: readonly { readonly name: string; readonly usage: Usage }[];
}

export const containersUsage = ({ containers }: PodMetrics): readonly Usage[] => containers.map(({ usage }) => usage);

/** In cores or bytes. */
export function sumOf(usages: readonly Usage[], what: 'cpu' | 'memory'): number {
  return usages.reduce((sum, usage) => {
    const parsed = parseQuantity(usage[what]);
    return sum + ('error' in parsed ? 0 : quantityToNumber(parsed));
  }, 0);
}

export const cpuText = (cores: number): string => `${Math.ceil(cores * 1000)}m`;
export const memoryText = (bytes: number): string => `${Math.trunc(bytes / (1024 * 1024))}Mi`;
