// Nodes that were promised to pods: their victims are still leaving, and nobody less important may take the room meanwhile.
import type { Pod } from '../../schema/generated/types.ts';
import type { NodeInfo } from './node-info.ts';
import { priorityOf } from './preemption.ts';

/** By pod key. */
export type NominationMemory = ReadonlyMap<string, { readonly node: string; readonly pod: Pod }>;

export class Nominations {
  #byPod = new Map<string, { readonly node: string; readonly pod: Pod }>();

  set(key: string, node: string, pod: Pod): void {
    this.#byPod.set(key, { node, pod });
  }

  delete(key: string): void {
    this.#byPod.delete(key);
  }

  nodeOf(key: string): string | undefined {
    return this.#byPod.get(key)?.node;
  }

  /** Nodes as this pod has to see them: with the pods in place that were promised room there and are at least as important. */
  reservedFor(key: string, pod: Pod, nodeNamed: (name: string) => NodeInfo | undefined): ReadonlyMap<string, NodeInfo> {
    const reserved = new Map<string, NodeInfo>();
    for (const [other, { node, pod: promised }] of this.#byPod) {
      const info = reserved.get(node) ?? nodeNamed(node)?.copy();
      if (other === key || !info || priorityOf(promised) < priorityOf(pod)) continue;
      info.count(promised, 1);
      reserved.set(node, info);
    }
    return reserved;
  }

  snapshot(): NominationMemory {
    return new Map(this.#byPod);
  }

  restore(memory: NominationMemory): void {
    this.#byPod = new Map(memory);
  }
}
