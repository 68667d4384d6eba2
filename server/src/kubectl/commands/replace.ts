// kubectl replace: the whole object as the file has it; with --force what is there goes first.
import { withLastApplied } from '../../cluster/registry/patch/last-applied.ts';
import type { RequestOptions } from '../../cluster/registry/request.ts';
import type { KubeObject } from '../../kube/object.ts';
import { quote } from '../../kube/quote.ts';
import { command, type Outcome } from '../command.ts';
import type { Wait } from '../environment.ts';
import { flag, list, number, text, type Values } from '../flags.ts';
import type { Manifest } from '../manifests.ts';
import { isNotFound, isProblem, problem, together, usageProblem, whileDoing, type Problem } from '../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../results.ts';
import type { Session } from '../session.ts';
import { givenManifests } from '../kustomize/manifests.ts';
import { validationOf } from './validation.ts';

const flags = {
  filename: list('f'),
  kustomize: text('k'),
  recursive: flag(false, 'R'),
  force: flag(),
  cascade: text(undefined, 'background', 'background'),
  'grace-period': number(-1),
  timeout: text(undefined, '0s'),
  wait: flag(),
  'save-config': flag(),
  subresource: text(),
  raw: text(),
  validate: text(undefined, 'strict', 'strict'),
  'field-manager': text(undefined, 'kubectl-replace'),
  ...resultFlags,
} as const;

type ReplaceFlags = Values<typeof flags>;

export const replace = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  if (flags['grace-period'] >= 0 && !flags.force) return problem('--grace-period must have --force specified');
  if (flags.timeout !== '0s' && !flags.force) return problem('--timeout must have --force specified');
  if (flags.filename.length === 0 && flags.kustomize === '') return usageProblem('must specify --filename, --kustomize or --raw', 'replace');
  if (words.length > 0) return usageProblem(`Unexpected args: [${words.join(' ')}]`, 'replace');
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const validation = validationOf(flags.validate);
  if (isProblem(validation)) return validation;
  const read = givenManifests(flags, session, validation !== 'Ignore');
  if (isProblem(read)) return read;
  if (read.manifests.length === 0 && read.problems.length === 0) return problem('no objects passed to replace');
  const options = { ...writeOptions(flags['field-manager'], dryRun), fieldValidation: validation };
  const problems = [...read.problems];
  if (flags.force) yield* removeAll(read.manifests, session, problems);
  for (const manifest of read.manifests) {
    const failed = dryRun === 'client' ? printResult(session, manifest.kind, manifest.object, 'replaced', flags) : put(manifest, session, flags, options);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

function put({ object: written, kind, source }: Manifest, session: Session, flags: ReplaceFlags, options: RequestOptions): Problem | undefined {
  const object = flags['save-config'] ? (withLastApplied({ ...written }) as unknown as KubeObject) : written;
  const { namespace, name } = object.metadata;
  if (flags.force) {
    const created = session.create(kind, namespace, object, options);
    return isProblem(created) ? created : printResult(session, kind, created, 'replaced', flags);
  }
  // Without a version of its own the file replaces whatever is there.
  const current = object.metadata.resourceVersion ? undefined : session.get(kind, namespace, name);
  const body = current && !isProblem(current) ? { ...object, metadata: { ...object.metadata, resourceVersion: current.metadata.resourceVersion } } : object;
  const replaced = session.update(kind, namespace, name, body, options, flags.subresource);
  return isProblem(replaced) ? whileDoing(`error when replacing ${quote(source)}`, replaced) : printResult(session, kind, replaced, 'replaced', flags);
}

function* removeAll(manifests: readonly Manifest[], session: Session, problems: Problem[]): Generator<Wait, void> {
  for (const { object, kind } of manifests) {
    const { namespace, name } = object.metadata;
    const answer = session.delete(kind, namespace, name, { gracePeriodSeconds: 0, propagationPolicy: 'Background' });
    if (!isProblem(answer))
      session.print(`${kind.kind.toLowerCase()}${kind.group && `.${kind.group}`} "${name}" deleted${namespace ? ` from ${namespace} namespace` : ''}`);
    else if (!isNotFound(answer)) problems.push(answer);
  }
  for (const { object, kind } of manifests) {
    for (;;) {
      const left = session.get(kind, object.metadata.namespace, object.metadata.name);
      if (isProblem(left)) break;
      yield {};
    }
  }
}
