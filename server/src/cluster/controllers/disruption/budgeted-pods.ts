// Which pods every PodDisruptionBudget is about, and how many of them are healthy.
// Invariant: equals what a walk over the pods of the budget's namespace would find; a pod that changes costs what its budgets cost.
import { matches, selectorOf, type Selector } from '../../../kube/label-selector.ts';
import { controllerOf, type OwnerReference } from '../../../kube/object.ts';
import { objectKey } from '../../../kube/resource.ts';
import type { Pod, PodDisruptionBudget } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { budgetsByNamespace } from '../../store/indexes.ts';
import { readyCondition } from '../../store/pod-facts.ts';

export interface BudgetedPods {
  readonly count: number;
  /** Ready, and not being deleted. */
  readonly healthy: number;
  /** Pods without a controller. */
  readonly unmanaged: number;
  /** The controllers of the others by uid, each with one of its pods. */
  readonly controllers: ReadonlyMap<string, { readonly reference: OwnerReference; readonly podName: string }>;
}

interface Entry extends BudgetedPods {
  readonly spec: PodDisruptionBudget['spec'];
  readonly selector: Selector | undefined;
  readonly pods: Set<string>;
  count: number;
  healthy: number;
  unmanaged: number;
  readonly controllers: Map<string, { reference: OwnerReference; podName: string; pods: number }>;
}

const budgets = 'poddisruptionbudgets.policy';

export class PodsOfBudgets {
  readonly #entries = new Map<string, Entry>();
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
    for (const [key, budget] of reader.collection(budgets)) this.#build(key, budget as PodDisruptionBudget);
  }

  of(key: string): BudgetedPods | undefined {
    return this.#entries.get(key);
  }

  /** Takes a commit of a budget into account: its spec decides which pods it is about. */
  updateBudget({ key, after }: Commit): void {
    if (!after) this.#entries.delete(key);
    else if (this.#entries.get(key)?.spec !== (after as PodDisruptionBudget).spec) this.#build(key, after as PodDisruptionBudget);
  }

  /** Takes a commit of a pod into account; returns the keys of the budgets for which that makes a difference. */
  updatePod({ key, before, after }: Commit): readonly string[] {
    const namespace = (after ?? before)!.metadata.namespace ?? '';
    const all = this.#reader.indexed(budgetsByNamespace, namespace).objects;
    if (all.size === 0) return none;
    const changed: string[] = [];
    for (const budgetKey of all.keys()) {
      const entry = this.#entries.get(budgetKey);
      if (entry && move(entry, key, before as Pod | undefined, after as Pod | undefined)) changed.push(budgetKey);
    }
    return changed;
  }

  #build(key: string, { metadata, spec }: PodDisruptionBudget): void {
    const parsed = selectorOf(spec.selector);
    const selector = 'selector' in parsed ? parsed.selector : undefined;
    const entry: Entry = { spec, selector, pods: new Set(), count: 0, healthy: 0, unmanaged: 0, controllers: new Map() };
    this.#entries.set(key, entry);
    for (const pod of this.#reader.collection('pods').values()) {
      if (pod.metadata.namespace === metadata.namespace) move(entry, objectKey(pod.metadata.namespace, pod.metadata.name), undefined, pod as Pod);
    }
  }
}

const none: readonly string[] = [];

export const isHealthy = (pod: Pod): boolean => pod.metadata.deletionTimestamp === undefined && readyCondition(pod)?.status === 'True';

/** Whether it made a difference. A pod that was being deleted and goes counts: fewer pods are expected. */
function move(entry: Entry, key: string, before: Pod | undefined, after: Pod | undefined): boolean {
  const was = before && entry.pods.has(key) ? before : undefined;
  const is = after && entry.selector && matches(entry.selector, after.metadata.labels) ? after : undefined;
  if (!was && !is) return false;
  if (was && is && isHealthy(was) === isHealthy(is) && controllerOf(was)?.uid === controllerOf(is)?.uid) {
    return was.metadata.deletionTimestamp !== is.metadata.deletionTimestamp;
  }
  if (was) count(entry, key, was, -1);
  if (is) count(entry, key, is, 1);
  return true;
}

function count(entry: Entry, key: string, pod: Pod, sign: 1 | -1): void {
  if (sign === 1) entry.pods.add(key);
  else entry.pods.delete(key);
  entry.count += sign;
  if (isHealthy(pod)) entry.healthy += sign;
  const reference = controllerOf(pod);
  if (!reference) entry.unmanaged += sign;
  else countController(entry, reference, pod.metadata.name, sign);
}

function countController({ controllers }: Entry, reference: OwnerReference, podName: string, sign: 1 | -1): void {
  const known = controllers.get(reference.uid);
  if (!known) controllers.set(reference.uid, { reference, podName, pods: 1 });
  else if (known.pods + sign === 0) controllers.delete(reference.uid);
  else known.pods += sign;
}
