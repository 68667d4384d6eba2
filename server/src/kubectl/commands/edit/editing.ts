// Objects in an editor until they are saved or given up. What the server refuses is opened again, with the reasons on top.
// Source: kubectl pkg/cmd/util/editor/editoptions.go.
import { goJson } from '../../../kube/go-json.ts';
import type { KubeObject } from '../../../kube/object.ts';
import { quote } from '../../../kube/quote.ts';
import type { Outcome } from '../../command.ts';
import type { Wait } from '../../environment.ts';
import { parseManifests, type Manifest } from '../../manifests.ts';
import { toYaml } from '../../output/yaml.ts';
import { isNotFound, isProblem, problem, type Problem } from '../../problem.ts';
import type { Session } from '../../session.ts';
import type { Found } from '../../targets.ts';

/** What became of one object: `refused` by the server, which editing once more may mend; `fatal` ends it all. */
export type Saving = 'saved' | { readonly refused: Problem } | { readonly fatal: Problem };

export interface EditOptions {
  /** 'json' or YAML. */
  readonly output: string;
  readonly 'windows-line-endings': boolean;
  /** What stands on top of the text. */
  readonly notice?: string;
}

export const noEditor = problem('there is no editor here: use "kubectl patch", or "kubectl get -o yaml" and "kubectl apply -f -"');

const objectNotice = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

interface Reason {
  readonly head: string;
  readonly causes: readonly string[];
}

export function* editUntilSaved(
  objects: readonly Found[],
  save: (found: Found, changed: KubeObject) => Saving,
  options: EditOptions,
  session: Session,
): Generator<Wait, Outcome> {
  const asJson = options.output === 'json';
  const name = `kubectl-edit.${asJson ? 'json' : 'yaml'}`;
  const original = textOf(objects, asJson);
  let body = original;
  for (let reasons: readonly Reason[] = []; ;) {
    const opened = `${options.notice ?? objectNotice}${reasons.map(reasonText).join('')}${body}`;
    const edited = yield* inEditor(options['windows-line-endings'] ? opened.replaceAll('\n', '\r\n') : opened, name, session);
    if (isProblem(edited)) return edited;
    const content = withoutComments(edited);
    if (reasons.length > 0 && content === withoutComments(body)) return kept(edited, name, session, 'Edit cancelled, no valid changes were saved.');
    if (content === withoutComments(original)) return cancelled('no changes made', session);
    if (content.trim() === '') return cancelled('saved file was empty', session);
    body = withoutNotice(edited);
    const read = manifestsIn(content, session);
    if (isProblem(read)) {
      reasons = [{ head: `The edited file had a syntax error: ${read.amongOthers}`, causes: [] }];
      continue;
    }
    const ended = saveAll(read, objects, save, session);
    if ('fatal' in ended) return kept(edited, name, session, ended.fatal);
    if (ended.retry) {
      session.environment.stderr(`You can run \`kubectl replace -f ${keep(edited, name, session)}\` to try this update again.\n`);
      return 1;
    }
    if (ended.gone) {
      session.environment.stderr(`The edits you made on deleted resources have been saved to ${quote(keep(edited, name, session))}\n`);
      return 1;
    }
    if (ended.reasons.length === 0) return undefined;
    ({ reasons } = ended);
  }
}

function textOf(objects: readonly Found[], asJson: boolean): string {
  const [first, ...more] = objects.map(({ object }) => object);
  const shown = more.length === 0 ? first : { apiVersion: 'v1', items: [first, ...more], kind: 'List', metadata: {} };
  return asJson ? `${goJson(shown, 4)}\n` : toYaml(shown);
}

/** Asks for the editor until it has been closed. */
function* inEditor(text: string, name: string, session: Session): Generator<Wait, string | Problem> {
  for (;;) {
    const answer = session.environment.edit!(text, name);
    if (answer) return 'text' in answer ? answer.text.replaceAll('\r\n', '\n') : problem(answer.error);
    yield {};
  }
}

const withoutComments = (text: string) => text.replace(/^[ \t]*#[^\n]*\n?/gm, '');
/** The comments on top. */
const withoutNotice = (text: string) => text.replace(/^(?:#[^\n]*(?:\n|$))+/, '');

function manifestsIn(content: string, session: Session): readonly Manifest[] | Problem {
  const read = parseManifests(content, 'edited-file', session);
  return read.find(isProblem) ?? (read as readonly Manifest[]);
}

const reasonText = ({ head, causes }: Reason) =>
  `# ${hashed(head)}${causes.length > 0 ? ':' : ''}\n${causes.map((cause) => `# * ${hashed(cause)}\n`).join('')}#\n`;
const hashed = (text: string) => text.replaceAll('\n', '\n# ');

interface Ended {
  readonly reasons: readonly Reason[];
  readonly retry: boolean;
  readonly gone: boolean;
}

function saveAll(
  read: readonly Manifest[],
  objects: readonly Found[],
  save: (found: Found, changed: KubeObject) => Saving,
  session: Session,
): Ended | { readonly fatal: Problem } {
  const reasons: Reason[] = [];
  let [retry, gone] = [false, false];
  for (const { object } of read) {
    const found = objects.length === 1 ? objects[0]! : objects.find((one) => one.object.metadata.uid === object.metadata.uid);
    if (!found) return { fatal: problem(`no original object found for ${object.kind} ${quote(object.metadata.name)}`) };
    const saving = save(found, object);
    if (saving === 'saved') continue;
    if ('fatal' in saving) return saving;
    const what = `${found.kind.resource}${found.kind.group && `.${found.kind.group}`} ${quote(found.name)}`;
    const { status, amongOthers } = saving.refused;
    if (status?.reason === 'Invalid') {
      reasons.push({ head: `${what} was not valid`, causes: (status.details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`) });
      session.environment.stderr(`error: ${what} is invalid\n`);
    } else if (isNotFound(saving.refused)) {
      gone = true;
      session.environment.stderr(`error: ${what} could not be found on the server\n`);
    } else {
      retry = true;
      session.environment.stderr(`error: ${what} could not be patched: ${status?.message ?? amongOthers}\n`);
    }
  }
  return { reasons, retry, gone };
}

function cancelled(why: string, { environment }: Session): undefined {
  environment.stderr(`Edit cancelled, ${why}.\n`);
}

/** What was written is not lost when it cannot be saved. */
function kept(text: string, name: string, session: Session, why: string | Problem): Problem {
  const path = keep(text, name, session);
  if (path !== '') session.environment.stderr(`A copy of your changes has been stored to ${quote(path)}\n`);
  return typeof why === 'string' ? problem(why) : why;
}

const keep = (text: string, name: string, { environment }: Session): string => environment.keep?.(text, name) ?? '';
