// Rules for Pods.
import type { Pod, PodSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { podWarnings } from '../warnings/pod.ts';
import { validatePodAnnotations, validatePodAnnotationUpdates, validateProfilesMatch } from './annotations.ts';
import { mirrorAnnotation } from './claims.ts';
import { validateImageOfPod } from './container.ts';
import { validatePodStatusUpdate } from './pod-status.ts';
import { validateSpecUpdate } from './pod-update.ts';
import { validatePodSpec } from './spec.ts';

const specPath = root('spec');
const annotationsPath = root('metadata', 'annotations');

export const podRules: RulesOf<Pod> = {
  validate: (pod) => findings((errors) => validateNew(pod, errors)),
  validateUpdate: (next, before) => findings((errors) => validateUpdate(next, before, errors)),
  validateStatusUpdate: validatePodStatusUpdate,
  warnings: podWarnings,
};

function validateNew(pod: Pod, errors: FieldErrors): void {
  const { metadata, spec } = pod;
  validateMetadataAndSpec(pod, errors);
  if (spec.ephemeralContainers?.length) errors.forbidden(specPath.child('ephemeralContainers'), 'cannot be set on create');
  if (spec.nodeName && spec.schedulingGates?.length) {
    errors.forbidden(specPath.child('nodeName'), 'cannot be set until all schedulingGates have been cleared');
  }
  validateProfilesMatch(metadata.annotations, spec, specPath, errors);
}

function validateUpdate(next: Pod, before: Pod, errors: FieldErrors): void {
  const { annotations } = next.metadata;
  validateReplacedMeta(next, before, errors);
  validateMetadataAndSpec(next, errors);
  validatePodAnnotationUpdates(annotations, before.metadata.annotations, annotationsPath, errors);
  validatePodAnnotations(annotations, next.spec, annotationsPath, errors);
  validateSpecUpdate(next.spec, before.spec, specPath, errors);
}

/** What holds for any pod, new or changed. */
export function validateMetadataAndSpec(pod: Pod, errors: FieldErrors): void {
  const { metadata, spec } = pod;
  validateObjectMeta(pod, subdomainName, errors);
  validatePodAnnotations(metadata.annotations, spec, annotationsPath, errors);
  validatePodSpec(spec, pod, specPath, errors);
  if (metadata.annotations?.[mirrorAnnotation] !== undefined && !spec.serviceAccountName) validateNoToken(spec, specPath.child('volumes'), errors);
  for (const list of ['containers', 'initContainers'] as const) {
    spec[list]?.forEach((container, i) => validateImageOfPod(container, specPath.child(list).index(i), errors));
  }
}

/** A token is a service account's. Admission gives every pod one, except those that only mirror a pod of the kubelet's own. */
function validateNoToken({ volumes }: PodSpec, at: Path, errors: FieldErrors): void {
  volumes?.forEach(({ projected }, i) =>
    projected?.sources?.forEach(({ serviceAccountToken }, j) => {
      const field = at.index(i).child('projected').child('sources').index(j).child('serviceAccountToken');
      if (serviceAccountToken) errors.forbidden(field, 'must not be specified when serviceAccountName is not set');
    }),
  );
}
