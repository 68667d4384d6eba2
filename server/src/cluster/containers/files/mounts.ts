// The volumes of a pod as trees of files, made from the objects that they show.
import { base64ToBytes, utf8, type Bytes } from '../bytes.ts';
import type { ConfigMap, Container, DownwardAPIVolumeFile, KeyToPath, Pod, Secret, Volume as VolumeSpec } from '../../../schema/generated/types.ts';
import { fieldValue, resourceValue } from '../field-value.ts';
import type { Reader } from '../../runtime/reader.ts';
import type { Mount } from './file-system.ts';
import { DiskVolume, TreeVolume, type Disk, type Entry, type Volume } from './volume.ts';

export interface MountSurroundings {
  readonly reader: Reader;
  readonly pod: Pod;
  /** When the container was started. */
  readonly at: number;
  /** The disk of a key, made when there is none. */
  disk(key: string): Disk;
}

export function mountsOf(container: Container, surroundings: MountSurroundings): readonly Mount[] {
  const { pod } = surroundings;
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath, subPath = '', readOnly = false }) => {
    const spec = pod.spec.volumes?.find((volume) => volume.name === name);
    if (!spec) return [];
    const volume = volumeOf(spec, surroundings);
    return [{ path: mountPath.replace(/\/+$/, '') || '/', volume, from: subPath, readOnly: readOnly || !volume.disk }];
  });
}

function volumeOf(spec: VolumeSpec, surroundings: MountSurroundings): Volume {
  const { pod, at } = surroundings;
  const { namespace = '', uid } = pod.metadata;
  const written = (key: string) => new DiskVolume(surroundings.disk(key), new TreeVolume(new Map(), at));
  if (spec.persistentVolumeClaim) return written(`claim/${namespace}/${spec.persistentVolumeClaim.claimName}`);
  if (spec.hostPath) return written(`host/${pod.spec.nodeName}${spec.hostPath.path}`);
  const files = filesOf(spec, surroundings);
  return files ? new TreeVolume(files, at) : written(`pod/${uid}/volume/${spec.name}`);
}

type Files = ReadonlyMap<string, Entry>;

/** undefined: a volume that is written to. */
function filesOf(spec: VolumeSpec, surroundings: MountSurroundings): Files | undefined {
  if (spec.configMap) return configMapFiles(spec.configMap, spec.configMap.defaultMode, surroundings);
  if (spec.secret) return secretFiles({ ...spec.secret, name: spec.secret.secretName ?? '' }, spec.secret.defaultMode, surroundings);
  if (spec.downwardAPI) return downwardFiles(spec.downwardAPI.items, spec.downwardAPI.defaultMode, surroundings);
  if (!spec.projected) return undefined;
  const { sources, defaultMode } = spec.projected;
  return new Map(
    (sources ?? []).flatMap((source) => {
      if (source.configMap) return [...configMapFiles(source.configMap, defaultMode, surroundings)];
      if (source.secret) return [...secretFiles(source.secret, defaultMode, surroundings)];
      if (source.downwardAPI) return [...downwardFiles(source.downwardAPI.items, defaultMode, surroundings)];
      if (source.serviceAccountToken) return [[source.serviceAccountToken.path, file(tokenText(surroundings.pod), defaultMode, surroundings)] as const];
      return [];
    }),
  );
}

interface Named {
  readonly name?: string;
  readonly items?: readonly KeyToPath[];
}

function configMapFiles({ name = '', items }: Named, mode: number | undefined, surroundings: MountSurroundings): Files {
  const found = surroundings.reader.get<ConfigMap>('configmaps', surroundings.pod.metadata.namespace, name);
  const keys = new Map<string, Bytes>(Object.entries(found?.data ?? {}).map(([key, value]) => [key, utf8(value)]));
  for (const [key, value] of Object.entries(found?.binaryData ?? {})) keys.set(key, base64ToBytes(value));
  return chosen(keys, items, mode, surroundings);
}

function secretFiles({ name = '', items }: Named, mode: number | undefined, surroundings: MountSurroundings): Files {
  const found = surroundings.reader.get<Secret>('secrets', surroundings.pod.metadata.namespace, name);
  const keys = new Map(Object.entries(found?.data ?? {}).map(([key, value]) => [key, base64ToBytes(value)]));
  return chosen(keys, items, mode, surroundings);
}

/** All keys under their names, or those that are asked for under theirs. */
function chosen(keys: ReadonlyMap<string, Bytes>, items: readonly KeyToPath[] | undefined, mode: number | undefined, surroundings: MountSurroundings): Files {
  if (!items?.length) return new Map([...keys].map(([key, bytes]) => [key, file(bytes, mode, surroundings)]));
  return new Map(items.flatMap(({ key, path, mode: own }) => (keys.has(key) ? [[path, file(keys.get(key)!, own ?? mode, surroundings)]] : [])));
}

function downwardFiles(items: readonly DownwardAPIVolumeFile[] | undefined, mode: number | undefined, surroundings: MountSurroundings): Files {
  const { pod, reader } = surroundings;
  return new Map(
    (items ?? []).map(({ path, fieldRef, resourceFieldRef, mode: own }) => {
      const container = pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName);
      const text = fieldRef
        ? fieldValue(pod, fieldRef.fieldPath)
        : resourceFieldRef && container
          ? resourceValue(reader, pod, container, resourceFieldRef)
          : '';
      return [path, file(utf8(text), own ?? mode, surroundings)];
    }),
  );
}

const file = (bytes: Bytes, mode = 0o644, { at }: MountSurroundings): Entry => ({ bytes, mode, changedAt: at });

/** Nothing that opens anything: it says whose it would be. */
const tokenText = ({ metadata, spec }: Pod): Bytes => `drydock:serviceaccount:${metadata.namespace}:${spec.serviceAccountName ?? 'default'}:${metadata.uid}`;
