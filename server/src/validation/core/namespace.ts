// Rules for namespaces.
import { checkQualifiedName } from '../../kube/names.ts';
import type { Namespace } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { labelName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateKubeFinalizer, validateObjectMeta, validateObjectMetaUpdate, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { validatePodSecurityLabels } from './pod-security-labels.ts';

export const namespaceRules: RulesOf<Namespace> = {
  validate: (namespace) =>
    findings((errors) => {
      validateNamespace(namespace, errors);
      if (errors.count === 0) validatePodSecurityLabels(namespace.metadata.labels, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateNamespace(next, errors);
      validateObjectMetaUpdate(next, before, errors);
      if (errors.count === 0) validatePodSecurityLabels(next.metadata.labels, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validatePhase(next, errors);
    }),
};

function validateNamespace(namespace: Namespace, errors: FieldErrors): void {
  validateObjectMeta(namespace, labelName, errors);
  validateFinalizers(namespace, errors);
}

// The server leaves out the index here.
function validateFinalizers({ spec }: Namespace, errors: FieldErrors): void {
  const at = root('spec', 'finalizers');
  for (const finalizer of spec?.finalizers ?? []) {
    errors.invalidEach(at, finalizer, checkQualifiedName(finalizer));
    validateKubeFinalizer(finalizer, at, errors);
  }
}

/** A namespace that is being deleted is Terminating, and no other is. */
function validatePhase({ metadata, status }: Namespace, errors: FieldErrors): void {
  const expected = metadata.deletionTimestamp ? 'Terminating' : 'Active';
  if (status.phase === expected) return;
  const when = metadata.deletionTimestamp ? 'is not' : 'is';
  errors.invalid(root('status', 'Phase'), status.phase ?? '', `may only be '${expected}' if \`deletionTimestamp\` ${when} empty`);
}
