// Volumes of types that are gone, and volumes that write two files in the same place.
import { quote } from '../../kube/quote.ts';
import type { PodSpec, Volume, VolumeProjection } from '../../schema/generated/types.ts';
import type { Path } from '../path.ts';
import { warnOfFraction } from './resources.ts';
import type { Warn } from './warn.ts';

/** In the server's order. `name` is what it calls the field, where that is not the field's own name. */
const goneTypes: readonly { readonly field: keyof Volume; readonly text: string; readonly name?: string }[] = [
  { field: 'photonPersistentDisk', text: 'deprecated in v1.11, non-functional in v1.16+' },
  { field: 'gitRepo', text: 'deprecated in v1.11, and disabled by default in v1.33+' },
  { field: 'scaleIO', text: 'deprecated in v1.16, non-functional in v1.22+' },
  { field: 'flocker', text: 'deprecated in v1.22, non-functional in v1.25+' },
  { field: 'storageos', text: 'deprecated in v1.22, non-functional in v1.25+', name: 'storageOS' },
  { field: 'quobyte', text: 'deprecated in v1.22, non-functional in v1.25+' },
  { field: 'glusterfs', text: 'deprecated in v1.25, non-functional in v1.26+' },
  { field: 'ephemeral', text: '' },
  { field: 'cephfs', text: 'deprecated in v1.28, non-functional in v1.31+' },
  { field: 'rbd', text: 'deprecated in v1.28, non-functional in v1.31+' },
];

export function warnOfVolumes({ volumes }: PodSpec, path: Path, warn: Warn): void {
  volumes?.forEach((volume, i) => {
    const at = path.child('volumes').index(i);
    for (const { field, text, name = field } of goneTypes) {
      if (!volume[field]) continue;
      if (field !== 'ephemeral') warn(at.child(name), text);
      else warnOfClaim(volume, at, warn);
    }
  });
}

function warnOfClaim({ ephemeral }: Volume, at: Path, warn: Warn): void {
  const requests = at.child('ephemeral').child('volumeClaimTemplate').child('spec').child('resources').child('requests');
  warnOfFraction(ephemeral?.volumeClaimTemplate?.spec.resources?.requests?.['storage'], requests.key('storage'), warn);
}

// ---- two files in one place ----

/** A path in a volume; `source` is said when the volume has several. */
interface Place {
  readonly path: string;
  readonly source: string;
}

type Items = readonly { readonly path: string }[] | undefined;

/** These warnings name the volume and not a field. */
export function warnOfOverlaps({ volumes }: PodSpec): readonly string[] {
  return (volumes ?? []).flatMap(({ name, configMap, secret, downwardAPI, projected }) => {
    const volume = `volume ${quote(name)}`;
    const single = (items: Items, kind: string) => overlapsIn(placesOf(items, '')).map((text) => `${volume} (${kind}): overlapping paths: ${text}`);
    return [
      ...single(configMap?.items, `ConfigMap ${quote(configMap?.name ?? '')}`),
      ...single(secret?.items, `Secret ${quote(secret?.secretName ?? '')}`),
      ...single(downwardAPI?.items, 'DownwardAPI'),
      ...overlapsInProjected(volume, projected?.sources ?? []),
    ];
  });
}

function overlapsInProjected(volume: string, sources: readonly VolumeProjection[]): readonly string[] {
  const empty = `${volume} (Projected) has no sources provided`;
  const places: Place[] = [];
  return sources.flatMap((source) => {
    if (Object.keys(source).length === 0) return [empty];
    const before = places.length;
    places.push(...projectedPlaces(source));
    return overlapsIn(places, before).map((text) => `${volume} (Projected): overlapping paths: ${text}`);
  });
}

/** Of a source with several kinds of content the first counts. */
function projectedPlaces({ configMap, secret, downwardAPI, serviceAccountToken: token }: VolumeProjection): readonly Place[] {
  if (configMap?.items) return placesOf(configMap.items, `ConfigMap ${quote(configMap.name ?? '')}`);
  if (secret?.items) return placesOf(secret.items, `Secret ${quote(secret.name ?? '')}`);
  if (downwardAPI?.items) return placesOf(downwardAPI.items, 'DownwardAPI');
  return token ? placesOf([token], 'ServiceAccountToken') : [];
}

const placesOf = (items: Items, source: string): readonly Place[] => (items ?? []).map(({ path }) => ({ path: path.replace(/\/+$/, ''), source }));

/** 'a/b' overlaps with 'a', which would have to be a file and a directory. Places before `from` are only compared with. */
function overlapsIn(places: readonly Place[], from = 0): readonly string[] {
  return places.flatMap((place, i) => {
    if (i < from) return [];
    return places.slice(0, i).flatMap((other) => (overlap(place.path, other.path) ? [`${printed(place)} with ${printed(other)}`] : []));
  });
}

const overlap = (a: string, b: string) => a !== '' && b !== '' && (`${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`));

const printed = ({ path, source }: Place) => (source ? `${quote(path)} (${source})` : quote(path));
