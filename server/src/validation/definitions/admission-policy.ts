// ValidatingAdmissionPolicies and their bindings (pkg/apis/admissionregistration/validation/validation.go).
import { checkCIdentifier, checkQualifiedName } from '../../kube/names.ts';
import type {
  MatchResources,
  NamedRuleWithOperations,
  ParamRef,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../schema/generated/types.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root, type Path } from '../path.ts';
import { programsOf, type Compiled } from './policy-programs.ts';

export const validatingAdmissionPolicyRules: RulesOf<ValidatingAdmissionPolicy> = {
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

export const validatingAdmissionPolicyBindingRules: RulesOf<ValidatingAdmissionPolicyBinding> = {
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

const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'];

function validatePolicy(spec: ValidatingAdmissionPolicy['spec'], at: Path, errors: FieldErrors): void {
  const { failurePolicy, paramKind, matchConstraints, matchConditions = [], variables = [], validations = [], auditAnnotations = [] } = spec;
  if (failurePolicy !== undefined && !['Fail', 'Ignore'].includes(failurePolicy))
    errors.notSupported(at.child('failurePolicy'), failurePolicy, ['Fail', 'Ignore']);
  if (paramKind) {
    if (!paramKind.apiVersion) errors.required(at.child('paramKind').child('apiVersion'));
    if (!paramKind.kind) errors.required(at.child('paramKind').child('kind'));
  }
  if (!matchConstraints) errors.required(at.child('matchConstraints'));
  else validateMatch(matchConstraints, at.child('matchConstraints'), errors, true);
  const programs = programsOf(spec);
  matchConditions.forEach(({ name, expression }, i) => {
    const place = at.child('matchConditions').index(i);
    expressionAt(expression, programs.conditions[i]!, place.child('expression'), errors);
    if (!name) errors.required(place.child('name'));
    else errors.invalidEach(place.child('name'), name, checkQualifiedName(name));
  });
  variables.forEach(({ name, expression }, i) => {
    const place = at.child('variables').index(i);
    if (!name) errors.required(place.child('name'), 'name is not specified');
    else if (checkCIdentifier(name).length > 0) errors.invalid(place.child('name'), name, 'name is not a valid CEL identifier');
    expressionAt(expression, programs.variables[i]!, place.child('expression'), errors);
  });
  if (validations.length === 0 && auditAnnotations.length === 0) {
    errors.required(at.child('validations'), 'validations or auditAnnotations must be non-empty');
    errors.required(at.child('auditAnnotations'), 'validations or auditAnnotations must be non-empty');
  }
  validations.forEach(({ expression, message, reason }, i) => {
    const place = at.child('validations').index(i);
    const program = programs.validations[i]!;
    expressionAt(expression, program.expression, place.child('expression'), errors);
    if (program.message && 'error' in program.message)
      errors.invalid(place.child('messageExpression'), validations[i]!.messageExpression, program.message.error);
    if (message && message.trim() === '') errors.invalid(place.child('message'), message, 'message must be non-empty if specified');
    else if (message?.includes('\n')) errors.invalid(place.child('message'), message, 'message must not contain line breaks');
    if (reason !== undefined && !reasons.includes(reason)) errors.notSupported(place.child('reason'), reason, reasons);
  });
  auditAnnotations.forEach(({ key, valueExpression }, i) => {
    const place = at.child('auditAnnotations').index(i);
    if (!key) errors.required(place.child('key'));
    expressionAt(valueExpression, programs.annotations[i]!, place.child('valueExpression'), errors);
  });
}

function expressionAt(expression: string, program: Compiled, at: Path, errors: FieldErrors): void {
  if (!expression?.trim()) errors.required(at, 'expression is not specified');
  else if ('error' in program) errors.invalid(at, expression, program.error);
}

const operations = ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'];
const scopes = ['*', 'Cluster', 'Namespaced'];

function validateMatch(
  { matchPolicy, resourceRules = [], excludeResourceRules = [] }: MatchResources,
  at: Path,
  errors: FieldErrors,
  needsRules: boolean,
): void {
  if (matchPolicy !== undefined && !['Equivalent', 'Exact'].includes(matchPolicy))
    errors.notSupported(at.child('matchPolicy'), matchPolicy, ['Equivalent', 'Exact']);
  if (needsRules && resourceRules.length === 0) errors.required(at.child('resourceRules'));
  resourceRules.forEach((rule, i) => validateRule(rule, at.child('resourceRules').index(i), errors));
  excludeResourceRules.forEach((rule, i) => validateRule(rule, at.child('excludeResourceRules').index(i), errors));
}

function validateRule(rule: NamedRuleWithOperations, at: Path, errors: FieldErrors): void {
  if (!rule.operations?.length) errors.required(at.child('operations'));
  rule.operations?.forEach((one, i) => {
    if (!operations.includes(one)) errors.notSupported(at.child('operations').index(i), one, [...operations].sort());
  });
  if (rule.operations?.includes('*') && rule.operations.length > 1)
    errors.invalid(at.child('operations'), rule.operations, "if '*' is present, must not specify other operations");
  for (const field of ['apiGroups', 'apiVersions', 'resources'] as const) {
    const values = rule[field] ?? [];
    const what = field === 'apiGroups' ? 'API groups' : field === 'apiVersions' ? 'API versions' : undefined;
    if (values.length === 0) errors.required(at.child(field));
    if (what && values.includes('*') && values.length > 1) errors.invalid(at.child(field), values, `if '*' is present, must not specify other ${what}`);
    values.forEach((one, i) => {
      if (one === '' && field !== 'apiGroups') errors.required(at.child(field).index(i));
    });
  }
  if (rule.scope !== undefined && !scopes.includes(rule.scope)) errors.notSupported(at.child('scope'), rule.scope, scopes);
}

const actions = ['Audit', 'Deny', 'Warn'];

function validateBinding({ spec }: ValidatingAdmissionPolicyBinding, errors: FieldErrors): void {
  const at = root('spec');
  if (!spec.policyName) errors.required(at.child('policyName'));
  else errors.invalidEach(at.child('policyName'), spec.policyName, subdomainName(spec.policyName, false));
  if (spec.paramRef) validateParamRef(spec.paramRef, at.child('paramRef'), errors);
  if (spec.matchResources) validateMatch(spec.matchResources, at.child('matchResources'), errors, false);
  const place = at.child('validationActions');
  const chosen = spec.validationActions ?? [];
  if (chosen.length === 0) errors.required(place, 'at least one validation action is required');
  chosen.forEach((one, i) => {
    if (!actions.includes(one)) errors.notSupported(place.index(i), one, actions);
    else if (chosen.indexOf(one) < i) errors.duplicate(place.index(i), one);
  });
  if (chosen.includes('Deny') && chosen.includes('Warn'))
    errors.invalid(
      place,
      chosen,
      'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
    );
}

function validateParamRef({ name, selector, parameterNotFoundAction }: ParamRef, at: Path, errors: FieldErrors): void {
  if (!name && !selector) errors.required(at, 'one of name or selector must be specified');
  else if (name && selector) errors.forbidden(at.child('name'), 'name and selector are mutually exclusive');
  if (parameterNotFoundAction === undefined) errors.required(at.child('parameterNotFoundAction'));
  else if (!['Allow', 'Deny'].includes(parameterNotFoundAction))
    errors.notSupported(at.child('parameterNotFoundAction'), parameterNotFoundAction, ['Deny', 'Allow']);
}
