// The DaemonSet controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { controllerOf } from '../../../kube/object.ts';
import type { DaemonSet, Node, Pod } from '../../../schema/generated/types.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import { run } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { daemonSetsByNamespace } from '../../store/indexes.ts';
import { targetNode } from '../../store/pod-facts.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { applyDaemonSet } from './apply.ts';
import { Censuses, type CensusesMemory } from './censuses.ts';
import { nextBackoff, type Backoff } from './failed-pods.ts';
import { placementOf, type Placement } from './placement.ts';
import { planDaemonSet, type DaemonSetPlan } from './plan.ts';
import { observeDaemonSet, type DaemonSetView } from './view.ts';

const daemonSets = 'daemonsets.apps';

export const daemonSetController: ComponentFactory = (surroundings) => {
  let memory = new Memory();
  const component = run<DaemonSetView, DaemonSetPlan>({
    name: 'daemonset-controller',
    watches: [
      { resource: daemonSets, enqueue: ({ key }) => [key] },
      { resource: 'pods', enqueue: (commit, reader) => (memory.markPod(commit), forOwned(commit, reader)) },
      { resource: 'controllerrevisions.apps', enqueue: forOwned },
      { resource: 'nodes', enqueue: (commit, reader) => memory.markNode(commit, reader) },
    ],
    observe: (key, reader, nowMs) =>
      observeDaemonSet(key, memory.censuses, { reader, nowMs, backoffOf: (set, node) => memory.backoffs.get(backoffKey(set, node)) }),
    plan: planDaemonSet,
    apply(plan, view, writer) {
      memory.backOff(view.set, plan.work?.backsOff ?? [], surroundings.agenda.now);
      return applyDaemonSet(plan, view, writer);
    },
  })(surroundings);
  return {
    ...component,
    snapshot: (): Remembered => ({ failures: component.snapshot!(), censuses: memory.censuses.snapshot(), backoffs: new Map(memory.backoffs) }),
    restore(remembered) {
      const { failures, censuses, backoffs } = remembered as Remembered;
      component.restore!(failures);
      memory = new Memory(censuses, backoffs);
    },
  };
};

/** What a snapshot keeps of it. */
interface Remembered {
  readonly failures: unknown;
  readonly censuses: CensusesMemory;
  readonly backoffs: ReadonlyMap<string, Backoff>;
}

/** What is remembered between looks. */
class Memory {
  readonly censuses: Censuses;
  readonly backoffs: Map<string, Backoff>;

  constructor(censuses?: CensusesMemory, backoffs: ReadonlyMap<string, Backoff> = new Map()) {
    this.censuses = new Censuses(censuses);
    this.backoffs = new Map(backoffs);
  }

  markPod({ before, after }: Commit): void {
    for (const pod of [before, after]) {
      if (!pod) continue;
      for (const key of ownersOf('DaemonSet', pod, pod)) this.censuses.mark(key, targetNode(pod as Pod) ?? '');
    }
  }

  /** The sets for which the node has become another sort of node; a heartbeat changes nothing. */
  markNode({ key: name, before, after }: Commit, reader: Reader): readonly string[] {
    const [was, is] = [before as Node | undefined, after as Node | undefined];
    if (was && is && was.spec === is.spec && was.metadata.labels === is.metadata.labels) return [];
    const sets = [...reader.collection(daemonSets)] as [string, DaemonSet][];
    const concerned = sets.filter(([, set]) => placementIn(set, was) !== placementIn(set, is)).map(([key]) => key);
    for (const key of concerned) this.censuses.mark(key, name);
    return concerned;
  }

  backOff(set: DaemonSet, nodes: readonly string[], nowMs: number): void {
    for (const node of nodes) {
      const key = backoffKey(set, node);
      this.backoffs.set(key, nextBackoff(this.backoffs.get(key), nowMs));
    }
  }
}

const placementIn = (set: DaemonSet, node: Node | undefined): Placement => (node ? placementOf(set, node) : 'gone');

const backoffKey = ({ metadata, status }: DaemonSet, node: string): string => `${metadata.uid}/${status.observedGeneration ?? 0}/${node}`;

/** The sets that control a pod or revision before or after; an orphan that is new or has changed its labels wakes those that might adopt it. */
function forOwned({ before, after }: Commit, reader: Reader): readonly string[] {
  const owners = ownersOf('DaemonSet', before, after);
  if (!after || controllerOf(after) || after.metadata.deletionTimestamp !== undefined) return owners;
  if (before && !controllerOf(before) && before.metadata.labels === after.metadata.labels) return owners;
  const { namespace, labels } = after.metadata;
  const adopters = [...reader.indexed(daemonSetsByNamespace, namespace ?? '').objects].filter(([, set]) => selects((set as DaemonSet).spec.selector, labels));
  return [...owners, ...adopters.map(([key]) => key)];
}
