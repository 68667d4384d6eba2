// Rules for ControllerRevisions (pkg/apis/apps/validation).
import type { ControllerRevision } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { validateNonNegative } from '../numbers.ts';
import { root } from '../path.ts';

const data = root('data');

export const controllerRevisionRules: RulesOf<ControllerRevision> = {
  validate: (revision) =>
    findings((errors) => {
      validateRevision(revision, errors);
      const isObject = typeof revision.data === 'object' && !Array.isArray(revision.data);
      if (revision.data === undefined || revision.data === null) errors.required(data, 'data is mandatory');
      else if (!isObject) errors.required(data, 'data must be a valid JSON object');
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateRevision(next, errors);
      validateImmutable(next.data, before.data, data, errors, next.data ?? null);
    }),
};

function validateRevision(revision: ControllerRevision, errors: FieldErrors): void {
  validateObjectMeta(revision, subdomainName, errors);
  validateNonNegative(revision.revision, root('revision'), errors);
}
