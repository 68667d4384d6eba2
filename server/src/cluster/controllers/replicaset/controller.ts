// The ReplicaSet controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { controllerOf, type KubeObject } from '../../../kube/object.ts';
import type { ReplicaSet } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';
import { replicaSetsByNamespace } from '../../store/indexes.ts';
import type { Controller } from '../../runtime/controller.ts';
import type { Reader } from '../../runtime/reader.ts';
import { ownersOf } from '../claim.ts';
import { selects } from '../selectors.ts';
import { applyReplicaSet } from './apply.ts';
import { planReplicaSet, type ReplicaSetPlan } from './plan.ts';
import type { ReplicaKind } from './replica-kind.ts';
import { observeReplicaSet, type ReplicaSetView } from './view.ts';

const replicaSet: ReplicaKind = {
  controller: 'replicaset-controller',
  kind: 'ReplicaSet',
  resource: 'replicasets.apps',
  countsTerminating: true,
  selectorOf: (set) => set.spec.selector,
  selects: (set, labels) => selects(set.spec.selector, labels),
};

export const replicaSetController = controllerFor(replicaSet, (namespace, reader) => reader.indexed(replicaSetsByNamespace, namespace).objects);

/** `setsIn`: the sets of a namespace, which an orphan might belong to. */
function controllerFor(
  kind: ReplicaKind,
  setsIn: (namespace: string, reader: Reader) => ReadonlyMap<string, KubeObject>,
): Controller<ReplicaSetView, ReplicaSetPlan> {
  return {
    name: kind.controller,
    watches: [
      { resource: kind.resource, enqueue: ({ key }) => [key] },
      { resource: 'pods', enqueue: (commit, reader) => forPod(commit, reader) },
    ],
    observe: (key, reader, nowMs) => observeReplicaSet(kind, key, reader, nowMs),
    plan: planReplicaSet,
    apply: (plan, view, writer) => applyReplicaSet(kind, plan, view, writer),
  };

  /** The sets that control it before or after; an orphan that is new or has changed its labels wakes those that might adopt it. */
  function forPod({ before, after }: Commit, reader: Reader): readonly string[] {
    const owners = ownersOf(kind.kind, before, after);
    if (!after || controllerOf(after) || after.metadata.deletionTimestamp !== undefined) return owners;
    if (before && !controllerOf(before) && before.metadata.labels === after.metadata.labels) return owners;
    const { namespace, labels } = after.metadata;
    const adopters = [...setsIn(namespace ?? '', reader)].filter(([, set]) => kind.selects(set as ReplicaSet, labels)).map(([key]) => key);
    return [...owners, ...adopters];
  }
}
