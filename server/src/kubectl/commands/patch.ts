// kubectl patch: sends a patch as it was written.
import { quote } from '../../kube/quote.ts';
import { command, type Outcome } from '../command.ts';
import { recordFlags } from '../change-cause.ts';
import { flag, text } from '../flags.ts';
import { isProblem, problem, together, type Problem } from '../problem.ts';
import { isMap } from '../../cluster/registry/patch/json.ts';
import { mergePatch } from '../../cluster/registry/patch/merge-patch.ts';
import { strategicMerge } from '../../cluster/registry/patch/strategic-merge.ts';
import type { ApiRequest, PatchType } from '../../cluster/registry/request.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { KindInfo } from '../../schema/kinds.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../results.ts';
import { fileFlags, resolve } from '../targets.ts';
import { isEqual } from '../../kube/equal.ts';
import { ManifestFile } from '../../manifest/manifest-file.ts';

const flags = {
  patch: text('p'),
  'patch-file': text(),
  type: text(undefined, 'strategic'),
  subresource: text(),
  'field-manager': text(undefined, 'kubectl-patch'),
  ...fileFlags,
  local: flag(),
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
  // What cannot be read is sent as it is: the server says what is wrong with it.
  const sent: Pick<ApiRequest, 'body' | 'text'> = !document || broken ? { text: { content: source.text, format: 'json' } } : { body: document.value };
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems = [...resolved.problems];
  for (const { kind, namespace, name, object } of resolved.found) {
    const { subresource } = flags;
    const patched =
      dryRun === 'client'
        ? patchedHere(kind, object, type, sent.body)
        : session.patch(kind, namespace, name, { type, ...sent, ...(subresource !== '' && { subresource }) }, writeOptions(flags['field-manager'], dryRun));
    const failed = isProblem(patched)
      ? unsupported(patched, type, kind)
      : printResult(
          session,
          kind,
          patched,
          isEqual(patched, object) ? 'patched (no change)' : 'patched',
          dryRun === 'server' ? { ...flags, 'dry-run': 'none' } : flags,
        );
    if (failed) problems.push(failed);
  }
  if (resolved.found.length === 0 && problems.length === 0) return problem('no objects passed to patch');
  return together(problems);
});

/** --dry-run=client: the patch applied to a copy, without the server's opinion. */
function patchedHere(kind: KindInfo, object: KubeObject, type: PatchType, patch: unknown): KubeObject | Problem {
  if (type === 'json') {
    if (!Array.isArray(patch)) return problem('the patch is no list of operations');
    const changed = applyJsonPatch(object, patch);
    return 'error' in changed ? problem(changed.error) : (changed.value as KubeObject);
  }
  if (!isMap(patch)) return problem('the patch is no map of fields');
  if (type === 'merge' || kind.custom) return mergePatch(object, patch) as KubeObject;
  const merged = strategicMerge({ ...object }, patch, kind.type);
  return 'error' in merged ? problem(merged.error) : (merged.result as unknown as KubeObject);
}

const mediaTypes: Readonly<Record<string, string>> = { json: 'json-patch', merge: 'merge-patch', strategic: 'strategic-merge-patch' };

/** The client says which kind of patch the server does not take. */
function unsupported(cause: Problem, type: string, kind: KindInfo): Problem {
  if (cause.status?.code !== 415) return cause;
  return problem(`application/${mediaTypes[type]}+json is not supported by ${kind.apiVersion}, Kind=${kind.kind}: ${cause.status.message}`);
}
