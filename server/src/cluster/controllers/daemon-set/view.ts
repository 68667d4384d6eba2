// What a plan for a DaemonSet is made from.
import type { StringMap } from '../../../kube/object.ts';
import { splitKey } from '../../../kube/resource.ts';
import type { ControllerRevision, DaemonSet, Pod } from '../../../schema/generated/types.ts';
import { orphansIn, podsByOwner, revisionsByOwner } from '../../store/indexes.ts';
import { claim, released } from '../claim.ts';
import { selects } from '../selectors.ts';
import type { Summary } from './census.ts';
import type { Censuses, Looking } from './censuses.ts';
import { historyOf, type History } from './history.ts';

export interface DaemonSetView {
  readonly set: DaemonSet;
  readonly history: History;
  /** Objects to be written as they are here: adopted ones, and ones that are no longer selected. */
  readonly claims: readonly Claim[];
  /** Absent while claims or the history are to be written. Live: it changes with the next look. */
  readonly summary?: Summary;
  /** All that it controls. */
  readonly pods: Iterable<Pod>;
}

export interface Claim {
  readonly resource: 'pods' | 'controllerrevisions.apps';
  readonly object: Pod | ControllerRevision;
  readonly code: 'adopt-pod' | 'release-pod' | 'adopt-revision' | 'release-revision';
}

/** undefined: it is gone, or about to go, and then nobody knows which of its revisions are still there. */
export function observeDaemonSet(key: string, censuses: Censuses, looking: Looking): DaemonSetView | undefined {
  const { reader } = looking;
  const { namespace, name } = splitKey(key);
  const set = reader.get<DaemonSet>('daemonsets.apps', namespace, name);
  if (!set || set.metadata.deletionTimestamp !== undefined) {
    censuses.forget(key);
    return undefined;
  }
  const { uid } = set.metadata;
  const pods = { [Symbol.iterator]: () => reader.indexed(podsByOwner, uid).objects.values() as IterableIterator<Pod> };
  const claimant = { owner: set, selects: (labels: StringMap | undefined) => selects(set.spec.selector, labels) };
  const among = (owner: string) => reader.indexed(revisionsByOwner, owner).objects.values() as Iterable<ControllerRevision>;
  const { owned, adopt, release } = claim(claimant, among(uid), among(orphansIn(namespace)));
  const revisionClaims = [...claims('controllerrevisions.apps', adopt, 'adopt-revision'), ...claims('controllerrevisions.apps', release, 'release-revision')];
  if (revisionClaims.length > 0) return { set, pods, history: noHistory, claims: revisionClaims };
  const history = historyOf(set, owned, pods, (revision) => reader.get<ControllerRevision>('controllerrevisions.apps', namespace, revision));
  if (!history.current || history.steps.length > 0) return { set, pods, history, claims: [] };
  const summary = censuses.of(key, set, history.current, looking);
  const orphans = claim(claimant, none, reader.indexed(podsByOwner, orphansIn(namespace)).objects.values() as Iterable<Pod>);
  const unselected = [...summary.unselected.values()].flat().map((pod) => released(pod, uid));
  const podClaims = [...claims('pods', orphans.adopt, 'adopt-pod'), ...claims('pods', unselected, 'release-pod')];
  return podClaims.length > 0 ? { set, pods, history, claims: podClaims } : { set, pods, history, claims: [], summary };
}

const claims = (resource: Claim['resource'], objects: readonly Claim['object'][], code: Claim['code']): readonly Claim[] =>
  objects.map((object) => ({ resource, object, code }));

const none: readonly Pod[] = [];
const noHistory: History = { old: [], steps: [] };
