// Rules for volumes that put several sources into one directory.
// clusterTrustBundle and podCertificate are not here: those fields are switched off in this version and dropped before they are checked.
import type { ProjectedVolumeSource, ServiceAccountTokenProjection, VolumeProjection } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateDownwardApiFile } from './downward-api.ts';
import { validateKeyToPath } from './keyed.ts';
import { validateFileMode, validateFilePath } from './paths.ts';

export function validateProjected({ defaultMode, sources }: ProjectedVolumeSource, at: Path, errors: FieldErrors): void {
  validateFileMode(defaultMode, at.child('defaultMode'), errors);
  const paths = new Set<string>();
  sources?.forEach((source, i) => validateSource(source, paths, at, at.child('sources').index(i), errors));
}

function validateSource(source: VolumeProjection, paths: Set<string>, volume: Path, at: Path, errors: FieldErrors): void {
  for (const kind of ['secret', 'configMap'] as const) {
    const { name, items } = source[kind] ?? {};
    if (!source[kind]) continue;
    if (!name) errors.required(at.child(kind).child('name'));
    items?.forEach((item, i) => {
      validateKeyToPath(item, at.child(kind).child('items').index(i), errors);
      claimPath(item.path, name ?? '', paths, volume, errors);
    });
  }
  for (const file of source.downwardAPI?.items ?? []) {
    validateDownwardApiFile(file, at.child('downwardAPI'), errors);
    claimPath(file.path, file.path, paths, volume, errors);
  }
  if (source.serviceAccountToken) validateToken(source.serviceAccountToken, volume, at.child('serviceAccountToken'), errors);
  const kinds = [source.secret, source.configMap, source.downwardAPI, source.serviceAccountToken].filter(Boolean).length;
  if (kinds > 1) errors.forbidden(at, 'may not specify more than 1 volume type per source');
}

/** Two sources may not write the same file; the server then names the later Secret or ConfigMap. */
function claimPath(path: string, badValue: string, paths: Set<string>, volume: Path, errors: FieldErrors): void {
  if (!path) return;
  if (paths.has(path)) errors.invalid(volume, badValue, 'conflicting duplicate paths');
  paths.add(path);
}

const minTokenSeconds = 600;
const maxTokenSeconds = 2 ** 32;

function validateToken({ expirationSeconds = 0, path }: ServiceAccountTokenProjection, volume: Path, at: Path, errors: FieldErrors): void {
  const field = at.child('expirationSeconds');
  if (expirationSeconds < minTokenSeconds) errors.invalid(field, expirationSeconds, 'may not specify a duration less than 10 minutes');
  if (expirationSeconds > maxTokenSeconds) errors.invalid(field, expirationSeconds, 'may not specify a duration larger than 2^32 seconds');
  if (!path) errors.required(volume.child('path'));
  else validateFilePath(path, volume.child('path'), errors);
}
