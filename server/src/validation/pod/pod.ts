// Rules for Pods.
import type { FieldError } from '../../kube/field-error.ts';
import type { Pod, PodSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validatePodAnnotations, validatePodAnnotationUpdates, validateProfilesMatch } from './annotations.ts';
import { validateImageOfPod } from './container.ts';
import { validateSpecUpdate } from './pod-update.ts';
import { validatePodSpec } from './spec.ts';

const specPath = root('spec');
const annotationsPath = root('metadata', 'annotations');

export function validatePod(pod: Pod): readonly FieldError[] {
  return findings((errors) => {
    const { metadata, spec } = pod;
    validateMetadataAndSpec(pod, errors);
    if (spec.ephemeralContainers?.length) errors.forbidden(specPath.child('ephemeralContainers'), 'cannot be set on create');
    if (spec.nodeName && spec.schedulingGates?.length) {
      errors.forbidden(specPath.child('nodeName'), 'cannot be set until all schedulingGates have been cleared');
    }
    validateProfilesMatch(metadata.annotations, spec, specPath, errors);
  });
}

export function validatePodUpdate(next: Pod, before: Pod): readonly FieldError[] {
  return findings((errors) => {
    validateReplacedMeta(next, before, errors);
    validateMetadataAndSpec(next, errors);
    validatePodAnnotationUpdates(next.metadata.annotations, before.metadata.annotations, annotationsPath, errors);
    validatePodAnnotations(next.metadata.annotations, next.spec, annotationsPath, errors);
    validateSpecUpdate(next.spec, before.spec, specPath, errors);
  });
}

function validateMetadataAndSpec(pod: Pod, errors: FieldErrors): void {
  const { metadata, spec } = pod;
  validateObjectMeta(pod, subdomainName, errors);
  validatePodAnnotations(metadata.annotations, spec, annotationsPath, errors);
  validatePodSpec(spec, pod, specPath, errors);
  if (!spec.serviceAccountName) validateNoToken(spec, specPath.child('volumes'), errors);
  for (const list of ['containers', 'initContainers'] as const) {
    spec[list]?.forEach((container, i) => validateImageOfPod(container, specPath.child(list).index(i), errors));
  }
}

/** A token is a service account's. */
function validateNoToken({ volumes }: PodSpec, at: Path, errors: FieldErrors): void {
  volumes?.forEach(({ projected }, i) =>
    projected?.sources?.forEach(({ serviceAccountToken }, j) => {
      const field = at.index(i).child('projected').child('sources').index(j).child('serviceAccountToken');
      if (serviceAccountToken) errors.forbidden(field, 'must not be specified when serviceAccountName is not set');
    }),
  );
}
