// What a plan for a StatefulSet is made from.
import { splitKey } from '../../../kube/resource.ts';
import type { ControllerRevision, PersistentVolumeClaim, Pod, StatefulSet } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { orphansIn, podsByOwner, revisionsByOwner } from '../../store/indexes.ts';
import { claim, type Claims } from '../claim.ts';
import { byAge } from '../history/revisions.ts';
import { selects } from '../selectors.ts';
import { parentOf } from './identity.ts';

export interface StatefulSetView {
  readonly set: StatefulSet;
  /** The pods that it controls, whatever their ordinal and state. */
  readonly pods: readonly Pod[];
  /** Pods to be written as they are here: adopted ones, and ones that are no longer its own. */
  readonly adopt: readonly Pod[];
  readonly release: readonly Pod[];
  /** Its history, oldest first, orphans that it takes back among them. */
  readonly revisions: readonly ControllerRevision[];
  /** Revisions to be written as they are here. */
  readonly adoptRevisions: readonly ControllerRevision[];
  /** Any of the namespace, whoever owns it. */
  revisionNamed(name: string): ControllerRevision | undefined;
  claimNamed(name: string): PersistentVolumeClaim | undefined;
}

export function observeStatefulSet(key: string, reader: Reader): StatefulSetView | undefined {
  const { namespace, name } = splitKey(key);
  const set = reader.get<StatefulSet>('statefulsets.apps', namespace, name);
  if (!set) return undefined;
  const pods = claimPods(set, reader);
  const revisions = claimRevisions(set, reader);
  return {
    set,
    pods: pods.owned,
    adopt: pods.adopt,
    release: pods.release,
    revisions: [...revisions.owned, ...revisions.adopt].sort(byAge),
    adoptRevisions: revisions.adopt,
    revisionNamed: (revision) => reader.get('controllerrevisions.apps', namespace, revision),
    claimNamed: (claimName) => reader.get('persistentvolumeclaims', namespace, claimName),
  };
}

/** A pod belongs to a set by its labels and by its name. */
function claimPods(set: StatefulSet, reader: Reader): Claims<Pod> {
  const { namespace, uid, name } = set.metadata;
  const mine = reader.indexed(podsByOwner, uid).objects.values() as Iterable<Pod>;
  const orphans = reader.indexed(podsByOwner, orphansIn(namespace)).objects.values() as Iterable<Pod>;
  return claim({ owner: set, selects: (labels, pod) => parentOf(pod) === name && selects(set.spec.selector, labels) }, mine, orphans);
}

/** Revisions are found by label, and are never released: one that is not selected is left where it is. */
function claimRevisions(set: StatefulSet, reader: Reader): Claims<ControllerRevision> {
  const { namespace, uid } = set.metadata;
  const mine = reader.indexed(revisionsByOwner, uid).objects.values() as Iterable<ControllerRevision>;
  const orphans = reader.indexed(revisionsByOwner, orphansIn(namespace)).objects.values() as Iterable<ControllerRevision>;
  return claim({ owner: set, selects: (labels) => selects(set.spec.selector, labels) }, mine, orphans);
}
