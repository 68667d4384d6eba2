// Rules for resource quotas.
import { isEqual } from '../../kube/equal.ts';
import { compareQuantities, formatQuantity, quantityOf } from '../../kube/quantity.ts';
import type { ResourceQuota, ResourceQuotaSpec, ScopedResourceSelectorRequirement, ScopeSelector } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import type { ResourceList } from '../pod/resources.ts';
import { isHugePages, validateResourceAmount, validateResourceName } from '../pod/resources.ts';
import { goStruct } from '../text/go-struct.ts';

export const resourceQuotaRules: RulesOf<ResourceQuota> = {
  validate: (quota) =>
    findings((errors) => {
      validateObjectMeta(quota, subdomainName, errors);
      validateSpec(quota.spec ?? {}, errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateSpec(next.spec ?? {}, errors);
      const [scopes, old] = [next.spec?.scopes ?? [], before.spec?.scopes ?? []];
      if (!isEqual([...new Set(scopes)].sort(), [...new Set(old)].sort())) errors.invalid(at.child('scopes'), next.spec?.scopes ?? null, 'field is immutable');
    }),
  validateStatusUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateAmounts(next.status?.hard, root('status', 'hard'), errors);
      validateAmounts(next.status?.used, root('status', 'used'), errors);
    }),
  warnings: (next, before) => (before ? [] : warningsOf(next)),
};

const at = root('spec');

function validateSpec(spec: ResourceQuotaSpec, errors: FieldErrors): void {
  validateAmounts(spec.hard, at.child('hard'), errors);
  const names = Object.keys(spec.hard ?? {}).sort();
  if (spec.scopes?.length) validateScopes(spec.scopes, names, errors);
  if (spec.scopeSelector) validateScopeSelector(spec.scopeSelector, spec, names, errors);
}

// ---- names and amounts ----

const standard = [
  'cpu memory ephemeral-storage requests.cpu requests.memory requests.storage requests.ephemeral-storage limits.cpu limits.memory limits.ephemeral-storage',
  'pods resourcequotas services replicationcontrollers secrets persistentvolumeclaims configmaps services.nodeports services.loadbalancers',
];
const standardNames = new Set(standard.join(' ').split(' '));
const isStandardName = (name: string) => standardNames.has(name) || isHugePages(name.replace(/^requests\./, ''));

function validateAmounts(amounts: Readonly<Record<string, unknown>> | undefined, path: Path, errors: FieldErrors): void {
  for (const [name, text] of Object.entries((amounts ?? {}) as ResourceList)) {
    const field = path.key(name);
    validateResourceName(name, field, errors);
    if (!name.includes('/') && !isStandardName(name)) errors.invalid(field, name, 'must be a standard resource for quota');
    validateResourceAmount(name, quantityOf(text), field, errors);
  }
}

// ---- scopes ----

const podCount = new Set(['pods']);
const podAmounts = new Set(['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory']);
/** The resources that can be counted for some objects only. */
const countable: Readonly<Record<string, ReadonlySet<string>>> = {
  Terminating: podAmounts,
  NotTerminating: podAmounts,
  BestEffort: podCount,
  NotBestEffort: podAmounts,
  PriorityClass: podAmounts,
  CrossNamespacePodAffinity: podAmounts,
  VolumeAttributesClass: new Set(['persistentvolumeclaims', 'requests.storage']),
};
const isScope = (scope: string) => Object.hasOwn(countable, scope);
const uncountable = (scope: string, names: readonly string[]) =>
  isScope(scope) ? names.filter((name) => isStandardName(name) && !(countable[scope] as ReadonlySet<string>).has(name)) : [];

function validateScopes(scopes: readonly string[], names: readonly string[], errors: FieldErrors): void {
  const field = at.child('scopes');
  for (const scope of scopes) {
    if (!isScope(scope)) errors.invalid(field, scopes, 'unsupported scope');
    for (const _ of uncountable(scope, names)) errors.invalid(field, scopes, 'unsupported scope applied to resource');
  }
  validateConflicts(scopes, field, scopes, errors);
}

function validateConflicts(scopes: readonly string[], field: Path, printed: readonly string[] | null, errors: FieldErrors): void {
  for (const [scope, opposite] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ] as const) {
    if (scopes.includes(scope) && scopes.includes(opposite)) errors.invalid(field, printed, 'conflicting scopes');
  }
}

const existsOnly = new Set(['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity']);
const existsOnlyText =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

// The server leaves out the index here.
function validateScopeSelector(selector: ScopeSelector, { scopes = [] }: ResourceQuotaSpec, names: readonly string[], errors: FieldErrors): void {
  const field = at.child('scopeSelector').child('matchExpressions');
  const requirements = selector.matchExpressions ?? [];
  for (const requirement of requirements) {
    const { scopeName = '' } = requirement;
    if (!isScope(scopeName)) errors.invalid(field.child('scopeName'), scopeName, 'unsupported scope');
    for (const _ of uncountable(scopeName, names)) {
      errors.invalid(field, goStruct('ScopeSelector', selector), 'unsupported scope applied to resource');
    }
    validateOperator(requirement, field, errors);
  }
  const named = requirements.map(({ scopeName }) => scopeName);
  validateConflicts(named, field, scopes.length > 0 ? scopes : null, errors);
}

function validateOperator({ scopeName, operator = '', values = [] }: ScopedResourceSelectorRequirement, field: Path, errors: FieldErrors): void {
  if (existsOnly.has(scopeName) && operator !== 'Exists') errors.invalid(field.child('operator'), operator, existsOnlyText);
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) errors.required(field.child('values'), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) errors.invalid(field.child('values'), values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
      break;
    default:
      errors.invalid(field.child('operator'), operator, 'not a valid selector operator');
  }
}

// ---- warnings ----

/** More requested than may be used can never be reached. */
function warningsOf({ spec }: ResourceQuota): readonly string[] {
  const hard = (spec?.hard ?? {}) as ResourceList;
  return ['cpu', 'memory', 'storage', 'ephemeral-storage'].flatMap((name) => {
    const hasBareName = name === 'cpu' || name === 'memory';
    const requestName = hard[`requests.${name}`] === undefined && hasBareName ? name : `requests.${name}`;
    const [request, limit] = [hard[requestName], hard[`limits.${name}`]];
    if (request === undefined || limit === undefined || compareQuantities(quantityOf(request), quantityOf(limit)) <= 0) return [];
    return [`ResourceQuota ${requestName} (${formatQuantity(quantityOf(request))}) should be less than limits.${name} (${formatQuantity(quantityOf(limit))})`];
  });
}
