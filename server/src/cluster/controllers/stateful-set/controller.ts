// The StatefulSet controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { controllerOf } from '../../../kube/object.ts';
import { objectKey } from '../../../kube/resource.ts';
import type { StatefulSet } from '../../../schema/generated/types.ts';
import type { Controller } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Commit } from '../../store/commit.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { applyStatefulSet } from './apply.ts';
import { parentOf } from './identity.ts';
import { planStatefulSet, type StatefulSetPlan } from './plan.ts';
import { observeStatefulSet, type StatefulSetView } from './view.ts';

export const statefulSetController: Controller<StatefulSetView, StatefulSetPlan> = {
  name: 'statefulset-controller',
  watches: [
    { resource: 'statefulsets.apps', enqueue: ({ key }) => [key] },
    { resource: 'pods', enqueue: forPod },
    { resource: 'persistentvolumeclaims', enqueue: forClaim },
  ],
  observe: observeStatefulSet,
  plan: planStatefulSet,
  apply: applyStatefulSet,
};

/** The sets that control it before or after. An orphan has the name of the only set that might adopt it in its own name. */
function forPod({ before, after }: Commit, reader: Reader): readonly string[] {
  const owners = ownersOf('StatefulSet', before, after);
  if (!after || controllerOf(after) || after.metadata.deletionTimestamp !== undefined) return owners;
  if (before && !controllerOf(before) && before.metadata.labels === after.metadata.labels) return owners;
  const { namespace, name, labels } = after.metadata;
  const set = reader.get<StatefulSet>('statefulsets.apps', namespace, parentOf(name));
  return set && selects(set.spec.selector, labels) ? [...owners, objectKey(namespace, set.metadata.name)] : owners;
}

/** A claim that went with the pod that was scaled away: the pod may come back only now. */
function forClaim({ before, after }: Commit): readonly string[] {
  if (after || !before) return [];
  return (before.metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod').map(({ name }) => objectKey(before.metadata.namespace, parentOf(name)));
}
