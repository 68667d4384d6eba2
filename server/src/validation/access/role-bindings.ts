// Rules for bindings of roles. The role that a binding is for cannot be exchanged.
import { isEqual } from '../../kube/equal.ts';
import { checkDns1123Subdomain, checkPathSegmentName } from '../../kube/names.ts';
import type { ClusterRoleBinding, RbacV1Subject, RoleBinding, RoleRef } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { pathSegmentName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';

export const roleBindingRules: RulesOf<RoleBinding> = rulesOf(true);
export const clusterRoleBindingRules: RulesOf<ClusterRoleBinding> = rulesOf(false);

const group = 'rbac.authorization.k8s.io';

function rulesOf<T extends RoleBinding | ClusterRoleBinding>(isNamespaced: boolean): RulesOf<T> {
  const validate = (binding: T, errors: FieldErrors) => {
    validateObjectMeta(binding, pathSegmentName, errors);
    validateRoleRef(binding.roleRef, isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'], errors);
    binding.subjects?.forEach((subject, i) => validateSubject(subject, isNamespaced, root('subjects').index(i), errors));
  };
  return {
    validate: (binding) => findings((errors) => validate(binding, errors)),
    validateUpdate: (next, before) =>
      findings((errors) => {
        validateAnyReplacedMeta(next, before, errors);
        validate(next, errors);
        validateObjectMetaUpdate(next, before, errors);
        if (!isEqual(next.roleRef, before.roleRef)) errors.invalid(root('roleRef'), goStruct('RoleRef', next.roleRef), 'cannot change roleRef');
      }),
  };
}

function validateRoleRef({ apiGroup = '', kind = '', name = '' }: RoleRef, kinds: readonly string[], errors: FieldErrors): void {
  const at = root('roleRef');
  if (apiGroup !== group) errors.notSupported(at.child('apiGroup'), apiGroup, [group]);
  if (!kinds.includes(kind)) errors.notSupported(at.child('kind'), kind, kinds);
  if (!name) errors.required(at.child('name'));
  else errors.invalidEach(at.child('name'), name, checkPathSegmentName(name));
}

function validateSubject({ kind = '', name = '', namespace, apiGroup = '' }: RbacV1Subject, isNamespaced: boolean, at: Path, errors: FieldErrors): void {
  if (!name) errors.required(at.child('name'));
  if (kind === 'ServiceAccount') {
    if (name) errors.invalidEach(at.child('name'), name, checkDns1123Subdomain(name));
    if (apiGroup) errors.notSupported(at.child('apiGroup'), apiGroup, ['']);
    if (!isNamespaced && !namespace) errors.required(at.child('namespace'));
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== group) errors.notSupported(at.child('apiGroup'), apiGroup, [group]);
  } else errors.notSupported(at.child('kind'), kind, ['ServiceAccount', 'User', 'Group']);
}
