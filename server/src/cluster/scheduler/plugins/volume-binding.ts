// A pod waits for its claims: they must be there, stay, and be bound, unless their class binds them when a pod has its node.
// Of nodes it asks that the volumes can be used there.
// Source: pkg/scheduler/framework/plugins/volumebinding/volume_binding.go.
import type { PersistentVolume, StorageClass } from '../../../schema/generated/types.ts';
import type { Reader } from '../../runtime/reader.ts';
import { claimsOf, type NamedClaim } from '../claims.ts';
import { matchesTerms } from '../node-selector.ts';
import type { FilterPlugin, Refusal } from '../plugin.ts';

const elsewhere: Refusal = { plugin: 'VolumeBinding', reasons: ["node(s) didn't match PersistentVolume's node affinity"], preemptable: false };

export const volumeBinding: FilterPlugin = {
  name: 'VolumeBinding',
  refusePod({ pod }, { reader }) {
    const claims = claimsOf(pod, reader);
    for (const claim of claims) {
      const refusal = refusalOf(claim);
      if (refusal !== undefined) return refusal;
    }
    return claims.some(({ claim }) => isUnboundNow(claim!, reader)) ? 'pod has unbound immediate PersistentVolumeClaims' : undefined;
  },
  prepare({ pod }, { reader }) {
    const affinities = claimsOf(pod, reader).flatMap(({ claim }) => {
      const volume = claim?.spec.volumeName && reader.get<PersistentVolume>('persistentvolumes', undefined, claim.spec.volumeName);
      return (volume && volume.spec.nodeAffinity?.required) || [];
    });
    if (affinities.length === 0) return undefined;
    return ({ node }) => (affinities.every(({ nodeSelectorTerms }) => matchesTerms(nodeSelectorTerms, node)) ? undefined : elsewhere);
  },
};

function refusalOf({ name, ephemeral, claim }: NamedClaim): string | undefined {
  if (!claim) {
    return ephemeral ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"` : `persistentvolumeclaim "${name}" not found`;
  }
  if (claim.status?.phase === 'Lost') return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`;
  return claim.metadata.deletionTimestamp === undefined ? undefined : `persistentvolumeclaim "${name}" is being deleted`;
}

const bindCompleted = 'pv.kubernetes.io/bind-completed';

function isUnboundNow({ metadata, spec }: NonNullable<NamedClaim['claim']>, reader: Reader): boolean {
  if (spec.volumeName && metadata.annotations?.[bindCompleted] !== undefined) return false;
  if (spec.volumeName) return true;
  const found = spec.storageClassName ? reader.get<StorageClass>('storageclasses.storage.k8s.io', undefined, spec.storageClassName) : undefined;
  return found?.volumeBindingMode !== 'WaitForFirstConsumer';
}
