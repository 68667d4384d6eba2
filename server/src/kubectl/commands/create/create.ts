// kubectl create -f: like apply for objects that are not there yet, without remembering what was sent.
import { quote } from '../../../kube/quote.ts';
import { command, type Outcome } from '../../command.ts';
import { recorded, recordFlags } from '../../change-cause.ts';
import { flag, list, text } from '../../flags.ts';
import { isProblem, problem, together, whileDoing } from '../../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../../results.ts';
import { withLastApplied } from '../../../cluster/registry/patch/last-applied.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { givenManifests } from '../../kustomize/manifests.ts';
import { ManifestFile } from '../../../manifest/manifest-file.ts';
import type { Session } from '../../session.ts';
import { sendRaw } from '../raw.ts';
import { validationOf } from '../validation.ts';

const flags = {
  filename: list('f'),
  kustomize: text('k'),
  raw: text(),
  edit: flag(),
  selector: text('l'),
  'windows-line-endings': flag(),
  'field-manager': text(undefined, 'kubectl-create'),
  recursive: flag(false, 'R'),
  validate: text(undefined, 'strict', 'strict'),
  'save-config': flag(),
  ...recordFlags,
  ...resultFlags,
} as const;

export const create = command(flags, (session, { flags, words }): Outcome => {
  if (words.length > 0) return problem(`Unexpected args: [${words.join(' ')}]\nSee 'kubectl create -h' for help and examples`);
  if (flags.filename.length === 0 && flags.kustomize === '') return problem('must specify one of -f and -k');
  if (flags.raw !== '') return createRaw(flags.filename, flags.raw, session);
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const validation = validationOf(flags.validate);
  if (isProblem(validation)) return validation;
  const read = givenManifests(flags, session, validation !== 'Ignore');
  if (isProblem(read)) return read;
  if (read.manifests.length === 0 && read.problems.length === 0) return problem('no objects passed to create');
  const problems = [...read.problems];
  for (const { object: written, kind, source } of read.manifests) {
    const noted = recorded(written, session, flags);
    const object = flags['save-config'] ? (withLastApplied({ ...noted }) as unknown as KubeObject) : noted;
    const options = { ...writeOptions(flags['field-manager'], dryRun), fieldValidation: validation };
    const created = dryRun === 'client' ? object : session.create(kind, object.metadata.namespace, object, options);
    const failed = isProblem(created) ? whileDoing(`error when creating ${quote(source)}`, created) : printResult(session, kind, created, 'created', flags);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

/** The file is sent to the path as it is. */
function createRaw([path = '', ...more]: readonly string[], to: string, session: Session): Outcome {
  if (more.length > 0) return problem('--raw can only use a single local file or stdin');
  const read = path === '-' ? { text: session.environment.stdin() } : session.environment.files.read(path);
  if (!('text' in read)) return problem('error' in read ? read.error : `open ${path}: no such file or directory`);
  return sendRaw(to, 'create', ManifestFile.read(read.text).documents[0]?.document.value, session);
}
