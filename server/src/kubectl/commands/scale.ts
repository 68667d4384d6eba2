// kubectl scale: the wanted number of pods, through the scale subresource.
import { command, type Outcome } from '../command.ts';
import { recorded, recordFlags } from '../change-cause.ts';
import { flag, number, text } from '../flags.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { isProblem, problem, refusal, together, type Problem } from '../problem.ts';
import type { Status } from '../../kube/status.ts';
import { dryRunOf, printResult, resultFlags, writeOptions, type DryRun } from '../results.ts';
import type { Session } from '../session.ts';
import { fileFlags, resolve, type Found } from '../targets.ts';

const flags = {
  replicas: number(-1),
  'current-replicas': number(-1),
  'resource-version': text(),
  ...fileFlags,
  selector: text('l'),
  all: flag(),
  timeout: text(undefined, '0s'),
  ...recordFlags,
  ...resultFlags,
} as const;

export const scale = command(flags, (session, { flags, given, words }): Outcome => {
  if (!given.has('replicas')) return problem('required flag(s) "replicas" not set');
  if (flags.replicas < 0) return problem('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems = [...resolved.problems];
  for (const found of resolved.found) {
    const failed =
      scaleOne(found, flags, session, dryRun) ?? noteCause(found, flags, session, dryRun) ?? printResult(session, found.kind, found.object, 'scaled', flags);
    if (failed) problems.push(failed);
  }
  if (resolved.found.length === 0 && problems.length === 0) return problem('no objects passed to scale');
  return together(problems);
});

function scaleOne(
  { kind, namespace, name, object }: Found,
  flags: { replicas: number; 'current-replicas': number; 'resource-version': string },
  session: Session,
  dryRun: DryRun,
): Problem | undefined {
  // Of a custom kind the server says so itself.
  if (!kind.custom && !kind.subresources.some((subresource) => subresource.name === 'scale')) return refusal(noSuchScale);
  const current = (object as { spec?: { replicas?: number } }).spec?.replicas ?? 1;
  const expected = flags['current-replicas'];
  if (expected >= 0 && expected !== current) return problem(`Expected replicas to be ${expected}, was ${current}`);
  const version = flags['resource-version'];
  if (version !== '' && version !== object.metadata.resourceVersion)
    return problem(`Expected resource version to be ${version}, was ${object.metadata.resourceVersion}`);
  if (dryRun === 'client') return undefined;
  const patched = session.patch(
    kind,
    namespace,
    name,
    { type: 'merge', body: { spec: { replicas: flags.replicas } }, subresource: 'scale' },
    writeOptions('kubectl', dryRun),
  );
  return isProblem(patched) ? patched : undefined;
}

const noSuchScale: Status = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'the server could not find the requested resource',
  reason: 'NotFound',
  code: 404,
};

function noteCause({ kind, namespace, name, object }: Found, flags: { record: boolean }, session: Session, dryRun: DryRun): Problem | undefined {
  if (!flags.record || dryRun !== 'none') return undefined;
  const patch = mergePatch({ ...object }, { ...recorded(object, session, flags) });
  const patched = session.patch(kind, namespace, name, { type: 'merge', body: patch }, { fieldManager: 'kubectl-scale' });
  return isProblem(patched) ? patched : undefined;
}
