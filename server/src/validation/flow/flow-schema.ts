// Rules for flow schemas: which requests belong to which priority level.
import { isEqual } from '../../kube/equal.ts';
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import type {
  FlowcontrolV1Subject,
  FlowSchema,
  FlowSchemaSpec,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
  ServiceAccountSubject,
} from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { mandatoryFlowSchemas } from './mandatory.ts';
import { validateFlowStatus } from './status.ts';

const at = root('spec');
const maxPrecedence = 10_000;
const distinguishers = ['ByNamespace', 'ByUser'];
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch'];

export const flowSchemaRules: RulesOf<FlowSchema> = {
  validate: (schema) => findings((errors) => validateSchema(schema, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateSchema(next, errors);
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateFlowStatus(next.status, errors);
    }),
};

function validateSchema(schema: FlowSchema, errors: FieldErrors): void {
  const { name } = schema.metadata;
  const spec = schema.spec ?? ({} as FlowSchemaSpec);
  validateObjectMeta(schema, subdomainName, errors);
  validateSpec(spec, name, errors);
  if (Object.hasOwn(mandatoryFlowSchemas, name) && !isEqual(spec, mandatoryFlowSchemas[name])) {
    errors.invalid(at, goStruct('FlowSchemaSpec', spec), `spec of '${name}' must equal the fixed value`);
  }
  validateFlowStatus(schema.status, errors);
}

function validateSpec(
  { matchingPrecedence = 0, distinguisherMethod, priorityLevelConfiguration, rules }: FlowSchemaSpec,
  name: string,
  errors: FieldErrors,
): void {
  const precedence = at.child('matchingPrecedence');
  if (matchingPrecedence <= 0) errors.invalid(precedence, matchingPrecedence, 'must be a positive value');
  if (matchingPrecedence > maxPrecedence) errors.invalid(precedence, matchingPrecedence, `must not be greater than ${maxPrecedence}`);
  if (matchingPrecedence === 1 && name !== 'exempt') {
    errors.invalid(precedence, matchingPrecedence, "only the schema named 'exempt' may have matchingPrecedence 1");
  }
  if (distinguisherMethod && !distinguishers.includes(distinguisherMethod.type)) {
    const printed = goStruct('FlowDistinguisherMethod', distinguisherMethod);
    errors.notSupported(at.child('distinguisherMethod').child('type'), printed, distinguishers);
  }
  const level = priorityLevelConfiguration?.name;
  const levelAt = at.child('priorityLevelConfiguration').child('name');
  if (level) errors.invalidEach(levelAt, level, checkDns1123Subdomain(level));
  else errors.required(levelAt, 'must reference a priority level');
  rules?.forEach((rule, i) => validateRules(rule, at.child('rules').index(i), errors));
}

function validateRules({ subjects = [], resourceRules = [], nonResourceRules = [] }: PolicyRulesWithSubjects, field: Path, errors: FieldErrors): void {
  subjects?.forEach((subject, i) => validateSubject(subject, field.child('subjects').index(i), errors));
  if (!subjects?.length) errors.required(field.child('subjects'), 'subjects must contain at least one value');
  if (resourceRules.length === 0 && nonResourceRules.length === 0) {
    errors.required(field, 'at least one of resourceRules and nonResourceRules has to be non-empty');
  }
  resourceRules.forEach((rule, i) => validateResourceRule(rule, field.child('resourceRules').index(i), errors));
  nonResourceRules.forEach((rule, i) => validateNonResourceRule(rule, field.child('nonResourceRules').index(i), errors));
}

// ---- subjects ----

/** In the order in which the server refuses those that the kind does not name. */
const refusedFor: Readonly<Record<string, readonly (readonly [field: 'user' | 'group' | 'serviceAccount', kind: string])[]>> = {
  ServiceAccount: [
    ['user', 'User'],
    ['group', 'Group'],
  ],
  User: [
    ['serviceAccount', 'ServiceAccount'],
    ['group', 'Group'],
  ],
  Group: [
    ['serviceAccount', 'ServiceAccount'],
    ['user', 'User'],
  ],
};

function validateSubject(subject: FlowcontrolV1Subject, field: Path, errors: FieldErrors): void {
  const { kind = '' } = subject;
  if (!Object.hasOwn(refusedFor, kind)) return errors.notSupported(field.child('kind'), kind, ['Group', 'ServiceAccount', 'User']);
  if (kind === 'ServiceAccount') validateAccount(subject.serviceAccount, field.child('serviceAccount'), errors);
  else validateNamed(kind === 'User' ? 'user' : 'group', subject, field, errors);
  for (const [other, otherKind] of refusedFor[kind]!) {
    if (subject[other]) errors.forbidden(field.child(other), `${other} is forbidden when subject kind is not '${otherKind}'`);
  }
  return undefined;
}

function validateNamed(what: 'user' | 'group', subject: FlowcontrolV1Subject, field: Path, errors: FieldErrors): void {
  if (!subject[what]) errors.required(field.child(what), `${what} is required when subject kind is '${what === 'user' ? 'User' : 'Group'}'`);
  else if (!subject[what].name) errors.required(field.child(what).child('name'));
}

function validateAccount(account: ServiceAccountSubject | undefined, field: Path, errors: FieldErrors): void {
  if (!account) return errors.required(field, "serviceAccount is required when subject kind is 'ServiceAccount'");
  const { name, namespace } = account;
  if (!name) errors.required(field.child('name'));
  else if (name !== '*') errors.invalidEach(field.child('name'), name, checkDns1123Subdomain(name));
  if (namespace) errors.invalidEach(field.child('namespace'), namespace, checkDns1123Label(namespace));
  else errors.required(field.child('namespace'), 'must specify namespace for service account');
  return undefined;
}

// ---- rules ----

function validateVerbs(given: readonly string[], field: Path, errors: FieldErrors): void {
  if (given.length === 0) errors.required(field, 'verbs must contain at least one value');
  else if (given.includes('*')) validateAlone(given, 'verbs', field, errors);
  else if (given.some((verb) => !verbs.includes(verb))) errors.notSupported(field, given, verbs);
}

function validateAlone(given: readonly string[], what: string, field: Path, errors: FieldErrors): void {
  if (given.length > 1 && given.includes('*')) errors.invalid(field, given, `if '*' is present, must not specify other ${what}`);
}

function validateResourceRule(rule: ResourcePolicyRule, field: Path, errors: FieldErrors): void {
  const { apiGroups, resources, clusterScope } = rule;
  const namespaces = rule.namespaces ?? [];
  validateVerbs(rule.verbs ?? [], field.child('verbs'), errors);
  if (!apiGroups?.length) errors.required(field.child('apiGroups'), 'resource rules must supply at least one api group');
  else validateAlone(apiGroups, 'api groups', field.child('apiGroups'), errors);
  if (!resources?.length) errors.required(field.child('resources'), 'resource rules must supply at least one resource');
  else validateAlone(resources, 'resources', field.child('resources'), errors);
  const at = field.child('namespaces');
  if (namespaces.length === 0 && !clusterScope) errors.required(at, 'resource rules that are not cluster scoped must supply at least one namespace');
  else if (namespaces.includes('*')) validateAlone(namespaces, 'namespaces', at, errors);
  else {
    namespaces.forEach((namespace, i) => {
      const problems = checkDns1123Label(namespace).map((problem) => `each member of this list must be '*' or a DNS-1123 label; ${problem}`);
      errors.invalidEach(at.index(i), namespace, problems);
    });
  }
}

function validateNonResourceRule({ verbs: given, nonResourceURLs: urls }: NonResourcePolicyRule, field: Path, errors: FieldErrors): void {
  validateVerbs(given ?? [], field.child('verbs'), errors);
  const at = field.child('nonResourceURLs');
  if (!urls?.length) errors.required(at, 'nonResourceURLs must contain at least one value');
  else if (urls.includes('*')) validateAlone(urls, 'non-resource URLs', at, errors);
  else {
    urls.forEach((url, i) => {
      const problem = problemOfUrl(url);
      if (problem !== undefined) errors.invalid(at.index(i), url, problem);
    });
  }
}

function problemOfUrl(url: string): string | undefined {
  if (url === '') return 'must not be empty';
  if (url === '/') return undefined;
  if (!url.startsWith('/')) return 'must start with slash';
  if (url.includes(' ')) return 'must not contain white-space';
  if (url.includes('//')) return 'must not contain double slash';
  const wildcards = url.split('*').length - 1;
  return wildcards > 1 || (wildcards === 1 && !url.endsWith('/*')) ? 'wildcard can only do suffix matching' : undefined;
}
