// The StatefulSet controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { controllerOf } from '../../../kube/object.ts';
import { objectKey } from '../../../kube/resource.ts';
import type { Pod, StatefulSet } from '../../../schema/generated/types.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import { run } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { readyCondition } from '../../store/pod-facts.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { applyStatefulSet } from './apply.ts';
import { parentOf } from './identity.ts';
import { planStatefulSet, type StatefulSetPlan } from './plan.ts';
import { Rosters } from './rosters.ts';
import { observeStatefulSet, type StatefulSetView } from './view.ts';

export const statefulSetController: ComponentFactory = (surroundings) => {
  let rosters = new Rosters();
  const component = run<StatefulSetView, StatefulSetPlan>({
    name: 'statefulset-controller',
    watches: [
      { resource: 'statefulsets.apps', enqueue: forSet },
      { resource: 'pods', enqueue: (commit, reader) => (rosters.markPod(commit), forPod(commit, reader)) },
      { resource: 'persistentvolumeclaims', enqueue: (commit) => (rosters.markClaim(commit), forClaim(commit)) },
    ],
    observe: (key, reader, nowMs) => observeStatefulSet(key, rosters, reader, nowMs),
    plan: planStatefulSet,
    apply: applyStatefulSet,
  })(surroundings);
  return {
    ...component,
    snapshot: () => ({ failures: component.snapshot!(), rosters: rosters.copy() }),
    restore(copied) {
      const { failures, rosters: other } = copied as { failures: unknown; rosters?: Rosters };
      component.restore!(failures);
      // A saved state has none: they follow from the store.
      rosters = other?.copy() ?? new Rosters();
    },
  };
};

/** What the status counts is not asked again; where the set is between its revisions decides what new pods are made of. */
function forSet({ key, before, after }: Commit): readonly string[] {
  const [was, is] = [before as StatefulSet | undefined, after as StatefulSet | undefined];
  const alike =
    was?.spec === is?.spec &&
    was?.metadata.generation === is?.metadata.generation &&
    was?.metadata.deletionTimestamp === is?.metadata.deletionTimestamp &&
    was?.metadata.annotations === is?.metadata.annotations &&
    was?.status.currentRevision === is?.status.currentRevision &&
    was?.status.updateRevision === is?.status.updateRevision &&
    (is?.spec.updateStrategy.rollingUpdate !== undefined || was?.status.currentReplicas === is?.status.currentReplicas);
  return alike ? none : [key];
}

const none: readonly string[] = [];

/** Whether a look would see the same pod: where it is bound and what its containers say does not matter. */
const looksAlike = (was: Pod, is: Pod): boolean =>
  was.metadata.labels === is.metadata.labels &&
  was.metadata.ownerReferences === is.metadata.ownerReferences &&
  was.metadata.deletionTimestamp === is.metadata.deletionTimestamp &&
  was.status.phase === is.status.phase &&
  readyCondition(was)?.status === readyCondition(is)?.status &&
  readyCondition(was)?.lastTransitionTime === readyCondition(is)?.lastTransitionTime;

/** The sets that control it before or after. An orphan has the name of the only set that might adopt it in its own name. */
function forPod({ before, after }: Commit, reader: Reader): readonly string[] {
  const owners = ownersOf('StatefulSet', before, after);
  if (before && after && owners.length > 0 && looksAlike(before as Pod, after as Pod)) return none;
  if (!after || controllerOf(after) || after.metadata.deletionTimestamp !== undefined) return owners;
  if (before && !controllerOf(before) && before.metadata.labels === after.metadata.labels) return owners;
  const { namespace, name, labels } = after.metadata;
  const set = reader.get<StatefulSet>('statefulsets.apps', namespace, parentOf(name));
  return set && selects(set.spec.selector, labels) ? [...owners, objectKey(namespace, set.metadata.name)] : owners;
}

/** A claim that went with the pod that was scaled away: the pod may come back only now. */
function forClaim({ before, after }: Commit): readonly string[] {
  if (after || !before) return none;
  return (before.metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod').map(({ name }) => objectKey(before.metadata.namespace, parentOf(name)));
}
