// Defaults of what has to do with storage (pkg/apis/core/v1/defaults.go, pkg/apis/storage/v1/defaults.go).
import type { CSIDriverSpec, PersistentVolume, PersistentVolumeClaimStatus, PersistentVolumeStatus, StorageClass } from '../../schema/generated/types.ts';
import { filledWith, without } from './fill.ts';

export const storageFillers = {
  StorageClass: (object: StorageClass) => filledWith(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  /** Not of a volume that stands in its attachment to a node. */
  PersistentVolume(volume: PersistentVolume): PersistentVolume {
    const spec = filledWith(volume.spec ?? {}, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' });
    return spec === volume.spec ? volume : { ...volume, spec };
  },
  PersistentVolumeStatus: (status: PersistentVolumeStatus) => filledWith(status, { phase: 'Pending' }),
  PersistentVolumeClaimStatus: (status: PersistentVolumeClaimStatus) => filledWith(status, { phase: 'Pending' }),
  CSIDriverSpec(spec: CSIDriverSpec): CSIDriverSpec {
    const filled = filledWith(spec, {
      attachRequired: true,
      podInfoOnMount: false,
      storageCapacity: false,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      volumeLifecycleModes: ['Persistent'],
      requiresRepublish: false,
      seLinuxMount: false,
    });
    // A feature that is switched off in this version: what is sent is dropped.
    return without(filled, 'preventPodSchedulingIfMissing' as keyof CSIDriverSpec);
  },
};
