// Which volume a claim gets: the smallest that is large enough and is of its kind.
// Source: FindMatchingVolume (k8s.io/component-helpers/storage/volume/pv_helpers.go), findByClaim (pkg/controller/volume/persistentvolume/index.go).
import { compareQuantities, quantityOf } from '../../../kube/quantity.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../schema/generated/types.ts';
import { selects } from '../selectors.ts';

/** `later`: the claim waits for a pod, and meanwhile takes only a volume that was made for it. */
export function bestMatch(claim: PersistentVolumeClaim, volumes: Iterable<PersistentVolume>, later: boolean): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (volume.metadata.deletionTimestamp !== undefined || isTooSmall(volume, claim) || modeOf(volume.spec) !== modeOf(claim.spec)) continue;
    if (isFor(volume, claim)) return volume;
    if (later || volume.spec.claimRef || volume.status?.phase !== 'Available' || !isOfItsKind(volume, claim)) continue;
    if (!best || isBetter(volume, best)) best = volume;
  }
  return best;
}

/** Whether the volume was promised to the claim, by whoever wrote its claimRef. */
export function isFor({ spec: { claimRef } }: PersistentVolume, { metadata: { namespace, name, uid } }: PersistentVolumeClaim): boolean {
  if (!claimRef || claimRef.name !== name || claimRef.namespace !== namespace) return false;
  return !claimRef.uid || claimRef.uid === uid;
}

/** What hinders a claim from having the volume that it asks for by name; undefined: nothing. */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (isTooSmall(volume, claim)) return 'requested PV is too small';
  if (classOf(volume) !== classOf(claim)) return 'storageClassName does not match';
  if (modeOf(volume.spec) !== modeOf(claim.spec)) return 'incompatible volumeMode';
  return hasModes(volume, claim) ? undefined : 'incompatible accessMode';
}

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

export const classOf = ({ metadata, spec }: PersistentVolume | PersistentVolumeClaim): string =>
  metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '';

function isOfItsKind(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const { selector, volumeAttributesClassName = '' } = claim.spec;
  return (
    (!selector || selects(selector, volume.metadata.labels)) &&
    classOf(volume) === classOf(claim) &&
    (volume.spec.volumeAttributesClassName ?? '') === volumeAttributesClassName &&
    hasModes(volume, claim)
  );
}

const hasModes = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (claim.spec.accessModes ?? []).every((mode) => volume.spec.accessModes?.includes(mode));

const modeOf = ({ volumeMode }: { readonly volumeMode?: string }): string => volumeMode ?? 'Filesystem';

const storageOf = (volume: PersistentVolume) => quantityOf(volume.spec.capacity?.['storage'] ?? '0');

const isTooSmall = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  compareQuantities(storageOf(volume), quantityOf(claim.spec.resources?.requests?.['storage'] ?? '0')) < 0;

/** The one with fewer access modes to spare, then the smaller one, then the first by name. */
function isBetter(a: PersistentVolume, b: PersistentVolume): boolean {
  const modes = (a.spec.accessModes?.length ?? 0) - (b.spec.accessModes?.length ?? 0);
  if (modes !== 0) return modes < 0;
  const size = compareQuantities(storageOf(a), storageOf(b));
  return size !== 0 ? size < 0 : a.metadata.name < b.metadata.name;
}
