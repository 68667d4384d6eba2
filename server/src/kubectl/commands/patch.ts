// kubectl patch: sends a patch as it was written.
import { quote } from '../../kube/quote.ts';
import { command, type Outcome } from '../command.ts';
import { recordFlags } from '../change-cause.ts';
import { flag, list, text } from '../flags.ts';
import { isProblem, problem, together } from '../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../results.ts';
import { resolve } from '../targets.ts';
import { isEqual } from '../../kube/equal.ts';
import { ManifestFile } from '../../manifest/manifest-file.ts';

const flags = {
  patch: text('p'),
  'patch-file': text(),
  type: text(undefined, 'strategic'),
  subresource: text(),
  filename: list('f'),
  recursive: flag(false, 'R'),
  ...recordFlags,
  ...resultFlags,
} as const;

export const patch = command(flags, (session, { flags, words }): Outcome => {
  const type = flags.type.toLowerCase();
  if (type !== 'json' && type !== 'merge' && type !== 'strategic') return problem(`--type must be one of [json merge strategic], not ${quote(flags.type)}`);
  if (flags.patch === '' && flags['patch-file'] === '') return problem('must specify --patch or --patch-file containing the contents of the patch');
  if (flags.patch !== '' && flags['patch-file'] !== '') return problem('cannot specify --patch and --patch-file together');
  const source = flags.patch !== '' ? { text: flags.patch } : session.environment.files.read(flags['patch-file']);
  if (!('text' in source))
    return problem('missing' in source ? `unable to read patch file: open ${flags['patch-file']}: no such file or directory` : source.error);
  const document = ManifestFile.read(source.text).documents[0]?.document;
  const broken = document?.problems.find(({ severity }) => severity === 'error');
  if (!document || broken) return problem(`unable to parse ${quote(source.text)}: ${broken?.message ?? 'it is empty'}`);
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems = [...resolved.problems];
  for (const { kind, namespace, name, object } of resolved.found) {
    const { subresource } = flags;
    const patched =
      dryRun === 'client'
        ? object
        : session.patch(
            kind,
            namespace,
            name,
            { type, body: document.value, ...(subresource !== '' && { subresource }) },
            writeOptions('kubectl-patch', dryRun),
          );
    const failed = isProblem(patched) ? patched : printResult(session, kind, patched, isEqual(patched, object) ? 'patched (no change)' : 'patched', flags);
    if (failed) problems.push(failed);
  }
  if (resolved.found.length === 0 && problems.length === 0) return problem('no objects passed to patch');
  return together(problems);
});
