// The revisions of a Deployment, from its ReplicaSets.
import { controllerOf, type KubeObject } from '../../kube/object.ts';
import { formatSelector, validSelectorOf } from '../../kube/label-selector.ts';
import { quote } from '../../kube/quote.ts';
import type { Deployment, ReplicaSet } from '../../schema/generated/types.ts';
import { kindOf } from '../../schema/kinds.ts';
import { revisionOf } from '../../cluster/controllers/deployment/annotations.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import type { Session } from '../session.ts';

/** By revision; ReplicaSets whose revision cannot be read are left out. */
export function revisionsOf(object: KubeObject, session: Session, purpose: 'history viewer' | 'rollbacker'): ReadonlyMap<number, ReplicaSet> | Problem {
  if (object.kind !== 'Deployment') return problem(`no ${purpose} has been implemented for ${quote(object.kind)}`);
  const { namespace, uid } = object.metadata;
  const labelSelector = formatSelector(validSelectorOf((object as Deployment).spec.selector));
  const sets = session.list(kindOf('apps/v1', 'ReplicaSet')!, namespace, { labelSelector });
  if (isProblem(sets)) return sets;
  const own = (sets.items as readonly ReplicaSet[]).filter((set) => controllerOf(set)?.uid === uid);
  return new Map(own.map((set) => [revisionOf(set), set] as const).filter(([revision]) => !Number.isNaN(revision)));
}
