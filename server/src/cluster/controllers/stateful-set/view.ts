// What a plan for a StatefulSet is made from.
import { splitKey } from '../../../kube/resource.ts';
import type { ControllerRevision, Pod, StatefulSet } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { orphansIn, podsByOwner, revisionsByOwner } from '../../store/indexes.ts';
import { claim, released, type Claims } from '../claim.ts';
import { byAge } from '../history/revisions.ts';
import { selects } from '../selectors.ts';
import { parentOf } from './identity.ts';
import type { Roster } from './roster.ts';
import type { Rosters } from './rosters.ts';

export interface StatefulSetView {
  readonly set: StatefulSet;
  /** The pods that it has, and the places that it wants to have filled. Live: it changes with the next look. */
  readonly roster: Roster;
  /** Pods to be written as they are here: adopted ones, and ones that are no longer its own. */
  readonly adopt: readonly Pod[];
  readonly release: readonly Pod[];
  /** Its history, oldest first, orphans that it takes back among them. */
  readonly revisions: readonly ControllerRevision[];
  /** Revisions to be written as they are here. */
  readonly adoptRevisions: readonly ControllerRevision[];
  /** Any of the namespace, whoever owns it. */
  revisionNamed(name: string): ControllerRevision | undefined;
}

export function observeStatefulSet(key: string, rosters: Rosters, reader: Reader, nowMs: number): StatefulSetView | undefined {
  const { namespace, name } = splitKey(key);
  const set = reader.get<StatefulSet>('statefulsets.apps', namespace, name);
  if (!set) {
    rosters.forget(key);
    return undefined;
  }
  const { roster, unselected } = rosters.of(key, set, reader, nowMs);
  const revisions = claimRevisions(set, reader);
  return {
    set,
    roster,
    adopt: adoptable(set, reader),
    release: set.metadata.deletionTimestamp === undefined ? unselected.map((pod) => released(pod, set.metadata.uid)) : none,
    revisions: [...revisions.owned, ...revisions.adopt].sort(byAge),
    adoptRevisions: revisions.adopt,
    revisionNamed: (revision) => reader.get('controllerrevisions.apps', namespace, revision),
  };
}

const none: readonly Pod[] = [];

/** A pod belongs to a set by its labels and by its name. */
function adoptable(set: StatefulSet, reader: Reader): readonly Pod[] {
  const { namespace, name } = set.metadata;
  const orphans = reader.indexed(podsByOwner, orphansIn(namespace)).objects.values() as Iterable<Pod>;
  return claim({ owner: set, selects: (labels, pod) => parentOf(pod) === name && selects(set.spec.selector, labels) }, none, orphans).adopt;
}

/** Revisions are found by label, and are never released: one that is not selected is left where it is. */
function claimRevisions(set: StatefulSet, reader: Reader): Claims<ControllerRevision> {
  const { namespace, uid } = set.metadata;
  const mine = reader.indexed(revisionsByOwner, uid).objects.values() as Iterable<ControllerRevision>;
  const orphans = reader.indexed(revisionsByOwner, orphansIn(namespace)).objects.values() as Iterable<ControllerRevision>;
  return claim({ owner: set, selects: (labels) => selects(set.spec.selector, labels) }, mine, orphans);
}
