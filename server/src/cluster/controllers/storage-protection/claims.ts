// A claim is used by the pods that mount it and have a node.
import { objectKey } from '../../../kube/resource.ts';
import { controllerOf, type KubeObject } from '../../../kube/object.ts';
import type { Pod, Volume } from '../../../schema/generated/types.ts';
import { isFinished } from '../../store/pod-facts.ts';
import { protect } from './protection.ts';

export const claimProtection = protect({
  name: 'pvc-protection-controller',
  resource: 'persistentvolumeclaims',
  isUsed(claim, reader) {
    for (const pod of reader.collection('pods').values()) {
      if (pod.metadata.namespace === claim.metadata.namespace && uses(pod as Pod, claim)) return true;
    }
    return false;
  },
  users: [
    {
      resource: 'pods',
      // A pod that runs on keeps what it uses.
      enqueue({ before, after }) {
        const pod = (after ?? before) as Pod;
        if (!pod.spec.volumes?.some(isClaimed) || (after && !isFinished(after as Pod) && !isShutDown(after as Pod))) return none;
        return pod.spec.volumes.flatMap((volume) => {
          const name = claimNameOf(volume, pod);
          return name === undefined ? [] : [objectKey(pod.metadata.namespace, name)];
        });
      },
    },
  ],
});

const none: readonly string[] = [];

const isClaimed = ({ persistentVolumeClaim, ephemeral }: Volume) => persistentVolumeClaim !== undefined || ephemeral !== undefined;

/** An ephemeral volume has a claim of its own, named after the pod and the volume. */
const claimNameOf = ({ persistentVolumeClaim, ephemeral, name }: Volume, { metadata }: Pod): string | undefined =>
  persistentVolumeClaim?.claimName ?? (ephemeral ? `${metadata.name}-${name}` : undefined);

/** A finished pod uses its claims until it is removed: its kubelet may still be cleaning up. */
function uses(pod: Pod, claim: KubeObject): boolean {
  if (!pod.spec.nodeName) return false;
  return (pod.spec.volumes ?? []).some((volume) => {
    if (claimNameOf(volume, pod) !== claim.metadata.name) return false;
    return volume.persistentVolumeClaim !== undefined || (!isShutDown(pod) && controllerOf(claim)?.uid === pod.metadata.uid);
  });
}

const isShutDown = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined && metadata.deletionGracePeriodSeconds === 0;
