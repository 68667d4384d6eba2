// Defaults of volumes; most are in the schema.
import type { HostPathVolumeSource, PersistentVolumeClaimSpec, ServiceAccountTokenProjection, Volume, VolumeProjection } from '../../schema/generated/types.ts';
import { pullPolicyOf } from './containers.ts';
import { filledWith, without } from './fill.ts';

/** rw-r--r-- */
const readableFile = 0o644;
const fileMode = <T extends { readonly defaultMode?: number }>(source: T): T =>
  filledWith<{ readonly defaultMode?: number }>(source, { defaultMode: readableFile }) as T;

export const volumeFillers = {
  Volume(volume: Volume): Volume {
    if (Object.keys(volume).length === (volume.name === undefined ? 0 : 1)) return { ...volume, emptyDir: {} };
    const { image } = volume;
    return image && !image.pullPolicy ? { ...volume, image: { ...image, pullPolicy: pullPolicyOf(image.reference) } } : volume;
  },
  SecretVolumeSource: fileMode,
  ConfigMapVolumeSource: fileMode,
  DownwardAPIVolumeSource: fileMode,
  ProjectedVolumeSource: fileMode,
  ServiceAccountTokenProjection: (token: ServiceAccountTokenProjection) => filledWith(token, { expirationSeconds: 3600 }),
  HostPathVolumeSource: (source: HostPathVolumeSource): HostPathVolumeSource => (source.type === undefined ? { ...source, type: '' } : source),
  /** Also of the claim that a volume of a pod template makes for itself. */
  PersistentVolumeClaimSpec: (spec: PersistentVolumeClaimSpec) => filledWith(spec, { volumeMode: 'Filesystem' }),
  // Features that are switched off in this version: what is sent is dropped, and an empty source stays.
  VolumeProjection: (projection: VolumeProjection) => without(projection, 'clusterTrustBundle', 'podCertificate'),
};
