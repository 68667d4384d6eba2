// kubectl apply edit-last-applied: what client-side apply remembers of a file, in an editor.
import { lastAppliedKey, lastAppliedOf, withLastApplied } from '../../../cluster/registry/patch/last-applied.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { isEqual } from '../../../kube/equal.ts';
import { command, type Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { flag, text } from '../../flags.ts';
import { isProblem, problem } from '../../problem.ts';
import { printResult, resultFlags, writeOptions } from '../../results.ts';
import { fileFlags, namesFiles, resolve, type Found } from '../../targets.ts';
import { said } from './edit.ts';
import { editUntilSaved, noEditor, type Saving } from './editing.ts';

const flags = {
  ...fileFlags,
  'windows-line-endings': flag(),
  validate: text(undefined, 'strict', 'strict'),
  'field-manager': text(undefined, 'kubectl-last-applied'),
  ...resultFlags,
} as const;

const notice = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`;

export const editLastApplied = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  if (words.length === 0 && !namesFiles(flags)) return problem('must specify one of -f and -k');
  const resolved = resolve(words, { ...flags, selector: '' }, session);
  if (isProblem(resolved)) return resolved;
  if (resolved.problems[0]) return resolved.problems[0];
  if (!session.environment.edit) return noEditor;
  const remembered = resolved.found.flatMap((found): readonly Found[] =>
    found.object.metadata.annotations?.[lastAppliedKey] === undefined
      ? []
      : [{ ...found, object: lastAppliedOf({ ...found.object }) as unknown as KubeObject }],
  );
  if (remembered.length === 0)
    return problem(
      'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
    );
  const save = (found: Found, changed: KubeObject): Saving => {
    if (isEqual(found.object, changed)) return said(printResult(session, found.kind, changed, 'skipped', flags));
    const { annotations } = (withLastApplied({ ...changed }) as unknown as KubeObject).metadata;
    const body = { metadata: { annotations: { [lastAppliedKey]: annotations![lastAppliedKey] } } };
    const sent = session.patch(found.kind, found.namespace, found.name, { type: 'merge', body }, writeOptions(flags['field-manager'], 'none'));
    return isProblem(sent) ? { refused: sent } : said(printResult(session, found.kind, changed, 'edited', flags));
  };
  return yield* editUntilSaved(remembered, save, { ...flags, notice }, session);
});
