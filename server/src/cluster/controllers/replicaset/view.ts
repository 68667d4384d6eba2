// What a plan for a ReplicaSet is made from.
import { controllerOf } from '../../../kube/object.ts';
import { splitKey } from '../../../kube/resource.ts';
import type { Pod, ReplicaSet } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { IndexOf } from '../../store/index-of.ts';
import { orphansIn, podsByOwner, type PodBucket } from '../../store/indexes.ts';
import { isActive } from '../../store/pod-facts.ts';
import { claim } from '../claim.ts';
import { allSelected, countPods, type PodCounts } from './counts.ts';
import type { ReplicaKind } from './replica-kind.ts';

export interface ReplicaSetView {
  readonly set: ReplicaSet;
  readonly counts: PodCounts;
  /** Pods to be written as they are here: adopted ones, and ones that are no longer selected. */
  readonly adopt: readonly Pod[];
  readonly release: readonly Pod[];
  /** All that it has, finished and terminating ones too. Live: it changes with the next commit. */
  pods(): Iterable<Pod>;
  /** How many active pods of the same Deployment are on a node; 0 for a ReplicaSet without a controller. */
  relatedOn(node: string): number;
  readonly nowMs: number;
}

export function observeReplicaSet(kind: ReplicaKind, key: string, reader: Reader, nowMs: number): ReplicaSetView | undefined {
  const { namespace, name } = splitKey(key);
  const set = reader.get<ReplicaSet>(kind.resource, namespace, name);
  if (!set) return undefined;
  const bucket = reader.indexed(podsByOwner, set.metadata.uid);
  const orphans = reader.indexed(podsByOwner, orphansIn(namespace)).objects.values() as Iterable<Pod>;
  const claimed = claimPods(kind, set, bucket, orphans);
  return {
    set,
    counts: countPods(set, claimed.bucket, nowMs),
    adopt: claimed.adopt,
    release: claimed.release,
    pods: () => claimed.bucket.objects.values() as Iterable<Pod>,
    relatedOn: relatedPods(kind, set, reader),
    nowMs,
  };
}

interface ClaimedPods {
  readonly bucket: PodBucket;
  readonly adopt: readonly Pod[];
  readonly release: readonly Pod[];
}

const none: readonly Pod[] = [];

/** When all its pods are selected, as they nearly always are, the sums of the index are right as they stand. */
function claimPods(kind: ReplicaKind, set: ReplicaSet, bucket: PodBucket, orphans: Iterable<Pod>): ClaimedPods {
  const claimant = { owner: set, selects: (labels: Pod['metadata']['labels']) => kind.selects(set, labels) };
  const { adopt } = claim(claimant, none, orphans);
  const adopted = adopt.filter(isActive);
  if (allSelected(kind, set, bucket)) return { bucket, adopt: adopted, release: none };
  const { owned, release } = claim(claimant, bucket.objects.values() as Iterable<Pod>, none);
  return { bucket: bucketOf(owned), adopt: adopted, release: release.filter(isActive) };
}

/** The sums of just these pods. */
function bucketOf(pods: readonly Pod[]): PodBucket {
  const index = new IndexOf({ ...podsByOwner, keysOf: () => ['these'] });
  for (const pod of pods) index.update(`${pod.metadata.namespace}/${pod.metadata.name}`, undefined, pod);
  return index.bucket('these') as PodBucket;
}

function relatedPods(kind: ReplicaKind, set: ReplicaSet, reader: Reader): (node: string) => number {
  const owner = controllerOf(set);
  if (!owner) return () => 0;
  const siblings = [...reader.indexed(kind.byOwner, owner.uid).objects.values()];
  const onNode = siblings.map((sibling) => reader.indexed(podsByOwner, sibling.metadata.uid).tallies.node).filter((tally) => tally !== undefined);
  return (node) => onNode.reduce((sum, tally) => sum + (tally.get(node) ?? 0), 0);
}
