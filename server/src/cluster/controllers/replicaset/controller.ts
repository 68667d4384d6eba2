// The ReplicaSet controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { controllerOf } from '../../../kube/object.ts';
import type { ReplicaSet } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';
import { replicaSetsByNamespace, replicaSetsByOwner } from '../../store/indexes.ts';
import type { Controller } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { applyReplicaSet } from './apply.ts';
import { planReplicaSet, type ReplicaSetPlan } from './plan.ts';
import type { ReplicaKind } from './replica-kind.ts';
import { observeReplicaSet, type ReplicaSetView } from './view.ts';

const none: readonly string[] = [];

export const replicaSetController = controllerFor({
  controller: 'replicaset-controller',
  kind: 'ReplicaSet',
  resource: 'replicasets.apps',
  byNamespace: replicaSetsByNamespace,
  byOwner: replicaSetsByOwner,
  countsTerminating: true,
  selectorOf: (set) => set.spec.selector,
  selects: (set, labels) => selects(set.spec.selector, labels),
});

export function controllerFor(kind: ReplicaKind): Controller<ReplicaSetView, ReplicaSetPlan> {
  return {
    name: kind.controller,
    watches: [
      { resource: kind.resource, enqueue: (commit) => (isOwnCount(commit) ? none : [commit.key]) },
      { resource: 'pods', enqueue: (commit, reader) => forPod(commit, reader) },
    ],
    observe: (key, reader, nowMs) => observeReplicaSet(kind, key, reader, nowMs),
    plan: planReplicaSet,
    apply: (plan, view, writer) => applyReplicaSet(kind, plan, view, writer),
  };

  /** It has written numbers into a status, which no look depends on; a condition is another matter, since the next look may end it. */
  function isOwnCount({ before, after, cause }: Commit): boolean {
    if (cause.by !== kind.controller || !before || !after) return false;
    const [was, is] = [before as ReplicaSet, after as ReplicaSet];
    return was.spec === is.spec && was.status !== is.status && was.status.conditions === is.status.conditions;
  }

  /** The sets that control it before or after; an orphan that is new or has changed its labels wakes those that might adopt it. */
  function forPod({ before, after }: Commit, reader: Reader): readonly string[] {
    const owners = ownersOf(kind.kind, before, after);
    if (!after || controllerOf(after) || after.metadata.deletionTimestamp !== undefined) return owners;
    if (before && !controllerOf(before) && before.metadata.labels === after.metadata.labels) return owners;
    const { namespace, labels } = after.metadata;
    const sets = reader.indexed(kind.byNamespace, namespace ?? '').objects;
    const adopters = [...sets].filter(([, set]) => kind.selects(set as ReplicaSet, labels)).map(([key]) => key);
    return [...owners, ...adopters];
  }
}
