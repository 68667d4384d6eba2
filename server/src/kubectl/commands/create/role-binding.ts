// kubectl create rolebinding and clusterrolebinding.
import { command, type Outcome } from '../../command.ts';
import { list, text } from '../../flags.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { createMade, makeFlags, missingFlags, oneName } from './made.ts';

const subjectFlags = { user: list(), group: list(), serviceaccount: list() } as const;
const roleFlags = { clusterrole: text(), role: text(), ...subjectFlags, ...makeFlags } as const;
const clusterRoleFlags = { clusterrole: text(), ...subjectFlags, ...makeFlags } as const;

const api = 'rbac.authorization.k8s.io';

export const createRoleBinding = command(roleFlags, (session, { flags, words }): Outcome => {
  const name = oneName(words, 'create rolebinding');
  if (isProblem(name)) return name;
  const { clusterrole, role } = flags;
  if ((clusterrole === '') === (role === '')) return problem('exactly one of clusterrole or role must be specified');
  const subjects = subjectsOf(flags);
  if (isProblem(subjects)) return subjects;
  const roleRef = role === '' ? { apiGroup: api, kind: 'ClusterRole', name: clusterrole } : { apiGroup: api, kind: 'Role', name: role };
  return createMade({ apiVersion: `${api}/v1`, kind: 'RoleBinding', metadata: { name }, ...subjects, roleRef }, flags, session, {
    failed: 'failed to create rolebinding: ',
  });
});

export const createClusterRoleBinding = command(clusterRoleFlags, (session, { flags, given, words }): Outcome => {
  const missing = missingFlags(given, 'clusterrole');
  if (missing) return missing;
  const name = oneName(words, 'create clusterrolebinding');
  if (isProblem(name)) return name;
  const subjects = subjectsOf(flags);
  if (isProblem(subjects)) return subjects;
  const roleRef = { apiGroup: api, kind: 'ClusterRole', name: flags.clusterrole };
  return createMade({ apiVersion: `${api}/v1`, kind: 'ClusterRoleBinding', metadata: { name }, ...subjects, roleRef }, flags, session, {
    failed: 'failed to create clusterrolebinding: ',
  });
});

interface SubjectFlags {
  readonly user: readonly string[];
  readonly group: readonly string[];
  readonly serviceaccount: readonly string[];
}

/** `fallback`: the namespace of accounts that name none; without it they must name one. */
export function subjectsOf({ user, group, serviceaccount }: SubjectFlags, fallback?: string): { readonly subjects?: readonly object[] } | Problem {
  const subjects: object[] = [
    ...[...new Set(user)].map((name) => ({ kind: 'User', apiGroup: api, name })),
    ...[...new Set(group)].map((name) => ({ kind: 'Group', apiGroup: api, name })),
  ];
  for (const account of new Set(serviceaccount)) {
    const [namespace = '', name = '', ...more] = account.includes(':') || fallback === undefined ? account.split(':') : [fallback, account];
    if (namespace === '' || name === '' || more.length > 0) return problem('serviceaccount must be <namespace>:<name>');
    subjects.push({ kind: 'ServiceAccount', namespace, name });
  }
  return subjects.length > 0 ? { subjects } : {};
}
