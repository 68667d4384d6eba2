// Rules for the template that pods are made from; every kind that makes pods has one.
import type { ObjectMeta } from '../../kube/object.ts';
import type { PodTemplateSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateAnnotations, validateLabels } from '../metadata/labels.ts';
import type { Path } from '../path.ts';
import { validatePodAnnotations, validateProfilesMatch } from './annotations.ts';
import { validatePodSpec } from './spec.ts';

export function validatePodTemplate(template: PodTemplateSpec, at: Path, errors: FieldErrors): void {
  const { labels, annotations } = (template.metadata ?? {}) as Partial<ObjectMeta>;
  const spec = at.child('spec');
  // The server leaves out `metadata` in these paths.
  validateLabels(labels, at.child('labels'), errors);
  validateAnnotations(annotations, at.child('annotations'), errors);
  validatePodAnnotations(annotations, template.spec, at.child('annotations'), errors);
  validatePodSpec(template.spec, undefined, spec, errors);
  validateProfilesMatch(annotations, template.spec, spec, errors);
  if (template.spec.ephemeralContainers?.length) {
    errors.forbidden(spec.child('ephemeralContainers'), 'ephemeral containers not allowed in pod template');
  }
}
