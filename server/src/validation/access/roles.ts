// Rules for roles and cluster roles.
import type { ClusterRole, PolicyRule, Role } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabelSelector } from '../metadata/labels.ts';
import { pathSegmentName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';

export const roleRules = rulesOf((role: Role, errors) => validateRules(role, true, errors));

export const clusterRoleRules = rulesOf((role: ClusterRole, errors) => {
  validateRules(role, false, errors);
  const { aggregationRule } = role;
  if (!aggregationRule) return;
  const at = root('aggregationRule', 'clusterRoleSelectors');
  const selectors = aggregationRule.clusterRoleSelectors ?? [];
  if (selectors.length === 0) errors.required(at, 'at least one clusterRoleSelector required if aggregationRule is non-nil');
  selectors.forEach((selector, i) => {
    const before = errors.count;
    validateLabelSelector(selector, at.index(i), errors);
    // What cannot be read as a selector is said once more.
    if (errors.count > before) errors.invalid(at.index(i), null, 'invalid label selector.');
  });
});

function rulesOf<T extends Role | ClusterRole>(validateBody: (role: T, errors: FieldErrors) => void): RulesOf<T> {
  const validate = (role: T, errors: FieldErrors) => {
    validateObjectMeta(role, pathSegmentName, errors);
    validateBody(role, errors);
  };
  return {
    validate: (role) => findings((errors) => validate(role, errors)),
    validateUpdate: (next, before) =>
      findings((errors) => {
        validateAnyReplacedMeta(next, before, errors);
        validate(next, errors);
        validateObjectMetaUpdate(next, before, errors);
      }),
  };
}

function validateRules({ rules }: Role | ClusterRole, isNamespaced: boolean, errors: FieldErrors): void {
  rules?.forEach((rule, i) => validateRule(rule, isNamespaced, root('rules').index(i), errors));
}

function validateRule({ verbs, nonResourceURLs, apiGroups, resources, resourceNames }: PolicyRule, isNamespaced: boolean, at: Path, errors: FieldErrors): void {
  if (!verbs?.length) errors.required(at.child('verbs'), 'verbs must contain at least one value');
  if (nonResourceURLs?.length) {
    const field = at.child('nonResourceURLs');
    if (isNamespaced) errors.invalid(field, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs');
    if (!apiGroups?.length && !resources?.length && !resourceNames?.length) return;
    errors.invalid(field, nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs');
    return;
  }
  if (!apiGroups?.length) errors.required(at.child('apiGroups'), 'resource rules must supply at least one api group');
  if (!resources?.length) errors.required(at.child('resources'), 'resource rules must supply at least one resource');
}
