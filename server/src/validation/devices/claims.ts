// Rules for claims on devices and templates of them, whose specs never change.
import type { ResourceClaimTemplate, ResourceV1ResourceClaim } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateTemplateMeta } from '../volumes/claim-template.ts';
import { validateClaimSpec } from './claim-spec.ts';
import { validateSet } from './lists.ts';

const at = root('spec');
const maxConsumers = 256;

export const resourceClaimRules: RulesOf<ResourceV1ResourceClaim> = {
  validate: (claim) =>
    findings((errors) => {
      validateObjectMeta(claim, subdomainName, errors);
      validateClaimSpec(claim.spec ?? {}, at, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateObjectMeta(next, subdomainName, errors);
      validateObjectMetaUpdate(next, before, errors);
      validateImmutable(next.spec, before.spec, at, errors, goStruct('ResourceClaimSpec', next.spec ?? {}));
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      const { reservedFor = [], allocation } = next.status ?? {};
      const field = root('status', 'reservedFor');
      validateSet(
        reservedFor,
        maxConsumers,
        (consumer, path) => (['resource', 'name', 'uid'] as const).forEach((name) => void (consumer[name] || errors.required(path.child(name)))),
        ({ uid }) => uid,
        field,
        errors,
      );
      if (reservedFor.length > 0 && !allocation) errors.forbidden(field, 'may not be specified when `allocated` is not set');
      const old = before.status?.allocation;
      if (old && allocation) validateImmutable(allocation, old, root('status', 'allocation'), errors, goStruct('AllocationResult', allocation));
    }),
};

export const resourceClaimTemplateRules: RulesOf<ResourceClaimTemplate> = {
  validate: (template) => findings((errors) => validateTemplate(template, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateTemplate(next, errors);
      validateObjectMetaUpdate(next, before, errors);
      validateImmutable(next.spec, before.spec, at, errors, goStruct('ResourceClaimTemplateSpec', next.spec ?? {}));
    }),
};

function validateTemplate(template: ResourceClaimTemplate, errors: FieldErrors): void {
  validateObjectMeta(template, subdomainName, errors);
  validateTemplateMeta(template.spec?.metadata, at.child('metadata'), errors);
  validateClaimSpec(template.spec?.spec ?? {}, at.child('spec'), errors);
}
