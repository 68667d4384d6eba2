// Rules for the metadata of every object (apimachinery pkg/api/validation/objectmeta.go).
// Invariant: nothing is asked of metadata.namespace; the registry fills it in from the request and answers for a wrong one.
import type { KubeObject, ObjectMeta, OwnerReference } from '../../kube/object.ts';
import { quote } from '../../kube/quote.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { checkQualifiedName } from '../../kube/names.ts';
import { validateAnnotations, validateLabels } from './labels.ts';
import { validateManagedFields } from './managed-fields.ts';
import type { NameRule } from './names.ts';
import { pathSegmentName } from './names.ts';

const metadata = root('metadata');

/** Finalizers of the server's own that need no domain in front. */
const bareFinalizers = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

export function validateObjectMeta(object: KubeObject, nameRule: NameRule, errors: FieldErrors): void {
  validateGenericMeta(object, nameRule, errors);
  validateKubeFinalizers(object, errors);
}

/** The same for kinds that the server judges by apimachinery alone: leases, webhooks, API services, definitions of custom kinds. */
export function validateGenericMeta({ metadata: meta }: KubeObject, nameRule: NameRule, errors: FieldErrors): void {
  const { name = '', generateName = '' } = meta as Partial<ObjectMeta>;
  if (generateName) errors.invalidEach(metadata.child('generateName'), generateName, nameRule(generateName, true));
  if (name) errors.invalidEach(metadata.child('name'), name, nameRule(name, false));
  else if (!generateName) errors.required(metadata.child('name'), 'name or generateName is required');
  if ((meta.generation ?? 0) < 0) errors.invalid(metadata.child('generation'), meta.generation, 'must be greater than or equal to 0');
  validateCommonMeta(meta, errors);
  validateFinalizers(meta.finalizers, metadata.child('finalizers'), errors);
}

/**
 * What is found before and by the rules of most kinds when an object is replaced. The server looks at metadata three times,
 * so that a bad label is three findings.
 */
export function validateReplacedMeta(next: KubeObject, before: KubeObject, errors: FieldErrors): void {
  validateAnyReplacedMeta(next, before, errors);
  validateObjectMetaUpdate(next, before, errors);
}

/** What is found before the rules of any kind; few kinds do not look again. */
export function validateAnyReplacedMeta(next: KubeObject, before: KubeObject, errors: FieldErrors): void {
  validateGenericMeta(next, pathSegmentName, errors);
  validateGenericMetaUpdate(next, before, errors);
}

/** What stays as it was, and what must be right also after a change. */
export function validateObjectMetaUpdate(next: KubeObject, before: KubeObject, errors: FieldErrors): void {
  validateGenericMetaUpdate(next, before, errors);
  validateKubeFinalizers(next, errors);
}

/** The same for kinds that the server judges by apimachinery alone. */
export function validateGenericMetaUpdate({ metadata: next }: KubeObject, { metadata: before }: KubeObject, errors: FieldErrors): void {
  if (before.deletionTimestamp) validateNoNewFinalizers(next.finalizers ?? [], before.finalizers ?? [], errors);
  if ((next.generation ?? 0) < (before.generation ?? 0)) errors.invalid(metadata.child('generation'), next.generation ?? 0, 'must not be decremented');
  for (const field of ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const) {
    // Absent and '' are the same.
    if ((next[field] ?? '') !== (before[field] ?? '')) errors.invalid(metadata.child(field), printed(field, next), 'field is immutable');
  }
  validateCommonMeta(next, errors);
}

function printed(field: 'name' | 'namespace' | 'uid' | 'creationTimestamp' | 'deletionTimestamp' | 'deletionGracePeriodSeconds', meta: ObjectMeta): unknown {
  const isPointer = field === 'deletionTimestamp' || field === 'deletionGracePeriodSeconds';
  return meta[field] ?? (isPointer ? null : field === 'creationTimestamp' ? null : '');
}

function validateCommonMeta(meta: ObjectMeta, errors: FieldErrors): void {
  validateLabels(meta.labels, metadata.child('labels'), errors);
  validateAnnotations(meta.annotations, metadata.child('annotations'), errors);
  validateOwnerReferences(meta.ownerReferences, metadata.child('ownerReferences'), errors);
  validateManagedFields(meta.managedFields, metadata.child('managedFields'), errors);
}

// ---- owners ----

/** The server leaves out the index here: findings of all owners have the same path. */
function validateOwnerReferences(owners: readonly OwnerReference[] | undefined, at: Path, errors: FieldErrors): void {
  let controller = '';
  for (const owner of owners ?? []) {
    validateOwnerReference(owner, at, errors);
    if (!owner.controller) continue;
    const current = `${owner.kind}/${owner.name}`;
    if (controller) {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`;
      errors.invalid(at, (owners ?? []).map(printedOwner), detail);
    } else controller = current;
  }
}

function validateOwnerReference(owner: OwnerReference, at: Path, errors: FieldErrors): void {
  const { apiVersion = '', kind = '' } = owner as Partial<OwnerReference>;
  const parts = apiVersion.split('/');
  const version = parts.length > 2 ? '' : (parts.at(-1) as string);
  if (version === '') errors.invalid(at.child('apiVersion'), apiVersion, 'version must not be empty');
  for (const field of ['kind', 'name', 'uid'] as const) {
    if (!owner[field]) errors.invalid(at.child(field), '', 'must not be empty');
  }
  if (apiVersion === 'v1' && kind === 'Event') errors.invalid(at, printedOwner(owner), '/v1, Kind=Event is disallowed from being an owner');
}

function printedOwner({ apiVersion = '', kind = '', name = '', uid = '', controller, blockOwnerDeletion }: Partial<OwnerReference>): object {
  return { apiVersion, kind, name, uid, ...(controller !== undefined && { controller }), ...(blockOwnerDeletion !== undefined && { blockOwnerDeletion }) };
}

// ---- finalizers ----

function validateFinalizers(finalizers: readonly string[] | undefined, at: Path, errors: FieldErrors): void {
  if (!finalizers) return;
  for (const finalizer of finalizers) errors.invalidEach(at, finalizer, checkQualifiedName(finalizer));
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    errors.invalid(at, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set');
  }
}

function validateKubeFinalizers({ metadata: { finalizers } }: KubeObject, errors: FieldErrors): void {
  finalizers?.forEach((finalizer, i) => validateKubeFinalizer(finalizer, metadata.child('finalizers').index(i), errors));
}

/** A finalizer has a domain in front, or is one of the server's own. */
export function validateKubeFinalizer(finalizer: string, at: Path, errors: FieldErrors): void {
  if (finalizer.includes('/') || bareFinalizers.has(finalizer)) return;
  errors.invalid(at, finalizer, 'name is neither a standard finalizer name nor is it fully qualified');
}

function validateNoNewFinalizers(next: readonly string[], before: readonly string[], errors: FieldErrors): void {
  const added = [...new Set(next)].filter((finalizer) => !before.includes(finalizer)).sort();
  if (added.length === 0) return;
  const list = `[]string{${added.map(quote).join(', ')}}`;
  errors.forbidden(metadata.child('finalizers'), `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`);
}
