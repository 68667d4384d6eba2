// Who owns a claim, so that the garbage collector takes it away at the right time: the set (whenDeleted: Delete), or the pod that
// is scaled away (whenScaled: Delete). Claims that belong to others, or to earlier ones of these names, are left alone.
// Source: isClaimOwnerUpToDate, updateClaimOwnerRefForSetAndPod (stateful_set_utils.go).
import type { OwnerReference } from '../../../kube/object.ts';
import type { PersistentVolumeClaim, StatefulSet } from '../../../schema/generated/types.ts';
import { controllerReference } from '../claim.ts';
import { isInRange, ordinalOf } from './identity.ts';

/** `uid` is '' for a pod that is still to be made. */
export interface PodRef {
  readonly name: string;
  readonly uid: string;
}

export const policyOf = ({ spec }: StatefulSet): { readonly whenDeleted: string; readonly whenScaled: string } => ({
  whenDeleted: spec.persistentVolumeClaimRetentionPolicy?.whenDeleted ?? 'Retain',
  whenScaled: spec.persistentVolumeClaimRetentionPolicy?.whenScaled ?? 'Retain',
});

/** The claim with the owners that it should have; undefined when it has them, or is not ours to touch. */
export function ownersByPolicy(claim: PersistentVolumeClaim, set: StatefulSet, pod: PodRef): PersistentVolumeClaim | undefined {
  const { name, uid } = set.metadata;
  if (isStale(claim, 'apps/v1', 'StatefulSet', { name, uid }) || isStale(claim, 'v1', 'Pod', pod)) return undefined;
  const owners = claim.metadata.ownerReferences ?? none;
  const [ownedBySet, ownedByPod] = [owners.some((owner) => owner.uid === uid), owners.some((owner) => owner.uid === pod.uid)];
  if (hasForeignController(owners, set, pod)) {
    return ownedBySet || ownedByPod ? withOwners(claim, others(owners, set, pod)) : undefined;
  }
  const wanted = wantedOwner(set, pod);
  const isController = owners.every((owner) => (owner.uid !== uid && owner.uid !== pod.uid) || owner.controller === true);
  if (isController && ownedBySet === (wanted === 'set') && ownedByPod === (wanted === 'pod')) return undefined;
  const reference = controllerReference(wanted === 'set' ? set : { apiVersion: 'v1', kind: 'Pod', metadata: pod });
  return withOwners(claim, wanted ? [...others(owners, set, pod), reference] : others(owners, set, pod));
}

/**
 * whenDeleted | whenScaled | in the set's range | beyond it
 * Retain      | Retain     | nobody             | nobody
 * Delete      | Retain     | set                | set
 * Retain      | Delete     | nobody             | pod
 * Delete      | Delete     | set                | pod
 */
function wantedOwner(set: StatefulSet, pod: PodRef): 'set' | 'pod' | undefined {
  const { whenDeleted, whenScaled } = policyOf(set);
  if (whenScaled === 'Delete' && !isInRange(set, ordinalOf(pod.name))) return 'pod';
  return whenDeleted === 'Delete' ? 'set' : undefined;
}

const none: readonly OwnerReference[] = [];

const refersTo = (owner: OwnerReference, apiVersion: string, kind: string, name: string): boolean =>
  owner.apiVersion === apiVersion && owner.kind === kind && owner.name === name;

/** Whether the claim belongs to an earlier object of this name. */
export function isStale(claim: PersistentVolumeClaim, apiVersion: string, kind: string, { name, uid }: PodRef): boolean {
  const owner = claim.metadata.ownerReferences?.find((reference) => refersTo(reference, apiVersion, kind, name));
  return owner !== undefined && owner.uid !== uid;
}

const isOurs = (owner: OwnerReference, set: StatefulSet, pod: PodRef) =>
  refersTo(owner, 'apps/v1', 'StatefulSet', set.metadata.name) || refersTo(owner, 'v1', 'Pod', pod.name);

/** A policy that retains everything does not mind who else controls the claim. */
function hasForeignController(owners: readonly OwnerReference[], set: StatefulSet, pod: PodRef): boolean {
  const { whenDeleted, whenScaled } = policyOf(set);
  if (whenDeleted === 'Retain' && whenScaled === 'Retain') return false;
  return owners.some((owner) => !isOurs(owner, set, pod) && owner.controller === true);
}

const others = (owners: readonly OwnerReference[], set: StatefulSet, pod: PodRef): readonly OwnerReference[] =>
  owners.filter((owner) => !isOurs(owner, set, pod));

function withOwners(claim: PersistentVolumeClaim, owners: readonly OwnerReference[]): PersistentVolumeClaim {
  const { ownerReferences: _, ...metadata } = claim.metadata;
  return { ...claim, metadata: owners.length > 0 ? { ...metadata, ownerReferences: owners } : metadata };
}
