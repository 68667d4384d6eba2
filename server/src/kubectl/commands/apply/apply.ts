// kubectl apply: what is in the files becomes what is in the cluster.
import { parseSelector } from '../../../kube/label-selector-text.ts';
import { matches } from '../../../kube/label-selector.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { command, type Outcome } from '../../command.ts';
import type { Manifest } from '../../manifests.ts';
import { isProblem, problem, together, usageProblem, type Problem } from '../../problem.ts';
import { dryRunOf, writeOptions } from '../../results.ts';
import type { Session } from '../../session.ts';
import { givenManifests } from '../../kustomize/manifests.ts';
import { validationOf } from '../validation.ts';
import { applyOnClient } from './client-side.ts';
import { applyFlags, type ApplyFlags } from './flags.ts';
import { prune } from './prune.ts';
import { reportAll } from './report.ts';
import { applyOnServer } from './server-side.ts';

/** Who owns the fields that server-side apply sets, unless --field-manager says otherwise. */
const serverSideManager = 'kubectl';

export const apply = command(applyFlags, (session, { flags, given, words }): Outcome => {
  if (words.length > 0) return usageProblem(`Unexpected args: [${words.join(' ')}]`, 'apply');
  if (flags.filename.length === 0 && flags.kustomize === '') return problem('must specify one of -f and -k');
  const wrong = combinationProblem(flags);
  if (wrong) return wrong;
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  if (flags['server-side'] && dryRun === 'client') return problem("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  const validation = validationOf(flags.validate);
  if (isProblem(validation)) return validation;
  const read = manifests(flags, session, validation !== 'Ignore');
  if (isProblem(read)) return read;
  if (read.manifests.length === 0 && read.problems.length === 0) return problem('no objects passed to apply');
  const manager = flags['server-side'] && !given.has('field-manager') ? serverSideManager : flags['field-manager'];
  const options = { ...writeOptions(manager, dryRun), fieldValidation: validation };
  const problems = [...read.problems];
  const applied: KubeObject[] = [];
  for (const manifest of read.manifests) {
    const result = flags['server-side'] ? applyOnServer(manifest, session, flags, options) : applyOnClient(manifest, session, flags, dryRun, options);
    if (isProblem(result)) problems.push(result);
    else applied.push(result);
  }
  if (problems.length === 0) problems.push(...only(reportAll(session, applied, flags)));
  if (flags.prune && problems.length === 0) problems.push(...only(prune(applied, session, flags, dryRun)));
  return together(problems);
});

function combinationProblem(flags: ApplyFlags): Problem | undefined {
  if (flags['force-conflicts'] && !flags['server-side']) return problem('--force-conflicts only works with --server-side');
  if (flags.prune && !flags.all && flags.selector === '')
    return problem(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
  return undefined;
}

function manifests(flags: ApplyFlags, session: Session, validate: boolean): { manifests: readonly Manifest[]; problems: readonly Problem[] } | Problem {
  const read = givenManifests(flags, session, validate);
  if (isProblem(read) || flags.selector === '') return read;
  const parsed: ReturnType<typeof parseSelector> = parseSelector(flags.selector);
  if ('error' in parsed) return problem(parsed.error);
  return { ...read, manifests: read.manifests.filter(({ object }) => matches(parsed.selector, object.metadata.labels)) };
}

const only = (failed: Problem | undefined): readonly Problem[] => (failed ? [failed] : []);
