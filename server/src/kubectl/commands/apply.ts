// kubectl apply: creates what is not there, and changes what is, comparing the file, the file as last applied, and the server.
import { quote } from '../../kube/quote.ts';
import { command, type Outcome } from '../command.ts';
import { recorded, recordFlags } from '../change-cause.ts';
import { flag, list, text, type Values } from '../flags.ts';
import { readManifests, type Manifest } from '../manifests.ts';
import { goJson } from '../../kube/go-json.ts';
import { isEmpty } from '../patch/merge-patch.ts';
import { isNotFound, isProblem, problem, together, whileDoing, type Problem } from '../problem.ts';
import { objectName } from '../resource-names.ts';
import { dryRunOf, printResult, resultFlags, writeOptions, type DryRun } from '../results.ts';
import type { Session } from '../session.ts';
import { lastAppliedKey, lastAppliedOf, withLastApplied } from '../../cluster/registry/patch/last-applied.ts';
import { threeWayPatch } from '../../cluster/registry/patch/three-way.ts';
import type { RequestOptions } from '../../cluster/registry/request.ts';
import type { KubeObject } from '../../kube/object.ts';

const flags = {
  filename: list('f'),
  recursive: flag(false, 'R'),
  validate: text(undefined, 'strict', 'strict'),
  force: flag(),
  'server-side': flag(),
  ...recordFlags,
  ...resultFlags,
} as const;

type ApplyFlags = Values<typeof flags>;

const manager = 'kubectl-client-side-apply';

export const apply = command(flags, (session, { flags, words }): Outcome => {
  if (words.length > 0) return problem(`Unexpected args: [${words.join(' ')}]\nSee 'kubectl apply -h' for help and examples`);
  if (flags.filename.length === 0) return problem('must specify one of -f and -k');
  if (flags['server-side']) return problem('--server-side is not supported by the built-in kubectl yet');
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const validation = validationOf(flags.validate);
  if (isProblem(validation)) return validation;
  const read = readManifests(flags.filename, session, { recursive: flags.recursive, validate: validation !== 'Ignore' });
  if (isProblem(read)) return read;
  if (read.manifests.length === 0 && read.problems.length === 0) return problem('no objects passed to apply');
  const options = { ...writeOptions(manager, dryRun), fieldValidation: validation };
  const problems = [...read.problems];
  for (const manifest of read.manifests) {
    const failed = applyOne(manifest, session, flags, dryRun, options);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

/** --validate: 'strict' and 'true' refuse unknown fields, 'warn' tells about them, 'ignore' and 'false' do not care. */
export function validationOf(value: string): 'Strict' | 'Warn' | 'Ignore' | Problem {
  switch (value) {
    case 'true':
    case 'strict':
      return 'Strict';
    case 'warn':
      return 'Warn';
    case 'false':
    case 'ignore':
      return 'Ignore';
    default:
      return problem(`invalid - validate option ${quote(value)}; must be one of: strict (or true), warn, ignore (or false)`);
  }
}

function applyOne(manifest: Manifest, session: Session, flags: ApplyFlags, dryRun: DryRun, options: RequestOptions): Problem | undefined {
  const { kind, source } = manifest;
  const object = withLastApplied({ ...recorded(manifest.object, session, flags) }) as unknown as KubeObject;
  const { namespace, name } = object.metadata;
  if (!name) return problem('resource name may not be empty');
  const current = session.get(kind, namespace, name);
  if (isProblem(current)) {
    if (!isNotFound(current))
      return whileDoing(`error when retrieving current configuration of:\n${info(manifest)}\nfrom server for: ${quote(source)}`, current);
    const created = dryRun === 'client' ? object : session.create(kind, namespace, object, options);
    return isProblem(created) ? whileDoing(`error when creating ${quote(source)}`, created) : printResult(session, kind, created, 'created', flags);
  }
  if (current.metadata.deletionTimestamp) session.warn(`Detected changes to resource ${name} which is currently being deleted.`);
  if (dryRun === 'client') return printResult(session, kind, object, 'configured', flags);
  warnUnlessApplied(current, objectName(kind, name), session);
  const made = threeWayPatch(lastAppliedOf({ ...current }), { ...object }, { ...withoutManagedFields(current) }, kind.type);
  if ('error' in made) return problem(made.error);
  const patch = made.result;
  if (isEmpty(patch)) return printResult(session, kind, current, 'unchanged', flags);
  const patched = session.patch(kind, namespace, name, { type: 'strategic', body: patch }, options);
  if (!isProblem(patched)) return printResult(session, kind, patched, 'configured', flags);
  const inner = whileDoing(`error when patching ${quote(source)}`, patched);
  return whileDoing(`error when applying patch:\n${goJson(patch)}\nto:\n${info(manifest)}\nfor: ${quote(source)}`, inner);
}

/** How the real client names an object in its errors. */
const info = ({ kind, object }: Manifest) =>
  `Resource: "${kind.group ? `${kind.group}/` : '/'}${kind.version}, Resource=${kind.resource}", GroupVersionKind: "${kind.group ? `${kind.group}/` : '/'}${kind.version}, Kind=${kind.kind}"\n` +
  `Name: "${object.metadata.name}", Namespace: "${object.metadata.namespace ?? ''}"`;

function warnUnlessApplied(current: KubeObject, name: string, session: Session): void {
  if (current.metadata.annotations?.[lastAppliedKey] !== undefined) return;
  session.warn(
    `resource ${name.replace(/^([^./]+)[^/]*/, '$1s')} is missing the ${lastAppliedKey} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
  );
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
