// Roles and ClusterRoles: their rules taken apart and put together again, one row for each resource.
// Source: RoleDescriber, BreakdownRule, CompactRules (kubectl pkg/describe, pkg/util/rbac).
import type { ClusterRole, PolicyRule, Role } from '../../schema/generated/types.ts';
import type { Describer } from './describer.ts';
import { annotationLines, goList, labelLines } from './lines.ts';

export const describeRole: Describer<Role | ClusterRole> = ({ metadata, rules }) => [
  `Name:\t${metadata.name}`,
  ...labelLines('Labels', metadata.labels),
  ...annotationLines('Annotations', metadata.annotations),
  'PolicyRule:',
  '  Resources\tNon-Resource URLs\tResource Names\tVerbs',
  '  ---------\t-----------------\t--------------\t-----',
  ...ruleRows(rules ?? []).map((row) => `  ${row.join('\t')}`),
];

/** Resource, URLs, names and verbs of each rule: `describe role` and `auth can-i --list`. */
export const ruleRows = (rules: readonly PolicyRule[]): readonly (readonly string[])[] =>
  compact(rules.flatMap(breakDown))
    .toSorted((a, b) => compare(sortText(a), sortText(b)))
    .map((part) => [resourceText(part), goList(part.urls), goList(part.names), goList(part.verbs)]);

/** At most one of everything but the verbs. */
interface Part {
  readonly group?: string;
  readonly resource?: string;
  readonly names: readonly string[];
  readonly urls: readonly string[];
  readonly verbs: readonly string[];
}

function breakDown({ apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs }: PolicyRule): readonly Part[] {
  const named = resourceNames.length > 0 ? resourceNames.map((name) => [name]) : [[]];
  return [
    ...apiGroups.flatMap((group) =>
      resources.flatMap((resource) => verbs.flatMap((verb) => named.map((names): Part => ({ group, resource, names, urls: [], verbs: [verb] })))),
    ),
    ...nonResourceURLs.flatMap((url) => verbs.map((verb): Part => ({ names: [], urls: [url], verbs: [verb] }))),
  ];
}

/** Parts about the same resource become one; a URL stays with its one verb. */
function compact(parts: readonly Part[]): readonly Part[] {
  const found = new Map<string, Part>();
  const kept: Part[] = [];
  for (const part of parts) {
    if (part.resource === undefined) {
      kept.push(part);
      continue;
    }
    const key = JSON.stringify([part.group, part.resource, part.names]);
    const before = found.get(key);
    found.set(key, before ? { ...before, verbs: [...new Set([...before.verbs, ...part.verbs])] } : part);
  }
  return [...kept, ...found.values()];
}

/** The order is that of the rules as Go prints them. */
const sortText = ({ verbs, group, resource, names, urls }: Part) =>
  `&PolicyRule{Verbs:${goList(verbs)},APIGroups:${goList(group === undefined ? [] : [group])},Resources:${goList(resource === undefined ? [] : [resource])},ResourceNames:${goList(names)},NonResourceURLs:${goList(urls)},}`;

/** 'deployments.apps/scale' */
function resourceText({ group, resource }: Part): string {
  if (resource === undefined) return '';
  const slash = resource.indexOf('/');
  const [main, sub] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash)];
  return `${main}${group ? `.${group}` : ''}${sub}`;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
