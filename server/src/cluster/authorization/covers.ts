// Whether what somebody holds includes what they want to give (component-helpers/auth/rbac/validation), and what is missing, in words.
import { quote } from '../../kube/quote.ts';
import type { PolicyRule } from '../../schema/generated/types.ts';
import { coversPath } from './rule.ts';

/** The parts of `wanted` that no single rule of `held` includes, each with one verb and one resource. */
export function uncovered(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): readonly PolicyRule[] {
  return wanted.flatMap(partsOf).filter((part) => !held.some((rule) => covers(rule, part)));
}

/** `{verbs: [get, list], resources: [pods]}` is two parts; resource names and non-resource URLs multiply them. */
function partsOf(rule: PolicyRule): readonly PolicyRule[] {
  const [apiGroups, resources, verbs] = [rule.apiGroups ?? [], rule.resources ?? [], rule.verbs ?? []];
  const [resourceNames, nonResourceURLs] = [rule.resourceNames ?? [], rule.nonResourceURLs ?? []];
  const parts: PolicyRule[] = [];
  for (const group of apiGroups) {
    for (const resource of resources) {
      for (const verb of verbs) {
        const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames.length === 0) parts.push(part);
        else for (const name of resourceNames) parts.push({ ...part, resourceNames: [name] });
      }
    }
  }
  for (const url of nonResourceURLs) for (const verb of verbs) parts.push({ nonResourceURLs: [url], verbs: [verb] });
  return parts;
}

function covers(rule: PolicyRule, part: PolicyRule): boolean {
  const names = rule.resourceNames ?? [];
  return (
    includes(rule.verbs, part.verbs) &&
    includes(rule.apiGroups, part.apiGroups) &&
    (part.resources ?? []).every((resource) => coversResource(rule.resources ?? [], resource)) &&
    (names.length === 0 || (part.resourceNames?.length === 1 && names.includes(part.resourceNames[0]!))) &&
    (part.nonResourceURLs ?? []).every((path) => (rule.nonResourceURLs ?? []).some((pattern) => coversPath(pattern, path)))
  );
}

const includes = (held: readonly string[] | null | undefined, wanted: readonly string[] = []) =>
  held?.includes('*') || wanted.every((one) => held?.includes(one));

function coversResource(held: readonly string[], resource: string): boolean {
  const slash = resource.indexOf('/');
  return held.includes('*') || held.includes(resource) || (slash >= 0 && held.includes(`*${resource.slice(slash)}`));
}

/** One line a rule, sorted; verbs about the same resource (and name) are gathered into one line. */
export function describeRules(parts: readonly PolicyRule[]): string {
  const gathered = new Map<string, PolicyRule>();
  for (const part of parts) {
    const { verbs, ...about } = part;
    const key = JSON.stringify(part.nonResourceURLs ? part : about);
    const before = gathered.get(key);
    gathered.set(key, before ? { ...before, verbs: [...before.verbs, ...verbs] } : part);
  }
  return [...new Set([...gathered.values()].map(describe))].sort().join('\n');
}

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}` */
function describe({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: PolicyRule): string {
  const parts = { APIGroups: apiGroups, Resources: resources, NonResourceURLs: nonResourceURLs, ResourceNames: resourceNames, Verbs: verbs };
  const texts = Object.entries(parts).flatMap(([name, values]) => (values?.length ? [`${name}:${quoteList(values)}`] : []));
  return `{${texts.join(', ')}}`;
}

/** Go's %q of a list: `["a" "b"]`. */
export const quoteList = (values: readonly string[]): string => `[${values.map(quote).join(' ')}]`;
