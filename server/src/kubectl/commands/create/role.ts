// kubectl create role and clusterrole.
import { byBytes } from '../../../kube/go-json.ts';
import { command, type Outcome } from '../../command.ts';
import { list, text } from '../../flags.ts';
import { bare, isProblem, problem, type Problem } from '../../problem.ts';
import { kindNamed } from '../../resource-names.ts';
import type { Session } from '../../session.ts';
import { createMade, makeFlags, oneName } from './made.ts';

const roleFlags = { verb: list(), resource: list(), 'resource-name': list(undefined, false), ...makeFlags } as const;

const group = 'rbac.authorization.k8s.io/v1';

export const createRole = command(roleFlags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create role');
  if (isProblem(name)) return name;
  const verbs = verbsOf(flags.verb);
  if (verbs.length === 0) return problem('at least one verb must be specified');
  if (flags.resource.length === 0) return problem('at least one resource must be specified');
  const rules = resourceRules(verbs, flags.resource, flags['resource-name'], session);
  if (!isProblem(rules))
    for (const verb of verbs) if (!standardVerbs.has(verb)) session.environment.stderr(`Warning: '${verb}' is not a standard resource verb\n`);
  return isProblem(rules) ? rules : createMade({ apiVersion: group, kind: 'Role', metadata: { name }, rules }, flags, session);
});

const clusterRoleFlags = { ...roleFlags, 'non-resource-url': list(), 'aggregation-rule': text() } as const;

export const createClusterRole = command(clusterRoleFlags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create clusterrole');
  if (isProblem(name)) return name;
  const { resource: resources, 'non-resource-url': urls, 'aggregation-rule': aggregation } = flags;
  const verbs = verbsOf(flags.verb);
  if (aggregation !== '') {
    if (urls.length > 0 || verbs.length > 0 || resources.length > 0 || flags['resource-name'].length > 0)
      return problem('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames');
    const matchLabels = Object.fromEntries(aggregation.split(',').map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]));
    const made = { apiVersion: group, kind: 'ClusterRole', metadata: { name }, rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] } };
    return createMade(made, flags, session);
  }
  if (verbs.length === 0) return problem('at least one verb must be specified');
  if (resources.length === 0 && urls.length === 0) return problem('one of resource or nonResourceURL must be specified');
  if (urls.length > 0 && flags['resource-name'].length > 0) return problem('resource name(s) can not be specified when nonResourceURL is used');
  const rules = resourceRules(verbs, resources, flags['resource-name'], session);
  if (isProblem(rules)) return rules;
  const all = urls.length > 0 ? [...rules, { verbs, nonResourceURLs: [...new Set(urls)] }] : rules;
  return createMade({ apiVersion: group, kind: 'ClusterRole', metadata: { name }, rules: all }, flags, session);
});

const standardVerbs = new Set('* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(' '));

/** Each once; '*' stands for all. */
const verbsOf = (verbs: readonly string[]): readonly string[] => (verbs.includes('*') ? ['*'] : [...new Set(verbs)]);

/** One rule for each API group. 'deployments.apps/scale' is the scale of deployments. */
function resourceRules(verbs: readonly string[], resources: readonly string[], names: readonly string[], session: Session): readonly object[] | Problem {
  const byGroup = new Map<string, string[]>();
  for (const text of resources) {
    const [head = '', ...sub] = text.split('/');
    const found = head === '*' ? { resource: '*', group: '' } : kindNamed(head, session);
    if (!found) {
      const dot = head.indexOf('.');
      const [resource, in_] = dot < 0 ? [head, ''] : [head.slice(0, dot), ` in group "${head.slice(dot + 1)}"`];
      return bare(`the server doesn't have a resource type "${resource}"${in_}`);
    }
    const resource = [found.resource, ...sub].join('/');
    const known = byGroup.get(found.group) ?? [];
    if (!known.includes(resource)) byGroup.set(found.group, [...known, resource]);
  }
  return [...byGroup]
    .sort(([a], [b]) => byBytes(a, b))
    .map(([apiGroup, own]) => ({ apiGroups: [apiGroup], resources: own, ...(names.length > 0 && { resourceNames: [...new Set(names)] }), verbs }));
}
