// Rules for spec.resources: what a pod as a whole requests and may use at most, against what its containers do.
import { compareQuantities, formatQuantity, quantityOf } from '../../kube/quantity.ts';
import type { PodSpec, ResourceRequirements } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { aggregate } from './aggregate.ts';
import type { ResourceList } from './resources.ts';
import { isHugePages, validatePodLevelResources } from './resources.ts';

export function validatePodResources(spec: PodSpec, claimNames: ReadonlySet<string>, at: Path, errors: FieldErrors): void {
  const { resources, os } = spec;
  if (!resources) return;
  if (os?.name === 'windows') return errors.forbidden(at, 'may not be set for a windows pod');
  if (resources.claims) errors.forbidden(at.child('claims'), 'claims may not be set for Resources at pod-level');
  validatePodLevelResources(resources, claimNames, at, errors);
  validateAggregate(spec, resources, 'requests', at, errors);
  validateAggregate(spec, resources, 'limits', at, errors);
  return validateEachLimit(spec, (resources.limits ?? {}) as ResourceList, at, errors);
}

/** The whole is at least the sum of its parts: of requests always, of limits for huge pages, which are never shared. */
function validateAggregate(spec: PodSpec, resources: ResourceRequirements, part: 'requests' | 'limits', at: Path, errors: FieldErrors): void {
  const ofPod = (resources[part] ?? {}) as ResourceList;
  for (const [name, sum] of aggregate(spec, part)) {
    const whole = ofPod[name];
    if (whole === undefined || (part === 'limits' && !isHugePages(name))) continue;
    if (compareQuantities(sum, quantityOf(whole)) <= 0) continue;
    const detail = `must be greater than or equal to aggregate container ${part} of ${formatQuantity(sum)}`;
    errors.invalid(at.child(part).key(name), formatQuantity(quantityOf(whole)), detail);
  }
}

function validateEachLimit(spec: PodSpec, ofPod: ResourceList, at: Path, errors: FieldErrors): void {
  spec.containers?.forEach(({ resources }, i) => {
    for (const [name, limit] of Object.entries((resources.limits ?? {}) as ResourceList)) {
      const whole = ofPod[name];
      if (whole === undefined || compareQuantities(quantityOf(limit), quantityOf(whole)) <= 0) continue;
      const field = at.child('containers').index(i).key(name).child('limits');
      errors.invalid(field, formatQuantity(quantityOf(limit)), `must be less than or equal to pod limits of ${formatQuantity(quantityOf(whole))}`);
    }
  });
}
