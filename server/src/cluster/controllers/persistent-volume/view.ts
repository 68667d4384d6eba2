// A claim and what it could be bound to, or a volume and whom it belongs to. The key of a claim is 'default/data-web-0', that of a
// volume 'pv-1', without a namespace.
import { splitKey } from '../../../kube/resource.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { classOf } from './match.ts';

export interface ClaimView {
  readonly claim: PersistentVolumeClaim;
  readonly storageClass: StorageClass | undefined;
  /** The volume that the claim names. */
  readonly named: PersistentVolume | undefined;
  /** All of them; read only while a claim looks for one. */
  volumes(): Iterable<PersistentVolume>;
}

export interface VolumeView {
  readonly volume: PersistentVolume;
  /** The claim that the volume's claimRef means. */
  readonly claim: PersistentVolumeClaim | undefined;
}

export type VolumesView = ClaimView | VolumeView;

export function observeVolumes(key: string, reader: Reader): VolumesView | undefined {
  const { namespace, name } = splitKey(key);
  if (namespace) return observeClaim(namespace, name, reader);
  const volume = reader.get<PersistentVolume>('persistentvolumes', undefined, name);
  if (!volume) return undefined;
  const { claimRef } = volume.spec;
  const claim = claimRef && reader.get<PersistentVolumeClaim>('persistentvolumeclaims', claimRef.namespace, claimRef.name ?? '');
  return { volume, claim: claim && (!claimRef.uid || claim.metadata.uid === claimRef.uid) ? claim : undefined };
}

function observeClaim(namespace: string, name: string, reader: Reader): ClaimView | undefined {
  const claim = reader.get<PersistentVolumeClaim>('persistentvolumeclaims', namespace, name);
  if (!claim) return undefined;
  const { volumeName } = claim.spec;
  return {
    claim,
    storageClass: reader.get('storageclasses.storage.k8s.io', undefined, classOf(claim)),
    named: volumeName ? reader.get('persistentvolumes', undefined, volumeName) : undefined,
    volumes: () => reader.collection('persistentvolumes').values() as Iterable<PersistentVolume>,
  };
}
