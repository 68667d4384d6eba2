// The DaemonSet controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { controllerOf } from '../../../kube/object.ts';
import type { DaemonSet, Node } from '../../../schema/generated/types.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import { run } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { daemonSetsByNamespace } from '../../store/indexes.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { applyDaemonSet } from './apply.ts';
import { nextBackoff, type Backoff } from './failed-pods.ts';
import { placementOf, type Placement } from './placement.ts';
import { planDaemonSet, type DaemonSetPlan } from './plan.ts';
import { observeDaemonSet, type DaemonSetView } from './view.ts';

const daemonSets = 'daemonsets.apps';

export const daemonSetController: ComponentFactory = (surroundings) => {
  let backoffs = new Map<string, Backoff>();
  const component = run<DaemonSetView, DaemonSetPlan>({
    name: 'daemonset-controller',
    watches: [
      { resource: daemonSets, enqueue: ({ key }) => [key] },
      { resource: 'pods', enqueue: forOwned },
      { resource: 'controllerrevisions.apps', enqueue: forOwned },
      { resource: 'nodes', enqueue: forNode },
    ],
    observe: (key, reader) => observeDaemonSet(key, reader, (set, node) => backoffs.get(backoffKey(set, node))),
    plan: planDaemonSet,
    apply(plan, view, writer) {
      const { now } = surroundings.agenda;
      for (const node of plan.work?.backsOff ?? []) {
        const key = backoffKey(view.set, node);
        backoffs.set(key, nextBackoff(backoffs.get(key), now));
      }
      return applyDaemonSet(plan, view, writer);
    },
  })(surroundings);
  return {
    ...component,
    snapshot: () => ({ failures: component.snapshot!(), backoffs: new Map(backoffs) }),
    restore(memory) {
      const { failures, backoffs: copied } = memory as { failures: unknown; backoffs: ReadonlyMap<string, Backoff> };
      component.restore!(failures);
      backoffs = new Map(copied);
    },
  };
};

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

/** The sets for which the node has become another sort of node; a heartbeat changes nothing. */
function forNode({ before, after }: Commit, reader: Reader): readonly string[] {
  const [was, is] = [before as Node | undefined, after as Node | undefined];
  if (was && is && was.spec === is.spec && was.metadata.labels === is.metadata.labels) return [];
  const concerned = ([...reader.collection(daemonSets)] as [string, DaemonSet][]).filter(([, set]) => placementIn(set, was) !== placementIn(set, is));
  return concerned.map(([key]) => key);
}

const placementIn = (set: DaemonSet, node: Node | undefined): Placement => (node ? placementOf(set, node) : 'gone');
