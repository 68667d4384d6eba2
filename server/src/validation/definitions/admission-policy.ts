// ValidatingAdmissionPolicies and their bindings (pkg/apis/admissionregistration/validation/validation.go).
import { checkQualifiedName } from '../../kube/names.ts';
import type {
  AuditAnnotation,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicyBindingSpec,
  ValidatingAdmissionPolicySpec,
  Validation,
  Variable,
} from '../../schema/generated/types.ts';
import { findings, type FieldErrors } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root, type Path } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateMatchConditions } from './match-conditions.ts';
import { validateMatchResources, validateParamKind, validateParamRef } from './match-resources.ts';
import { programsOf, type Compiled, type PolicyPrograms } from './policy-programs.ts';

export const validatingAdmissionPolicyRules: RulesOf<ValidatingAdmissionPolicy> = {
  validate: (policy) =>
    findings((errors) => {
      validateObjectMeta(policy, subdomainName, errors);
      validatePolicy(policy, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validatePolicy(next, errors);
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

const failurePolicies = ['Fail', 'Ignore'];
const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const mostAnnotations = 20;
const longestValueExpression = 5 * 1024;

type Frame = Pick<ValidatingAdmissionPolicySpec, 'failurePolicy' | 'paramKind' | 'matchConstraints' | 'matchConditions'>;

/** What policies of both sorts have. `constrain`: what else is asked of the requests that they are about. */
export function validateFrame(spec: Frame, at: Path, errors: FieldErrors, constrain?: () => void): void {
  const { failurePolicy, paramKind, matchConstraints, matchConditions = [] } = spec;
  if (failurePolicy === undefined) errors.required(at.child('failurePolicy'));
  else if (!failurePolicies.includes(failurePolicy)) errors.notSupported(at.child('failurePolicy'), failurePolicy, failurePolicies);
  if (paramKind) validateParamKind(paramKind, at.child('paramKind'), errors);
  const place = at.child('matchConstraints');
  if (!matchConstraints) errors.required(place);
  else {
    validateMatchResources(matchConstraints, place, errors);
    if (!matchConstraints.resourceRules?.length) errors.required(place.child('resourceRules'));
  }
  constrain?.();
  validateMatchConditions(matchConditions, paramKind !== undefined, at.child('matchConditions'), errors);
}

/** Words of the language that no variable may be called by. */
const reserved = new Set('true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '));

export function validateVariables(variables: readonly Variable[], programs: readonly Compiled[], at: Path, errors: FieldErrors): void {
  variables.forEach(({ name, expression }, i) => {
    const place = at.index(i);
    if (!name?.trim()) errors.required(place.child('name'), 'name is not specified');
    else if (!/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) || reserved.has(name)) errors.invalid(place.child('name'), name, 'must be a valid CEL identifier');
    expressionAt(expression, programs[i]!, place.child('expression'), errors);
  });
}

function validatePolicy({ metadata, spec }: ValidatingAdmissionPolicy, errors: FieldErrors): void {
  const at = root('spec');
  const { variables = [], validations = [], auditAnnotations = [] } = spec;
  validateFrame(spec, at, errors);
  const programs = programsOf(spec);
  validateVariables(variables, programs.variables, at.child('variables'), errors);
  if (validations.length === 0 && auditAnnotations.length === 0) {
    for (const field of ['validations', 'auditAnnotations'] as const) {
      errors.required(at.child(field), 'validations or auditAnnotations must contain at least one item');
    }
    return;
  }
  validations.forEach((validation, i) => validateValidation(validation, programs.validations[i]!, at.child('validations').index(i), errors));
  validateAnnotations(auditAnnotations, metadata.name, programs.annotations, at.child('auditAnnotations'), errors);
}

function validateValidation(validation: Validation, program: PolicyPrograms['validations'][number], at: Path, errors: FieldErrors): void {
  const { expression, message = '', messageExpression = '', reason } = validation;
  expressionAt(expression, program.expression, at.child('expression'), errors);
  if (messageExpression !== '' && messageExpression.trim() === '') {
    errors.invalid(at.child('messageExpression'), messageExpression, 'must be non-empty if specified');
  } else if (program.message && 'error' in program.message) errors.invalid(at.child('messageExpression'), messageExpression, program.message.error);
  if (message !== '' && message.trim() === '') errors.invalid(at.child('message'), message, 'must be non-empty if specified');
  else if (/[\n\r]/.test(message.trim())) errors.invalid(at.child('message'), message, 'must not contain line breaks');
  if (reason !== undefined && !reasons.includes(reason)) errors.notSupported(at.child('reason'), reason, reasons);
}

/** The name of the policy stands in front of the keys. */
function validateAnnotations(annotations: readonly AuditAnnotation[], policy: string, programs: readonly Compiled[], at: Path, errors: FieldErrors): void {
  if (annotations.length > mostAnnotations) {
    const printed = annotations.map((annotation) => goStruct('AuditAnnotation', annotation));
    errors.invalid(at, printed, `must not have more than ${mostAnnotations} auditAnnotations`);
  }
  const seen = new Set<string>();
  annotations.forEach(({ key = '', valueExpression = '' }, i) => {
    const place = at.index(i);
    const program = programs[i]!;
    if (policy) errors.invalidEach(place.child('key'), `${policy}/${key}`, checkQualifiedName(`${policy}/${key}`));
    else errors.invalid(place.child('key'), key, 'requires metadata.name be non-empty');
    const value = place.child('valueExpression');
    if (valueExpression.trim() === '') errors.required(value, 'valueExpression is not specified');
    else if (valueExpression.trim().length > longestValueExpression) errors.required(value, `must not exceed ${longestValueExpression} bytes in length`);
    else if ('error' in program) errors.invalid(value, valueExpression, program.error);
    if (seen.has(key)) errors.duplicate(place.child('key'), key);
    seen.add(key);
  });
}

function expressionAt(expression: string, program: Compiled, at: Path, errors: FieldErrors): void {
  if (!expression?.trim()) errors.required(at, 'expression is not specified');
  else if ('error' in program) errors.invalid(at, expression, program.error);
}

const actions = ['Audit', 'Deny', 'Warn'];

type Binding = Partial<Pick<ValidatingAdmissionPolicyBindingSpec, 'policyName' | 'paramRef' | 'matchResources'>>;

/** What bindings of both sorts have. */
export function validateBoundPolicy(spec: Binding, at: Path, errors: FieldErrors): void {
  if (!spec.policyName) errors.required(at.child('policyName'));
  else errors.invalidEach(at.child('policyName'), spec.policyName, subdomainName(spec.policyName, false));
  if (spec.paramRef) validateParamRef(spec.paramRef, at.child('paramRef'), errors);
  if (spec.matchResources) validateMatchResources(spec.matchResources, at.child('matchResources'), errors);
}

function validateBinding({ spec }: ValidatingAdmissionPolicyBinding, errors: FieldErrors): void {
  const at = root('spec');
  validateBoundPolicy(spec, at, errors);
  const place = at.child('validationActions');
  const chosen = spec.validationActions ?? [];
  chosen.forEach((one, i) => {
    if (!actions.includes(one)) errors.notSupported(place.index(i), one, actions);
    if (chosen.indexOf(one) < i) errors.duplicate(place.index(i), one);
  });
  if (chosen.includes('Deny') && chosen.includes('Warn')) {
    const why = 'repeating the same validation failure information in the API response and headers serves no purpose';
    errors.invalid(place, chosen, `must not contain both Deny and Warn (${why})`);
  }
  if (chosen.length === 0) errors.required(place, 'at least one validation action is required');
}
