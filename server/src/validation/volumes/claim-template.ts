// Rules for a claim on storage as it stands in a pod's ephemeral volume; PersistentVolumeClaims and StatefulSets have the same spec.
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import { compareQuantities, formatQuantity, quantityOf } from '../../kube/quantity.ts';
import type { ObjectMeta } from '../../kube/object.ts';
import type { PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate, TypedObjectReference } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateAnnotations, validateLabels, validateLabelSelector } from '../metadata/labels.ts';
import type { Path } from '../path.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
export const volumeModes = ['Block', 'Filesystem'];
/** All other metadata would be lost, so it is refused. In Go's order of fields, with Go's way to lower their first letter. */
const refusedMetadata: readonly (readonly [field: keyof ObjectMeta, printed: string])[] = [
  ['name', 'name'],
  ['generateName', 'generateName'],
  ['namespace', 'namespace'],
  ['selfLink', 'selfLink'],
  ['uid', 'uID'],
  ['resourceVersion', 'resourceVersion'],
  ['generation', 'generation'],
  ['creationTimestamp', 'creationTimestamp'],
  ['deletionTimestamp', 'deletionTimestamp'],
  ['deletionGracePeriodSeconds', 'deletionGracePeriodSeconds'],
  ['ownerReferences', 'ownerReferences'],
  ['finalizers', 'finalizers'],
  ['managedFields', 'managedFields'],
];

export function validateClaimTemplate({ metadata, spec }: PersistentVolumeClaimTemplate, at: Path, errors: FieldErrors): void {
  validateTemplateMeta(metadata, at.child('metadata'), errors);
  validateClaimSpec(spec, at.child('spec'), errors);
}

/** Of a template for objects that get names of their own. */
export function validateTemplateMeta(metadata: Partial<ObjectMeta> | undefined, path: Path, errors: FieldErrors): void {
  validateAnnotations(metadata?.annotations, path.child('annotations'), errors);
  validateLabels(metadata?.labels, path.child('labels'), errors);
  for (const [field, printed] of refusedMetadata) {
    if (metadata?.[field] !== undefined && metadata[field] !== '') errors.forbidden(path.child(printed), 'cannot be set');
  }
}

export function validateClaimSpec(spec: PersistentVolumeClaimSpec, at: Path, errors: FieldErrors): void {
  if (!spec.accessModes?.length) errors.required(at.child('accessModes'), 'at least 1 access mode is required');
  validateLabelSelector(spec.selector, at.child('selector'), errors);
  validateAccessModes(spec.accessModes ?? [], at.child('accessModes'), errors);
  const storage = spec.resources?.requests?.['storage'];
  const field = at.child('resources').key('storage');
  if (storage === undefined) errors.required(field);
  else if (compareQuantities(quantityOf(String(storage)), quantityOf('0')) <= 0) {
    errors.invalid(field, formatQuantity(quantityOf(String(storage))), 'must be greater than zero');
  }
  validateClassName(spec.storageClassName, at.child('storageClassName'), errors);
  if (spec.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode)) errors.notSupported(at.child('volumeMode'), spec.volumeMode, volumeModes);
  validateDataSources(spec, at, errors);
  validateClassName(spec.volumeAttributesClassName, at.child('volumeAttributesClassName'), errors);
}

export function validateAccessModes(modes: readonly string[], at: Path, errors: FieldErrors): void {
  for (const mode of modes) if (!accessModes.includes(mode)) errors.notSupported(at, mode, accessModes);
  const isMixed = modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode));
  if (isMixed) errors.forbidden(at, 'may not use ReadWriteOncePod with other access modes');
}

export function validateClassName(name: string | undefined, at: Path, errors: FieldErrors): void {
  if (name) errors.invalidEach(at, name, checkDns1123Subdomain(name));
}

function validateDataSources({ dataSource, dataSourceRef }: PersistentVolumeClaimSpec, at: Path, errors: FieldErrors): void {
  if (dataSource) validateDataSource(dataSource, at.child('dataSource'), errors);
  if (dataSourceRef) validateDataSource(dataSourceRef, at.child('dataSourceRef'), errors);
  if (!dataSource || !dataSourceRef) return;
  const isSame = dataSource.apiGroup === dataSourceRef.apiGroup && dataSource.kind === dataSourceRef.kind && dataSource.name === dataSourceRef.name;
  // The server prints the path itself as the bad value, and a path has no fields to print.
  if (dataSourceRef.namespace) errors.invalid(at, {}, 'may not be specified when dataSourceRef.namespace is specified');
  else if (!isSame) errors.invalid(at, {}, 'must match dataSourceRef');
}

function validateDataSource({ name, kind, apiGroup, namespace }: TypedObjectReference, at: Path, errors: FieldErrors): void {
  if (!name) errors.required(at.child('name'));
  if (!kind) errors.required(at.child('kind'));
  if (!apiGroup && kind !== 'PersistentVolumeClaim') errors.invalid(at, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
  if (apiGroup) errors.invalidEach(at.child('apiGroup'), apiGroup, checkDns1123Subdomain(apiGroup));
  if (namespace) errors.invalidEach(at.child('namespace'), namespace, checkDns1123Label(namespace));
}
