// Rules for classes of volume attributes, which never change.
import { isEqual } from '../../kube/equal.ts';
import type { VolumeAttributesClass } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { validateParameters, validateProvisioner } from './parameters.ts';

export const volumeAttributesClassRules: RulesOf<VolumeAttributesClass> = {
  validate: (object) => findings((errors) => validateClass(object, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      for (const field of ['driverName', 'parameters'] as const) {
        if (!isEqual(next[field], before[field])) errors.forbidden(root(field), `updates to ${field} are forbidden.`);
      }
      validateClass(next, errors);
    }),
};

function validateClass(object: VolumeAttributesClass, errors: FieldErrors): void {
  validateObjectMeta(object, subdomainName, errors);
  validateProvisioner(object.driverName, root('driverName'), errors);
  validateParameters(object.parameters, root('parameters'), errors);
  if (Object.keys(object.parameters ?? {}).length === 0) errors.required(root('parameters'), 'must contain at least one key/value pair');
}
