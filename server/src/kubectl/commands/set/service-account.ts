// kubectl set serviceaccount: whom the pods of a workload act as.
import { recorded, recordFlags } from '../../change-cause.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, text } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { resultFlags } from '../../results.ts';
import { fileFlags, resolve } from '../../targets.ts';
import { sendChange } from '../change.ts';
import { podSpecOf, withPodSpec } from '../pod-specs.ts';

const flags = {
  ...fileFlags,
  local: flag(),
  all: flag(),
  'field-manager': text(undefined, 'kubectl-set'),
  ...recordFlags,
  ...resultFlags,
} as const;

export const setServiceAccount = command(flags, (session, { flags, words }): Outcome => {
  if (words.length === 0) return problem('serviceaccount is required');
  const account = words.at(-1)!;
  const resolved = resolve(words.slice(0, -1), flags, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const spec = podSpecOf(found.object);
    const failed = spec
      ? sendChange(
          found,
          recorded(withPodSpec(found.object, { ...spec, serviceAccountName: account, serviceAccount: account }), session, flags),
          flags,
          session,
          {
            manager: flags['field-manager'],
            operation: 'serviceaccount updated',
            sayAlways: true,
          },
        )
      : problem(`${found.kind.resource}/${found.name} does not have a pod template`);
    if (failed) problems.push(failed);
  }
  return together(problems);
});
