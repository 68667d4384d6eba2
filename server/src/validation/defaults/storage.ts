// Defaults of what has to do with storage (pkg/apis/core/v1/defaults.go, pkg/apis/storage/v1/defaults.go).
import type { CSIDriverSpec, PersistentVolumeClaimStatus, PersistentVolumeSpec, PersistentVolumeStatus, StorageClass } from '../../schema/generated/types.ts';
import { filledWith, without } from './fill.ts';

export const storageFillers = {
  StorageClass: (object: StorageClass) => filledWith(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  PersistentVolumeSpec: (spec: PersistentVolumeSpec) => filledWith(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' }),
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
