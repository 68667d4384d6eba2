// The revisions of a workload: a Deployment's are its ReplicaSets, those of a DaemonSet or StatefulSet its ControllerRevisions.
import { revisionOf } from '../../../cluster/controllers/deployment/annotations.ts';
import { isMap } from '../../../cluster/registry/patch/json.ts';
import { strategicMerge } from '../../../cluster/registry/patch/strategic-merge.ts';
import { controllerOf, groupOf, type KubeObject } from '../../../kube/object.ts';
import { formatSelector, validSelectorOf, type LabelSelectorObject } from '../../../kube/label-selector.ts';
import { quote } from '../../../kube/quote.ts';
import type { ControllerRevision, DaemonSet, PodTemplateSpec, ReplicaSet } from '../../../schema/generated/types.ts';
import { kindOf } from '../../../schema/kinds.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';

export interface Revision {
  /** The ReplicaSet or the ControllerRevision. */
  readonly object: KubeObject;
  readonly template: PodTemplateSpec;
  /** The object as this revision has it, for -o. */
  readonly shown: KubeObject;
}

/** By revision; objects whose revision cannot be read are left out. */
export function revisionsOf(object: KubeObject, session: Session, purpose: 'history viewer' | 'rollbacker'): ReadonlyMap<number, Revision> | Problem {
  switch (object.kind) {
    case 'Deployment':
      return replicaSetsOf(object, session);
    case 'DaemonSet':
    case 'StatefulSet':
      return controllerRevisionsOf(object as DaemonSet, session);
    default:
      return visited.has(object.kind)
        ? problem(`no ${purpose} has been implemented for ${quote(object.kind)}`)
        : problem(`error retrieving history for ${quote(object.kind)}, no visitor method exists for {${groupOf(object.apiVersion)} ${object.kind}}`);
  }
}

/** Kinds with pods, of which it is at least known that they have no history. */
const visited = new Set(['CronJob', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController']);

function owned(object: KubeObject, session: Session, apiVersion: string, kind: string): readonly KubeObject[] | Problem {
  const { namespace, uid } = object.metadata;
  const { selector } = (object as { spec?: { selector?: LabelSelectorObject } }).spec ?? {};
  const list = session.list(kindOf(apiVersion, kind)!, namespace, { labelSelector: formatSelector(validSelectorOf(selector)) });
  return isProblem(list) ? list : list.items.filter((item) => controllerOf(item)?.uid === uid);
}

function replicaSetsOf(object: KubeObject, session: Session): ReadonlyMap<number, Revision> | Problem {
  const sets = owned(object, session, 'apps/v1', 'ReplicaSet');
  if (isProblem(sets)) return sets;
  const revisions = (sets as readonly ReplicaSet[]).map(
    (set) => [revisionOf(set), { object: set, template: set.spec.template ?? {}, shown: set } as Revision] as const,
  );
  return new Map(revisions.filter(([revision]) => !Number.isNaN(revision)));
}

function controllerRevisionsOf(object: DaemonSet, session: Session): ReadonlyMap<number, Revision> | Problem {
  const found = owned(object, session, 'apps/v1', 'ControllerRevision');
  if (isProblem(found)) return found;
  const revisions = new Map<number, Revision>();
  for (const each of found as readonly ControllerRevision[]) {
    const patch = each.data;
    const applied = isMap(patch) ? strategicMerge({ ...object }, patch, object.kind) : { error: 'it holds no patch' };
    if ('error' in applied) return problem(`unable to parse history: ${applied.error}`);
    const shown = applied.result as unknown as DaemonSet;
    revisions.set(each.revision, { object: each, template: shown.spec.template, shown });
  }
  return revisions;
}
