// Whether a policy or a binding is about a request (apiserver/pkg/admission/plugin/policy/matching).
import { matches, selectorOf } from '../../../../kube/label-selector.ts';
import type { Namespace, MatchResources, NamedRuleWithOperations } from '../../../../schema/generated/types.ts';
import type { RegistryContext } from '../../context.ts';
import type { AdmissionRequest } from '../request.ts';

export function matchesRequest({ store }: RegistryContext, match: MatchResources | undefined, request: AdmissionRequest): boolean {
  if (!match) return true;
  const { resourceRules, excludeResourceRules = [], namespaceSelector, objectSelector, matchPolicy } = match;
  const isExact = matchPolicy === 'Exact';
  if (excludeResourceRules.some((rule) => ruleMatches(rule, request, isExact))) return false;
  if (resourceRules && resourceRules.length > 0 && !resourceRules.some((rule) => ruleMatches(rule, request, isExact))) return false;
  if (!namespaceMatches(store, namespaceSelector, request)) return false;
  if (!objectSelector) return true;
  return [request.object, request.before].some((object) => object !== undefined && selects(objectSelector, object.metadata.labels));
}

type LabelSelector = NonNullable<MatchResources['objectSelector']>;

function selects(selector: LabelSelector, labels: Readonly<Record<string, string>> = {}): boolean {
  const read = selectorOf(selector);
  return 'selector' in read && matches(read.selector, labels);
}

/** A namespace is in itself; what is in no namespace is always chosen. */
function namespaceMatches(store: RegistryContext['store'], selector: LabelSelector | undefined, { strategy, object }: AdmissionRequest): boolean {
  if (!selector) return true;
  if (strategy.resource === 'namespaces') return selects(selector, object.metadata.labels);
  const { namespace } = object.metadata;
  if (namespace === undefined) return true;
  return selects(selector, store.get<Namespace>('namespaces', undefined, namespace)?.metadata.labels);
}

const has = (list: readonly string[] | undefined, value: string): boolean => list?.some((one) => one === '*' || one === value) ?? false;

/** Without `isExact` another version of the resource counts as the same. */
function ruleMatches(rule: NamedRuleWithOperations, { operation, strategy: { info }, object, write }: AdmissionRequest, isExact: boolean): boolean {
  if (!has(rule.operations, operation) || !has(rule.apiGroups, info.group)) return false;
  if (isExact && !has(rule.apiVersions, info.version)) return false;
  if (rule.resourceNames?.length && !rule.resourceNames.includes(object.metadata.name)) return false;
  if (rule.scope === 'Cluster' && info.namespaced) return false;
  if (rule.scope === 'Namespaced' && !info.namespaced) return false;
  const { subresource } = write;
  return rule.resources?.some((one) => resourceMatches(one, info.resource, subresource)) ?? false;
}

/** 'pods', 'pods/status', '*', '*\/scale', 'pods/*', '*\/*'. */
function resourceMatches(pattern: string, resource: string, subresource: string | undefined): boolean {
  const [main, sub] = pattern.split('/');
  if (main !== '*' && main !== resource) return false;
  return sub === '*' || sub === subresource;
}
