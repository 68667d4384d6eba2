// What admission policies and their bindings are about: which requests, and which objects parametrise them
// (pkg/apis/admissionregistration/validation/validation.go).
import { checkDns1035Label, checkDns1123Subdomain, checkPathSegmentName } from '../../kube/names.ts';
import type { MatchResources, NamedRuleWithOperations, ParamKind, ParamRef } from '../../schema/generated/types.ts';
import { validateRuleWithOperations } from '../extension/webhook-rules.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateLabelSelector } from '../metadata/labels.ts';
import type { Path } from '../path.ts';

const matchPolicies = ['Equivalent', 'Exact'];
const parameterActions = ['Deny', 'Allow'];

export function validateMatchResources(match: MatchResources, at: Path, errors: FieldErrors): void {
  const { matchPolicy, namespaceSelector, objectSelector, resourceRules, excludeResourceRules } = match;
  if (matchPolicy === undefined) errors.required(at.child('matchPolicy'));
  else if (!matchPolicies.includes(matchPolicy)) errors.notSupported(at.child('matchPolicy'), matchPolicy, matchPolicies);
  validateLabelSelector(namespaceSelector, at.child('namespaceSelector'), errors);
  validateLabelSelector(objectSelector, at.child('objectSelector'), errors);
  resourceRules?.forEach((rule, i) => validateNamedRule(rule, at.child('resourceRules').index(i), errors));
  excludeResourceRules?.forEach((rule, i) => validateNamedRule(rule, at.child('excludeResourceRules').index(i), errors));
}

function validateNamedRule(rule: NamedRuleWithOperations, at: Path, errors: FieldErrors): void {
  const seen = new Set<string>();
  rule.resourceNames?.forEach((name, i) => {
    const place = at.child('resourceNames').index(i);
    errors.invalidEach(place, name, checkPathSegmentName(name));
    if (seen.has(name)) errors.duplicate(place, name);
    seen.add(name);
  });
  validateRuleWithOperations(rule, at, errors);
}

export function validateParamKind({ apiVersion = '', kind = '' }: ParamKind, at: Path, errors: FieldErrors): void {
  validateParamVersion(apiVersion, at.child('apiVersion'), errors);
  const problems = checkDns1035Label(kind.toLowerCase());
  if (!kind) errors.required(at.child('kind'));
  else if (problems.length > 0) errors.invalid(at.child('kind'), kind, `may have mixed case, but should otherwise match: ${problems.join(',')}`);
}

function validateParamVersion(apiVersion: string, at: Path, errors: FieldErrors): void {
  if (!apiVersion) return errors.required(at);
  const parts = apiVersion.split('/');
  if (parts.length > 2 && apiVersion !== '/') return errors.invalid(at, apiVersion, `unexpected GroupVersion string: ${apiVersion}`);
  const version = parts.at(-1)!;
  const group = parts.length > 1 ? parts[0]! : '';
  const check = (text: string, problems: readonly string[]) => void (problems.length > 0 && errors.invalid(at, text, problems.join(',')));
  if (group) check(group, checkDns1123Subdomain(group));
  if (version) check(version, checkDns1035Label(version));
  else errors.invalid(at, apiVersion, 'version must be specified');
  return undefined;
}

export function validateParamRef({ name, selector, parameterNotFoundAction: action }: ParamRef, at: Path, errors: FieldErrors): void {
  const exclusive = 'name and selector are mutually exclusive';
  if (name) {
    errors.invalidEach(at.child('name'), name, checkPathSegmentName(name));
    if (selector) errors.forbidden(at.child('name'), exclusive);
  }
  if (selector) {
    validateLabelSelector(selector, at.child('selector'), errors);
    if (name) errors.forbidden(at.child('selector'), exclusive);
  }
  if (!name && !selector) errors.required(at, 'one of name or selector must be specified');
  if (!action) errors.required(at.child('parameterNotFoundAction'));
  else if (!parameterActions.includes(action)) errors.notSupported(at.child('parameterNotFoundAction'), action, parameterActions);
}
