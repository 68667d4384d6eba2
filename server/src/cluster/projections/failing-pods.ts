// The pods that fail, by their controller: what a stalled Deployment shows is found without looking at its healthy pods.
import { controllerOf } from '../../kube/object.ts';
import type { Pod } from '../../schema/generated/types.ts';
import { podHealth } from './rows/pod-row.ts';

const none: ReadonlyMap<string, Pod> = new Map();

export class FailingPods {
  /** Controller uid → pod uid → pod. */
  readonly #byOwner = new Map<string, Map<string, Pod>>();

  of(ownerUid: string): ReadonlyMap<string, Pod> {
    return this.#byOwner.get(ownerUid) ?? none;
  }

  /** Takes a change of one pod into account; true when the failing pods of its controller changed. */
  update(before: Pod | undefined, after: Pod | undefined): boolean {
    const wasFailing = before !== undefined && this.#remove(before);
    if (!after || podHealth(after) !== 'failing') return wasFailing;
    const owner = controllerOf(after)?.uid;
    if (owner === undefined) return wasFailing;
    let pods = this.#byOwner.get(owner);
    if (!pods) this.#byOwner.set(owner, (pods = new Map()));
    pods.set(after.metadata.uid, after);
    return true;
  }

  #remove(pod: Pod): boolean {
    const owner = controllerOf(pod)?.uid;
    const pods = owner === undefined ? undefined : this.#byOwner.get(owner);
    if (!pods?.delete(pod.metadata.uid)) return false;
    if (pods.size === 0) this.#byOwner.delete(owner!);
    return true;
  }
}
