// The rules of a kind in a version that is not stored: those of the stored version, which see the object in their own form.
import { isEqual } from '../../kube/equal.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { KindRules } from '../kind-rules.ts';
import type { Conversion } from './conversion.ts';

/** `defaults`: those of this version. What the other version makes of an object shows in it too. */
export function convertedRules({ toStored, fromStored }: Conversion, stored: KindRules, defaults: KindRules['defaults']): KindRules {
  const to = (object: KubeObject | undefined) => object && toStored(object);
  return {
    defaults(object) {
      const filled = fromStored(toStored(defaults(object)));
      return isEqual(filled, object) ? object : filled;
    },
    validate: (object) => stored.validate(toStored(object)),
    validateUpdate: (next, before) => stored.validateUpdate(toStored(next), toStored(before)),
    ...(stored.validateStatusUpdate && { validateStatusUpdate: (next, before) => stored.validateStatusUpdate!(toStored(next), toStored(before)) }),
    ...(stored.warnings && { warnings: (next, before) => stored.warnings!(toStored(next), to(before)) }),
  };
}
