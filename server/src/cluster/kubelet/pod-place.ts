// Where a pod is at one moment of its life: on its node, among its owner's other pods.
// A class and not an object of functions, because there is one for every step of every pod.
import type { PodFaults } from '../../kube/fault-annotations.ts';
import type { Node, Pod } from '../../schema/generated/types.ts';
import { takeAddress, type AddressPool } from './addresses.ts';
import type { PodSurroundings } from './draft.ts';
import { hostAddressOf } from './node-object.ts';

/** What a kubelet remembers of its node. */
export interface NodeMemory {
  readonly pool: AddressPool;
  readonly images: Set<string>;
}

export interface Moment {
  readonly now: number;
  readonly faults: PodFaults;
  readonly notReadyBefore: number;
  readonly exitOf: (containerId: string) => number | undefined;
}

export class PodPlace implements PodSurroundings {
  readonly now: number;
  readonly faults: PodFaults;
  readonly notReadyBefore: number;
  readonly exitOf: (containerId: string) => number | undefined;
  readonly #pod: Pod;
  readonly #node: Node;
  readonly #memory: NodeMemory;

  constructor(pod: Pod, node: Node, memory: NodeMemory, { now, faults, notReadyBefore, exitOf }: Moment) {
    this.now = now;
    this.faults = faults;
    this.notReadyBefore = notReadyBefore;
    this.exitOf = exitOf;
    this.#pod = pod;
    this.#node = node;
    this.#memory = memory;
  }

  hasImage(image: string): boolean {
    return this.#memory.images.has(image);
  }

  newIp(): string {
    return this.#pod.spec.hostNetwork ? hostAddressOf(this.#node) : takeAddress(this.#memory.pool);
  }
}
