// kubectl apply view-last-applied and set-last-applied: what client-side apply remembers of the file.
import { lastAppliedKey, lastAppliedOf } from '../../../cluster/registry/patch/last-applied.ts';
import { goJson } from '../../../kube/go-json.ts';
import { command, type Outcome } from '../../command.ts';
import { flag, list, text } from '../../flags.ts';
import { readManifests } from '../../manifests.ts';
import { toYaml } from '../../output/yaml.ts';
import { isProblem, problem, together, usageProblem, type Problem } from '../../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../../results.ts';
import { fileFlags, resolve } from '../../targets.ts';

const viewFlags = { output: text('o', 'yaml'), ...fileFlags, selector: text('l'), all: flag() } as const;

export const viewLastApplied = command(viewFlags, (session, { flags, words }): Outcome => {
  if (flags.output !== 'yaml' && flags.output !== 'json')
    return usageProblem(`Unexpected -o output mode: ${flags.output}, the flag 'output' must be one of yaml|json`, 'apply view-last-applied');
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const { object } of resolved.found) {
    const last = lastAppliedOf({ ...object });
    if (object.metadata.annotations?.[lastAppliedKey] !== undefined)
      session.environment.stdout(flags.output === 'json' ? `${goJson(last, 2)}\n` : toYaml(last));
  }
  return together(problems);
});

const setFlags = { filename: list('f'), 'create-annotation': flag(), ...resultFlags } as const;

export const setLastApplied = command(setFlags, (session, { flags }): Outcome => {
  if (flags.filename.length === 0) return problem('must specify one of -f and -k');
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const read = readManifests(flags.filename, session);
  if (isProblem(read)) return read;
  const problems = [...read.problems];
  for (const { object, kind } of read.manifests) {
    const { namespace, name } = object.metadata;
    const current = session.get(kind, namespace, name);
    if (isProblem(current)) {
      problems.push(current);
      continue;
    }
    const before = current.metadata.annotations?.[lastAppliedKey];
    if (before === undefined && !flags['create-annotation']) {
      problems.push(
        problem(`no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`),
      );
      continue;
    }
    const value = `${goJson(object)}\n`;
    const body = { metadata: { annotations: { [lastAppliedKey]: value } } };
    const patched =
      before === value || dryRun === 'client'
        ? current
        : session.patch(kind, namespace, name, { type: 'merge', body }, writeOptions('kubectl-last-applied', dryRun));
    const failed = isProblem(patched) ? patched : printResult(session, kind, patched, 'configured', flags);
    if (failed) problems.push(failed);
  }
  return together(problems);
});
