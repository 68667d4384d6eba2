// kubectl set subject: users, groups and service accounts added to a binding.
import type { KubeObject } from '../../../kube/object.ts';
import type { RoleBinding } from '../../../schema/generated/types.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, list, text } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { resultFlags } from '../../results.ts';
import { fileFlags, resolve } from '../../targets.ts';
import { sendChange } from '../change.ts';
import { subjectsOf } from '../create/role-binding.ts';

const flags = {
  ...fileFlags,
  local: flag(),
  selector: text('l'),
  all: flag(),
  user: list(),
  group: list(),
  serviceaccount: list(),
  'field-manager': text(undefined, 'kubectl-set'),
  ...resultFlags,
} as const;

export const setSubject = command(flags, (session, { flags, words }): Outcome => {
  const wanted = subjectsOf(flags, session.namespace);
  if (isProblem(wanted)) return wanted;
  if (!wanted.subjects) return problem('you must specify at least one value of user, group or serviceaccount');
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    if (!found.object.kind.endsWith('RoleBinding')) {
      problems.push(problem(`setting subjects is only supported for RoleBinding/ClusterRoleBinding`));
      continue;
    }
    const before = (found.object as RoleBinding).subjects ?? [];
    const added = (wanted.subjects as readonly { kind: string; name: string; namespace?: string }[]).filter(
      (next) => !before.some(({ kind, name, namespace }) => kind === next.kind && name === next.name && (namespace ?? '') === (next.namespace ?? '')),
    );
    const changed = { ...found.object, subjects: [...before, ...added] } as KubeObject;
    const failed = sendChange(found, changed, flags, session, { manager: flags['field-manager'], operation: 'subjects updated', sayAlways: true });
    if (failed) problems.push(failed);
  }
  return together(problems);
});
