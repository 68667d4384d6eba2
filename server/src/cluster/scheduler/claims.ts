// The persistent volume claims that a pod's volumes name.
import type { PersistentVolumeClaim, Pod, Volume } from '../../schema/generated/types.ts';
import type { Reader } from '../runtime/reader.ts';

export interface NamedClaim {
  readonly name: string;
  /** Made for this volume alone, by the name of the pod and the volume. */
  readonly ephemeral: boolean;
  /** undefined: there is none of this name. */
  readonly claim: PersistentVolumeClaim | undefined;
}

export function claimsOf({ metadata, spec }: Pod, reader: Reader): readonly NamedClaim[] {
  const { volumes } = spec;
  if (!volumes?.some(isClaimed)) return none;
  return volumes.filter(isClaimed).map(({ name: volume, persistentVolumeClaim }) => {
    const name = persistentVolumeClaim?.claimName ?? `${metadata.name}-${volume}`;
    return { name, ephemeral: !persistentVolumeClaim, claim: reader.get<PersistentVolumeClaim>('persistentvolumeclaims', metadata.namespace, name) };
  });
}

const none: readonly NamedClaim[] = [];

const isClaimed = ({ persistentVolumeClaim, ephemeral }: Volume): boolean => persistentVolumeClaim !== undefined || ephemeral !== undefined;
