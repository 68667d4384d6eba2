// Rules for persistent volume claims. A claim that is bound can only grow.
import { isEqual } from '../../kube/equal.ts';
import { checkQualifiedName } from '../../kube/names.ts';
import { compareQuantities, quantityOf } from '../../kube/quantity.ts';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import type { ResourceList } from '../pod/resources.ts';
import { isNative, validateResourceAmount } from '../pod/resources.ts';
import { goStruct } from '../text/go-struct.ts';
import { unifiedDiff } from '../text/unified-diff.ts';
import { validateClaimSpec } from '../volumes/claim-template.ts';
import { warnOfFraction } from '../warnings/resources.ts';
import { validateBasicAmount } from './persistent-volume.ts';

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';
const at = root('spec');

export const persistentVolumeClaimRules: RulesOf<PersistentVolumeClaim> = {
  validate: (claim) => findings((errors) => validateClaim(claim, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateClaim(next, errors);
      validateChange(next, before, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateStatus(next, errors);
    }),
  warnings({ metadata, spec }) {
    const warnings: string[] = [];
    const warn = (path: Path, text: string) => void warnings.push(`${path}: ${text}`);
    if (metadata.annotations?.[classAnnotation] !== undefined) {
      warn(root('metadata', 'annotations').key(classAnnotation), 'deprecated since v1.8; use "storageClassName" attribute instead');
    }
    for (const list of ['requests', 'limits'] as const) {
      warnOfFraction(spec.resources?.[list]?.['storage'], at.child('resources').child(list).key('storage'), warn);
    }
    return warnings;
  },
};

function validateClaim(claim: PersistentVolumeClaim, errors: FieldErrors): void {
  validateObjectMeta(claim, subdomainName, errors);
  validateClaimSpec(claim.spec ?? {}, at, errors);
}

// ---- updates ----

function validateChange(next: PersistentVolumeClaim, before: PersistentVolumeClaim, errors: FieldErrors): void {
  const [spec, old] = [next.spec ?? {}, before.spec ?? {}];
  const [annotation, oldAnnotation] = [next, before].map(({ metadata }) => metadata.annotations?.[classAnnotation]);
  const isMoved = isClassMoved(spec, old, annotation, oldAnnotation);
  if (!isMoved && (annotation ?? '') !== (oldAnnotation ?? '')) {
    errors.invalid(root('metadata', 'annotations').key(classAnnotation), annotation ?? '', 'field is immutable');
  }
  const isNamedFirst =
    spec.storageClassName !== undefined && old.storageClassName === undefined && (oldAnnotation ?? spec.storageClassName) === spec.storageClassName;
  const masked = {
    ...spec,
    ...((isMoved || isNamedFirst) && { storageClassName: old.storageClassName }),
    ...(next.status?.phase === 'Bound' && { ...keptWhenBound(spec, old), volumeAttributesClassName: old.volumeAttributesClassName }),
  } as PersistentVolumeClaimSpec;
  const expected = (old.volumeName ? old : { ...old, volumeName: spec.volumeName }) as PersistentVolumeClaimSpec;
  if (!isEqual(masked, expected)) {
    const diff = unifiedDiff(goStruct('PersistentVolumeClaimSpec', expected), goStruct('PersistentVolumeClaimSpec', masked));
    errors.forbidden(at, `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${diff}`);
  }
  validateSize(spec, before, errors);
  validateImmutable(spec.volumeMode, old.volumeMode, root('volumeMode'), errors, spec.volumeMode ?? null);
  validateAttributesClassChange(spec, before, errors);
}

/** The class may move from the annotation of old to its field. */
function isClassMoved(
  spec: PersistentVolumeClaimSpec,
  old: PersistentVolumeClaimSpec,
  annotation: string | undefined,
  oldAnnotation: string | undefined,
): boolean {
  if (oldAnnotation === undefined || old.storageClassName !== undefined) return false;
  return spec.storageClassName === oldAnnotation && (annotation === undefined || annotation === oldAnnotation);
}

/** A bound claim may ask for another size. */
function keptWhenBound(spec: PersistentVolumeClaimSpec, old: PersistentVolumeClaimSpec): Partial<PersistentVolumeClaimSpec> {
  if (!spec.resources?.requests) return {};
  const storage = old.resources?.requests?.['storage'] ?? '0';
  return { resources: { ...spec.resources, requests: { ...spec.resources.requests, storage } } };
}

const sizeOf = (amounts: Readonly<Record<string, string | number>> | undefined) => quantityOf(amounts?.['storage'] ?? '0');

/** A claim may take back a growth that failed, down to more than it has. */
function validateSize({ resources }: PersistentVolumeClaimSpec, before: PersistentVolumeClaim, errors: FieldErrors): void {
  const size = sizeOf(resources?.requests);
  if (compareQuantities(size, sizeOf(before.spec?.resources?.requests)) >= 0) return;
  if (compareQuantities(size, sizeOf(before.status?.capacity)) > 0) return;
  errors.forbidden(root('spec', 'resources', 'requests', 'storage'), 'field can not be less than status.capacity');
}

function validateAttributesClassChange(
  { volumeAttributesClassName: name }: PersistentVolumeClaimSpec,
  before: PersistentVolumeClaim,
  errors: FieldErrors,
): void {
  if (name === before.spec?.volumeAttributesClassName || before.status?.currentVolumeAttributesClassName === undefined || name) return;
  const what = name === undefined ? 'nil' : 'empty string';
  errors.forbidden(at.child('volumeAttributesClassName'), `update to ${what} is forbidden when status.currentVolumeAttributesClassName is not nil`);
}

// ---- status ----

const resizeStates = ['ControllerResizeInProgress', 'ControllerResizeInfeasible', 'NodeResizeInProgress', 'NodeResizeInfeasible', 'NodeResizePending'].sort();

function validateStatus({ spec, status = {} }: PersistentVolumeClaim, errors: FieldErrors): void {
  const field = root('status');
  if (!spec?.accessModes?.length) errors.required(root('Spec', 'accessModes'));
  for (const [name, text] of amountsOf(status.capacity)) validateBasicAmount(text, field.child('capacity').key(name), errors);
  for (const [name, state] of Object.entries(status.allocatedResourceStatuses ?? {})) {
    const path = field.child('allocatedResourceStatuses');
    validateResourceKey(name, path, errors);
    if (!resizeStates.includes(state)) errors.notSupported(path, name, resizeStates);
  }
  for (const [name, text] of amountsOf(status.allocatedResources)) {
    const path = field.child('allocatedResources');
    const count = errors.count;
    validateResourceKey(name, path, errors);
    if (errors.count === count) validateBasicAmount(text, path.key(name), errors);
    if (errors.count === count) validateResourceAmount('storage', quantityOf(text), path.key(name), errors);
  }
}

const amountsOf = (amounts: object | undefined) => Object.entries((amounts ?? {}) as ResourceList);

function validateResourceKey(name: string, path: Path, errors: FieldErrors): void {
  const problems = checkQualifiedName(name);
  errors.invalidEach(path, name, problems);
  if (problems.length === 0 && isNative(name) && name !== 'storage') errors.notSupported(path, name, ['storage']);
}
