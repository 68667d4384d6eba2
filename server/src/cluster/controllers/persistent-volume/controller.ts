// The persistent volume controller: wiring only. What it looks at is in view.ts, what it decides in plan.ts, what it writes in apply.ts.
import { objectKey } from '../../../kube/resource.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../schema/generated/types.ts';
import type { Controller } from '../../runtime/controller.ts';
import type { Commit } from '../../store/commit.ts';
import { applyVolumes } from './apply.ts';
import { planVolumes, type VolumesPlan } from './plan.ts';
import { observeVolumes, type VolumesView } from './view.ts';

export const volumeController: Controller<VolumesView, VolumesPlan> = {
  name: 'persistentvolume-controller',
  watches: [
    { resource: 'persistentvolumeclaims', enqueue: forClaim },
    { resource: 'persistentvolumes', enqueue: forVolume },
  ],
  observe: observeVolumes,
  plan: planVolumes,
  apply: applyVolumes,
};

/** Its own writes of a claim's owners and status need no second look, while what the claim asks for stays the same. */
function forClaim({ key, before, after }: Commit): readonly string[] {
  const [was, is] = [before as PersistentVolumeClaim | undefined, after as PersistentVolumeClaim | undefined];
  if (!is) return was?.spec.volumeName ? [was.spec.volumeName] : [];
  return was && was.spec === is.spec && was.metadata.annotations === is.metadata.annotations ? [] : [key];
}

function forVolume({ key, before, after }: Commit): readonly string[] {
  const { claimRef } = ((after ?? before) as PersistentVolume).spec;
  return claimRef?.name ? [key, objectKey(claimRef.namespace, claimRef.name)] : [key];
}
