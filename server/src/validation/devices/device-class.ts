// Rules for classes of devices.
import type { DeviceClass } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { isExtended } from '../pod/resources.ts';
import { maxConfigs, validateConfiguration, validateSelectors } from './device-parts.ts';
import { validateSlice } from './lists.ts';

const at = root('spec');

export const deviceClassRules: RulesOf<DeviceClass> = {
  validate: (object) =>
    findings((errors) => {
      validateObjectMeta(object, subdomainName, errors);
      validateSpec(object, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateObjectMeta(next, subdomainName, errors);
      validateObjectMetaUpdate(next, before, errors);
      validateSpec(next, errors);
    }),
};

function validateSpec({ spec }: DeviceClass, errors: FieldErrors): void {
  validateSelectors(spec?.selectors, at.child('selectors'), errors);
  validateSlice(spec?.config, maxConfigs, validateConfiguration, at.child('config'), errors);
  const name = spec?.extendedResourceName;
  if (name !== undefined && !isExtended(name)) errors.invalid(at.child('extendedResourceName'), name, 'must be a valid extended resource name');
}
