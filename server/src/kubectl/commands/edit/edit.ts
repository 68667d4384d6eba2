// kubectl edit: objects as text in an editor, and what was changed in them as patches.
import { goJson } from '../../../kube/go-json.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, text, type Values } from '../../flags.ts';
import { isEmpty, mergePatch } from '../../patch/merge-patch.ts';
import { twoWayPatch } from '../../patch/two-way-patch.ts';
import { isProblem, problem, type Problem } from '../../problem.ts';
import { printResult, resultFlags, writeOptions } from '../../results.ts';
import type { Session } from '../../session.ts';
import { fileFlags, namesFiles, nothingNamed, resolve, type Found } from '../../targets.ts';
import { validationOf } from '../validation.ts';
import { editUntilSaved, noEditor, type Saving } from './editing.ts';

const flags = {
  ...fileFlags,
  selector: text('l'),
  'output-patch': flag(),
  'save-config': flag(),
  subresource: text(),
  'windows-line-endings': flag(),
  validate: text(undefined, 'strict', 'strict'),
  'field-manager': text(undefined, 'kubectl-edit'),
  ...resultFlags,
} as const;

type EditFlags = Values<typeof flags>;

export const edit = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  if (words.length === 0 && !namesFiles(flags)) return problem(nothingNamed);
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  if (resolved.problems[0]) return resolved.problems[0];
  if (resolved.found.length === 0) return problem('edit cancelled, no objects found');
  if (!session.environment.edit) return noEditor;
  const validation = validationOf(flags.validate);
  if (isProblem(validation)) return validation;
  const save = (found: Found, changed: KubeObject): Saving => {
    const patch = patchOf(found, changed);
    if (isProblem(patch)) return { fatal: patch };
    if (isEmpty(patch)) return said(printResult(session, found.kind, found.object, 'skipped', flags));
    if (flags['output-patch']) session.print(`Patch: ${goJson(patch)}`);
    return send(found, patch, { ...writeOptions(flags['field-manager'], 'none'), fieldValidation: validation }, flags, session);
  };
  return yield* editUntilSaved(resolved.found.map(withoutManagedFields), save, flags, session);
});

/** Nobody edits them by hand. */
function withoutManagedFields(found: Found): Found {
  const { managedFields: _, ...metadata } = found.object.metadata;
  return { ...found, object: { ...found.object, metadata } as KubeObject };
}

function patchOf({ object, kind }: Found, changed: KubeObject) {
  if (changed.metadata.name !== object.metadata.name || changed.kind !== object.kind || changed.apiVersion !== object.apiVersion)
    return problem('At least one of apiVersion, kind and name was changed');
  return kind.custom ? mergePatch({ ...object }, { ...changed }) : twoWayPatch(object, changed, kind.type);
}

function send({ kind, namespace, name }: Found, body: unknown, options: ReturnType<typeof writeOptions>, flags: EditFlags, session: Session): Saving {
  const { subresource } = flags;
  const patch = { type: kind.custom ? 'merge' : 'strategic', body, ...(subresource !== '' && { subresource }) } as const;
  const sent = session.patch(kind, namespace, name, patch, options);
  return isProblem(sent) ? { refused: sent } : said(printResult(session, kind, sent, 'edited', flags));
}

export const said = (failed: Problem | undefined): Saving => (failed ? { fatal: failed } : 'saved');
