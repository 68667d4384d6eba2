// Which pods each Service selects. Remembered, and changed by one step with every pod, because to ask all pods of a namespace at every
// change of one of them would cost the square of their number.
// Invariant: a Service that has been looked at has exactly the pods of its namespace that its selector matches now.
import { objectKey } from '../../../kube/resource.ts';
import type { StringMap } from '../../../kube/object.ts';
import type { Pod, Service } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';
import { servicesByNamespace } from '../../store/indexes.ts';
import { isFinished, readyCondition } from '../../store/pod-facts.ts';
import type { Reader } from '../../runtime/reader.ts';

interface Membership {
  readonly selector: StringMap;
  readonly pods: Set<string>;
}

const none: readonly string[] = [];

export class Members {
  readonly #reader: Reader;
  #byService = new Map<string, Membership>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** The keys of its pods, in the order in which they were found. */
  of(service: Service): Iterable<string> {
    const { namespace, name } = service.metadata;
    const key = objectKey(namespace, name);
    const selector = service.spec.selector ?? {};
    const known = this.#byService.get(key);
    if (known && isSameSelector(known.selector, selector)) return known.pods;
    const pods = new Set<string>();
    for (const [podKey, pod] of this.#reader.collection('pods')) {
      if (pod.metadata.namespace === namespace && isSelected(selector, pod.metadata.labels)) pods.add(podKey);
    }
    this.#byService.set(key, { selector, pods });
    return pods;
  }

  forget(serviceKey: string): void {
    this.#byService.delete(serviceKey);
  }

  /** Takes a commit of a pod into account; the keys of the Services that have to look at it. */
  change({ key, before, after }: Commit): readonly string[] {
    const services = this.#reader.indexed(servicesByNamespace, (after ?? before)!.metadata.namespace ?? '').objects;
    if (services.size === 0) return none;
    const found: string[] = [];
    const matters = isNews(before as Pod | undefined, after as Pod | undefined);
    for (const [serviceKey, service] of services as ReadonlyMap<string, Service>) {
      const { selector } = service.spec;
      if (!selector) continue;
      const [was, is] = [before && isSelected(selector, before.metadata.labels), after && isSelected(selector, after.metadata.labels)];
      const known = this.#byService.get(serviceKey);
      if (is) known?.pods.add(key);
      else known?.pods.delete(key);
      if ((is || was) && (matters || is !== was)) found.push(serviceKey);
    }
    return found;
  }

  snapshot(): unknown {
    return new Map([...this.#byService].map(([key, { selector, pods }]) => [key, { selector, pods: new Set(pods) }]));
  }

  restore(memory: unknown): void {
    const origin = memory as ReadonlyMap<string, Membership>;
    this.#byService = new Map([...origin].map(([key, { selector, pods }]) => [key, { selector, pods: new Set(pods) }]));
  }
}

/** A Service without requirements selects everything. */
function isSelected(selector: StringMap, labels: StringMap | undefined): boolean {
  for (const label in selector) if (labels?.[label] !== selector[label]) return false;
  return true;
}

function isSameSelector(a: StringMap, b: StringMap): boolean {
  return a === b || (Object.keys(a).length === Object.keys(b).length && isSelected(a, b));
}

/** Whether anything has changed that an endpoint says of its pod. */
function isNews(before: Pod | undefined, after: Pod | undefined): boolean {
  if (!before || !after) return true;
  return (
    before.status.podIP !== after.status.podIP ||
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    isFinished(before) !== isFinished(after) ||
    readyCondition(before)?.status !== readyCondition(after)?.status
  );
}
