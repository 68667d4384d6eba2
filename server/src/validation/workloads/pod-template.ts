// Rules for PodTemplates (pkg/apis/core/validation).
import type { PodTemplate } from '../../schema/generated/types.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { validatePodTemplate } from '../pod/template.ts';
import { templateWarnings } from '../warnings/pod.ts';
import { isNewGeneration } from './template.ts';

const at = root('template');

export const podTemplateRules: RulesOf<PodTemplate> = {
  validate: (object) =>
    findings((errors) => {
      validateObjectMeta(object, subdomainName, errors);
      validatePodTemplate(object.template, at, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validatePodTemplate(next.template, at, errors);
    }),
  warnings: (next, before) => (before && !isNewGeneration(next, before) ? [] : templateWarnings(next.template, at)),
};
