// MutatingAdmissionPolicies and their bindings (pkg/apis/admissionregistration/validation/validation.go).
import type {
  ApplyConfiguration,
  JSONPatch,
  MatchResources,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingAdmissionPolicySpec,
  Mutation,
} from '../../schema/generated/types.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root, type Path } from '../path.ts';
import { validateBoundPolicy, validateFrame, validateVariables } from './admission-policy.ts';
import { programsOf } from './policy-programs.ts';

export const mutatingAdmissionPolicyRules: RulesOf<MutatingAdmissionPolicy> = {
  validate: (policy) =>
    findings((errors) => {
      validateObjectMeta(policy, subdomainName, errors);
      validatePolicy(policy.spec, root('spec'), errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validatePolicy(next.spec, root('spec'), errors);
    }),
};

export const mutatingAdmissionPolicyBindingRules: RulesOf<MutatingAdmissionPolicyBinding> = {
  validate: (binding) =>
    findings((errors) => {
      validateObjectMeta(binding, subdomainName, errors);
      validateBinding(binding, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateBinding(next, errors);
    }),
};

const operations = ['*', 'CONNECT', 'CREATE', 'UPDATE'];
const patchTypes = ['ApplyConfiguration', 'JSONPatch'];
const reinvocationPolicies = ['IfNeeded', 'Never'];

function validatePolicy(spec: MutatingAdmissionPolicySpec, at: Path, errors: FieldErrors): void {
  const { matchConstraints, mutations = [], reinvocationPolicy } = spec;
  validateFrame(spec, at, errors, () => matchConstraints && validateOperations(matchConstraints, at.child('matchConstraints'), errors));
  validateVariables(spec.variables ?? [], programsOf(spec).variables, at.child('variables'), errors);
  if (mutations.length === 0) errors.required(at.child('mutations'), 'mutations must contain at least one item');
  mutations.forEach((mutation, i) => validateMutation(mutation, at.child('mutations').index(i), errors));
  if (!reinvocationPolicy) errors.required(at.child('reinvocationPolicy'));
  else if (!reinvocationPolicies.includes(reinvocationPolicy)) errors.notSupported(at.child('reinvocationPolicy'), reinvocationPolicy, reinvocationPolicies);
}

/** What is deleted is not changed before. The server leaves out the indexes. */
function validateOperations({ resourceRules = [] }: MatchResources, at: Path, errors: FieldErrors): void {
  for (const operation of resourceRules.flatMap((rule) => rule.operations ?? [])) {
    if (!operations.includes(operation)) errors.notSupported(at.child('resourceRules').child('operations'), operation, operations);
  }
}

function validateMutation({ patchType, jsonPatch, applyConfiguration }: Mutation, at: Path, errors: FieldErrors): void {
  if (!patchType) return errors.required(at.child('patchType'));
  if (!patchTypes.includes(patchType)) return errors.notSupported(at.child('patchType'), patchType, patchTypes);
  const isJson = patchType === 'JSONPatch';
  const [field, other] = isJson ? ['jsonPatch', 'applyConfiguration'] : ['applyConfiguration', 'jsonPatch'];
  const [change, unwanted] = isJson ? [jsonPatch, applyConfiguration] : [applyConfiguration, jsonPatch];
  if (!change) errors.required(at.child(field!), `must be specified when patchType is ${patchType}`);
  else validateExpression(change, at.child(field!), errors);
  if (unwanted) errors.invalid(at.child(other!), `{${other}}`, `must not be specified when patchType is ${patchType}`);
  return undefined;
}

// Objects that an expression makes have types of their own: whether it compiles is not looked at.
function validateExpression({ expression }: ApplyConfiguration | JSONPatch, at: Path, errors: FieldErrors): void {
  if (!expression?.trim()) errors.required(at.child('expression'));
}

function validateBinding({ spec }: MutatingAdmissionPolicyBinding, errors: FieldErrors): void {
  const at = root('spec');
  validateBoundPolicy(spec, at, errors);
  if (spec.matchResources) validateOperations(spec.matchResources, at.child('matchResources'), errors);
}
