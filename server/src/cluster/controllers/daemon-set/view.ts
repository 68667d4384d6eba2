// What a plan for a DaemonSet is made from.
import { splitKey } from '../../../kube/resource.ts';
import type { ControllerRevision, DaemonSet, Node, Pod } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { orphansIn, podsByOwner, revisionsByOwner } from '../../store/indexes.ts';
import { claim, type Claims } from '../claim.ts';
import { selects } from '../selectors.ts';
import type { Backoff } from './failed-pods.ts';
import { daemonNodes, type DaemonNode } from './nodes.ts';
import { placementOf } from './placement.ts';

export interface DaemonSetView {
  readonly set: DaemonSet;
  /** What is to be written as it is here; undefined: nothing. */
  readonly claims: { readonly pods: Claims<Pod>; readonly revisions: Claims<ControllerRevision> } | undefined;
  readonly nodes: readonly DaemonNode[];
  /** All that it has. */
  readonly pods: readonly Pod[];
  readonly revisions: readonly ControllerRevision[];
  /** The revision of a name, whoever controls it. */
  revisionNamed(name: string): ControllerRevision | undefined;
  backoffOf(node: string): Backoff | undefined;
}

/** undefined: it is gone, or about to go, and then nobody knows which of its revisions are still there. */
export function observeDaemonSet(key: string, reader: Reader, backoffOf: (set: DaemonSet, node: string) => Backoff | undefined): DaemonSetView | undefined {
  const { namespace, name } = splitKey(key);
  const set = reader.get<DaemonSet>('daemonsets.apps', namespace, name);
  if (!set || set.metadata.deletionTimestamp !== undefined) return undefined;
  const claimant = { owner: set, selects: (labels: Pod['metadata']['labels']) => selects(set.spec.selector, labels) };
  const [mine, orphans] = [set.metadata.uid, orphansIn(namespace)].map((owner) => ({
    pods: reader.indexed(podsByOwner, owner).objects.values() as Iterable<Pod>,
    revisions: reader.indexed(revisionsByOwner, owner).objects.values() as Iterable<ControllerRevision>,
  }));
  const pods = claim(claimant, mine!.pods, orphans!.pods);
  const revisions = claim(claimant, mine!.revisions, orphans!.revisions);
  const nothingToClaim = [pods, revisions].every(({ adopt, release }) => adopt.length + release.length === 0);
  return {
    set,
    claims: nothingToClaim ? undefined : { pods, revisions },
    nodes: daemonNodes(reader.collection('nodes').values() as Iterable<Node>, (node) => placementOf(set, node), pods.owned),
    pods: pods.owned,
    revisions: revisions.owned,
    revisionNamed: (revision) => reader.get<ControllerRevision>('controllerrevisions.apps', namespace, revision),
    backoffOf: (node) => backoffOf(set, node),
  };
}
