// Rules for the volumes of a pod: one type each, names that are unique, and what each type asks for (volume-types.ts).
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import type { KubeObject } from '../../kube/object.ts';
import { byteLength, quote } from '../../kube/quote.ts';
import type { Volume } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import type { VolumeScope } from './volume-types.ts';
import { volumeTypes } from './volume-types.ts';

/** Returns the good volumes by name. `pod` is given for a pod itself, not for a template: the claims of its ephemeral volumes are named after it. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined,
  pod: KubeObject | undefined,
  path: Path,
  errors: FieldErrors,
): ReadonlyMap<string, Volume> {
  const good = new Map<string, Volume>();
  const podName = pod?.metadata.name ?? '';
  const made = new Set(podName ? (volumes ?? []).filter(({ ephemeral }) => ephemeral).map(({ name }) => `${podName}-${name}`) : []);
  volumes?.forEach((volume, i) => {
    const at = path.index(i);
    const before = errors.count;
    validateSource(volume, { isPod: pod !== undefined, podName }, at, errors);
    if (!volume.name) errors.required(at.child('name'));
    else errors.invalidEach(at.child('name'), volume.name, checkDns1123Label(volume.name));
    if (good.has(volume.name)) errors.duplicate(at.child('name'), volume.name);
    if (errors.count === before) good.set(volume.name, volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && made.has(claim)) {
      const field = at.child('persistentVolumeClaim').child('claimName');
      errors.invalid(field, claim, 'must not reference a PVC that gets created for an ephemeral volume');
    }
  });
  return good;
}

function validateSource(volume: Volume, scope: VolumeScope & { readonly podName: string }, at: Path, errors: FieldErrors): void {
  let found = 0;
  for (const { field, path = field, refusedPath = field, rule } of volumeTypes) {
    const source = volume[field];
    if (!source) continue;
    if (found++ > 0) errors.forbidden(at.child(refusedPath), 'may not specify more than 1 volume type');
    else {
      rule(source, at.child(path), errors, scope);
      if (field === 'ephemeral') validateClaimName(volume.name, scope.podName, at, errors);
    }
    if (field === 'iscsi') validatePortalLength(volume, at, errors);
  }
  if (found === 0) errors.required(at, 'must specify a volume type');
}

function validateClaimName(volumeName: string, podName: string, at: Path, errors: FieldErrors): void {
  if (!podName || !volumeName) return;
  const claim = `${podName}-${volumeName}`;
  errors.invalidEach(
    at.child('name'),
    volumeName,
    checkDns1123Subdomain(claim).map((finding) => `PVC name ${quote(claim)}: ${finding}`),
  );
}

/** '<volume>:<portal>' becomes the name of an interface on the node. */
function validatePortalLength({ name, iscsi }: Volume, at: Path, errors: FieldErrors): void {
  if (iscsi?.initiatorName === undefined || byteLength(`${name}:${iscsi.targetPortal}`) <= 64) return;
  const detail = 'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
  errors.invalid(at.child('name'), name, detail);
}
