// kubectl auth reconcile: roles get the rules, and bindings the subjects, that a file has and they have not.
// Source: component-helpers/auth/rbac/reconciliation.
import { uncovered } from '../../../cluster/authorization/covers.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { isEqual } from '../../../kube/equal.ts';
import type { PolicyRule, RoleBinding } from '../../../schema/generated/types.ts';
import { command, type Outcome } from '../../command.ts';
import { goList } from '../../describe/lines.ts';
import { flag, list, text, type Values } from '../../flags.ts';
import { readManifests, type Manifest } from '../../manifests.ts';
import { isNotFound, isProblem, problem, together, type Problem } from '../../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../../results.ts';
import type { Session } from '../../session.ts';

const flags = {
  filename: list('f'),
  recursive: flag(false, 'R'),
  kustomize: text('k'),
  'remove-extra-permissions': flag(),
  'remove-extra-subjects': flag(),
  ...resultFlags,
} as const;

type ReconcileFlags = Values<typeof flags>;

const optedOut = 'rbac.authorization.kubernetes.io/autoupdate';

export const reconcile = command(flags, (session, { flags, words }): Outcome => {
  if (words.length > 0) return problem('no arguments are allowed');
  if (flags.filename.length === 0) return problem('must specify one of -f and -k');
  const read = readManifests(flags.filename, session, { recursive: flags.recursive });
  if (isProblem(read)) return read;
  const problems: Problem[] = [...read.problems];
  for (const manifest of read.manifests) {
    const failed = reconcileOne(manifest, flags, session);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

interface Difference {
  readonly operation: '' | 'create' | 'update' | 'recreate';
  readonly object: KubeObject;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

type Role = KubeObject & { readonly rules?: readonly PolicyRule[] | null; readonly aggregationRule?: unknown };
type Binding = KubeObject & Partial<Pick<RoleBinding, 'roleRef' | 'subjects'>>;
type Subject = NonNullable<RoleBinding['subjects']>[number];

function reconcileOne({ kind, object }: Manifest, flags: ReconcileFlags, session: Session): Problem | undefined {
  const isRole = kind.kind === 'Role' || kind.kind === 'ClusterRole';
  const isBinding = kind.kind === 'RoleBinding' || kind.kind === 'ClusterRoleBinding';
  // What has nothing to do with permissions is passed over.
  if (kind.group !== 'rbac.authorization.k8s.io' || (!isRole && !isBinding)) return undefined;
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const { namespace, name, annotations } = object.metadata;
  const found = session.get(kind, namespace, name);
  if (isProblem(found) && !isNotFound(found)) return found;
  const current = isProblem(found) ? undefined : found;
  const difference = isRole ? rolesDiffer(current, object, flags['remove-extra-permissions']) : bindingsDiffer(current, object, flags['remove-extra-subjects']);
  const isProtected = (current?.metadata.annotations ?? annotations)?.[optedOut] === 'false' && current !== undefined;
  if (dryRun !== 'client' && !isProtected) {
    const options = writeOptions('kubectl', dryRun);
    const { operation } = difference;
    if (operation === 'recreate') {
      const deleted = session.delete(kind, namespace, name, options);
      if (isProblem(deleted)) return deleted;
    }
    const sent =
      operation === 'update'
        ? session.update(kind, namespace, name, difference.object, options)
        : operation === ''
          ? undefined
          : session.create(kind, namespace, difference.object, options);
    if (isProblem(sent)) return sent;
  }
  return tell(difference, isProtected, isRole ? 'rules' : 'subjects', () => printResult(session, kind, difference.object, 'reconciled', flags), session);
}

function rolesDiffer(current: Role | undefined, wanted: Role, removes: boolean): Difference {
  const rules = wanted.rules ?? [];
  if (!current) return { operation: 'create', object: wanted, missing: rules.map(ruleText), extra: [] };
  const held = current.rules ?? [];
  const [missing, extra] = [uncovered(held, rules), removes ? uncovered(rules, held) : []];
  const object = { ...withMetadata(current, wanted), rules: removes && extra.length > 0 ? rules : [...held, ...missing] };
  return changed(current, object, missing.map(ruleText), extra.map(ruleText));
}

const without = (all: readonly Subject[], some: readonly Subject[]) => all.filter((one) => !some.some((other) => isEqual(one, other)));

function bindingsDiffer(current: Binding | undefined, wanted: Binding, removes: boolean): Difference {
  const subjects = wanted.subjects ?? [];
  if (!current) return { operation: 'create', object: wanted, missing: subjects.map(subjectText), extra: [] };
  const held = current.subjects ?? [];
  const [missing, extra] = [without(subjects, held), removes ? without(held, subjects) : []];
  const object = { ...withMetadata(current, wanted), subjects: removes && extra.length > 0 ? subjects : [...held, ...missing] };
  // Whom a binding gives what to cannot be changed.
  if (!isEqual(current.roleRef, wanted.roleRef)) return { operation: 'recreate', object: wanted, missing: [], extra: [] };
  return changed(current, object, missing.map(subjectText), extra.map(subjectText));
}

function withMetadata<T extends KubeObject>(current: T, { metadata }: KubeObject): T {
  const { labels, annotations } = metadata;
  return {
    ...current,
    metadata: {
      ...current.metadata,
      ...(labels && { labels: { ...current.metadata.labels, ...labels } }),
      ...(annotations && { annotations: { ...current.metadata.annotations, ...annotations } }),
    },
  };
}

const changed = (current: KubeObject, object: KubeObject, missing: readonly string[], extra: readonly string[]): Difference => ({
  operation: missing.length > 0 || extra.length > 0 || !isEqual(current.metadata, object.metadata) ? 'update' : '',
  object,
  missing,
  extra,
});

/** As Go prints a struct with its names. */
const ruleText = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule) =>
  `{Verbs:${goList(verbs ?? [])} APIGroups:${goList(apiGroups ?? [])} Resources:${goList(resources ?? [])} ResourceNames:${goList(resourceNames ?? [])} NonResourceURLs:${goList(nonResourceURLs ?? [])}}`;
const subjectText = ({ kind, apiGroup = '', name, namespace = '' }: Subject) => `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;

const listed = (title: string, texts: readonly string[]) => (texts.length === 0 ? '' : `\t${title}:\n${texts.map((text) => `\t\t${text}\n`).join('')}`);

function tell(
  { operation, missing, extra }: Difference,
  isProtected: boolean,
  what: string,
  print: () => Problem | undefined,
  { environment }: Session,
): Problem | undefined {
  const failed = print();
  if (failed || operation === '') return failed;
  const caveat = isProtected ? `, but object opted out (${optedOut}: false)` : '';
  environment.stderr(`\treconciliation required ${operation}${caveat}\n${listed(`missing ${what} added`, missing)}${listed(`extra ${what} removed`, extra)}`);
  return undefined;
}
