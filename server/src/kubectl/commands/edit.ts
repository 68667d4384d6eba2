// kubectl edit: the object as text in an editor, and what was changed in it as a patch.
import type { KubeObject } from '../../kube/object.ts';
import { quote } from '../../kube/quote.ts';
import { command, type Outcome } from '../command.ts';
import type { Wait } from '../environment.ts';
import { flag, list, text, type Values } from '../flags.ts';
import { goJson } from '../../kube/go-json.ts';
import { parseManifests } from '../manifests.ts';
import { toYaml } from '../output/yaml.ts';
import { isEmpty, mergePatch } from '../patch/merge-patch.ts';
import { twoWayPatch } from '../patch/two-way-patch.ts';
import { isProblem, problem, type Problem } from '../problem.ts';
import { printResult, resultFlags, writeOptions } from '../results.ts';
import type { Session } from '../session.ts';
import { resolve, type Found } from '../targets.ts';
import { validationOf } from './validation.ts';

const flags = {
  filename: list('f'),
  recursive: flag(false, 'R'),
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
  if (words.length === 0 && flags.filename.length === 0) return problem('must specify one of -f and -k');
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  if (resolved.problems[0]) return resolved.problems[0];
  if (resolved.found.length === 0) return problem('edit cancelled, no objects found');
  if (!session.environment.edit) return problem('there is no editor here: use "kubectl patch", or "kubectl get -o yaml" and "kubectl apply -f -"');
  for (const found of resolved.found) {
    const failed = yield* editOne(found, flags, session);
    if (failed) return failed;
  }
  return undefined;
});

const notice = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

function* editOne(found: Found, flags: EditFlags, session: Session): Generator<Wait, Problem | undefined> {
  const { metadata } = found.object;
  const { managedFields: _, ...shownMetadata } = metadata;
  const original = { ...found.object, metadata: shownMetadata } as KubeObject;
  const asJson = flags.output === 'json';
  const body = asJson ? `${goJson(original, 4)}\n` : toYaml(original);
  let document = notice + body;
  for (let failure: Problem | undefined; ;) {
    const edited = yield* inEditor(document, `kubectl-edit.${asJson ? 'json' : 'yaml'}`, session);
    if (isProblem(edited)) return edited;
    const content = withoutNotice(edited);
    if (failure && edited === document) return keepCopy(edited, session);
    if (content === body) {
      session.environment.stderr('Edit cancelled, no changes made.\n');
      return undefined;
    }
    if (content.trim() === '') {
      session.environment.stderr('Edit cancelled, saved file was empty.\n');
      return undefined;
    }
    failure = save(found, original, content, flags, session);
    if (!failure) return undefined;
    document = `${notice}${failureNotice(found, failure)}${content}`;
  }
}

/** Asks for the editor until it has been closed. */
function* inEditor(text: string, name: string, session: Session): Generator<Wait, string | Problem> {
  for (;;) {
    const answer = session.environment.edit!(text, name);
    if (answer) return 'text' in answer ? answer.text : problem(answer.error);
    yield {};
  }
}

const withoutNotice = (text: string) => text.replace(/^(?:[ \t]*#[^\n]*\n)+/gm, '');

function failureNotice({ kind, name }: Found, failure: Problem): string {
  const resource = `${kind.resource}${kind.group && `.${kind.group}`}`;
  const causes = failure.status?.details?.causes ?? [];
  const reasons = causes.length > 0 ? causes.map(({ field, message }) => `# * ${field}: ${message}\n`) : [];
  if (!failure.status) return `# The edited file had a syntax error: ${failure.amongOthers}\n#\n`;
  return `# ${resource} "${name}" was not valid:\n${reasons.length > 0 ? reasons.join('') : `# * ${failure.status.message}\n`}#\n`;
}

/** What was written is not lost when the editor is closed without mending it. */
function keepCopy(text: string, session: Session): Problem {
  const path = session.environment.keep?.(text, 'kubectl-edit.yaml');
  if (path !== undefined) session.environment.stderr(`A copy of your changes has been stored to ${quote(path)}\n`);
  return problem('Edit cancelled, no valid changes were saved.');
}

/** Sends the difference. The problem is one that editing once more can mend. */
function save({ kind, namespace, name }: Found, original: KubeObject, content: string, flags: EditFlags, session: Session): Problem | undefined {
  const read = parseManifests(content, 'edited-file', session);
  const wrong = read.find(isProblem);
  if (wrong) {
    session.environment.stderr(`error: the edited file had a syntax error: ${wrong.amongOthers}\n`);
    return wrong;
  }
  const [manifest] = read as readonly { object: KubeObject }[];
  if (!manifest) return problem('the edited file holds no object');
  const changed = manifest.object;
  if (changed.metadata.name !== original.metadata.name || changed.kind !== original.kind) {
    session.environment.stderr('error: At least one of apiVersion, kind and name was changed\n');
    return problem('At least one of apiVersion, kind and name was changed');
  }
  const patch = kind.custom ? mergePatch({ ...original }, { ...changed }) : twoWayPatch(original, changed, kind.type);
  if (isProblem(patch)) return patch;
  if (isEmpty(patch)) {
    session.environment.stderr('Edit cancelled, no changes made.\n');
    return undefined;
  }
  if (flags['output-patch']) session.print(`Patch: ${goJson(patch)}`);
  const validation = validationOf(flags.validate);
  if (isProblem(validation)) return validation;
  const options = { ...writeOptions(flags['field-manager'], 'none'), fieldValidation: validation };
  const { subresource } = flags;
  const sent = session.patch(
    kind,
    namespace,
    name,
    { type: kind.custom ? 'merge' : 'strategic', body: patch, ...(subresource !== '' && { subresource }) },
    options,
  );
  if (!isProblem(sent)) return printResult(session, kind, sent, 'edited', flags);
  session.environment.stderr(`error: ${kind.resource}${kind.group && `.${kind.group}`} ${quote(name)} is invalid\n`);
  return sent;
}
