// kubectl label and kubectl annotate: 'kubectl label pod web app=free old-'.
import { command, type Command, type Outcome } from '../command.ts';
import { recorded, recordFlags } from '../change-cause.ts';
import { flag, text, type Values } from '../flags.ts';
import { isEmpty, mergePatch } from '../patch/merge-patch.ts';
import { isProblem, problem, together, type Problem } from '../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions } from '../results.ts';
import type { Session } from '../session.ts';
import { fileFlags, resolve, type Found } from '../targets.ts';
import type { KubeObject, StringMap } from '../../kube/object.ts';
import { checkLabelValue } from '../../kube/names.ts';
import { quote } from '../../kube/quote.ts';
import { splitPairs, type Pairs } from './pairs.ts';

const flags = {
  overwrite: flag(),
  list: flag(),
  ...fileFlags,
  selector: text('l'),
  'field-selector': text(),
  all: flag(),
  'all-namespaces': flag(false, 'A'),
  local: flag(),
  'resource-version': text(),
  ...recordFlags,
  ...resultFlags,
} as const;

type LabelFlags = Values<typeof flags> & { readonly 'field-manager': string };

interface Words {
  readonly field: 'labels' | 'annotations';
  readonly one: string;
  readonly command: string;
  readonly done: string;
  /** What annotate says before the keys that are already there. */
  readonly taken: string;
}

const labelWords: Words = { field: 'labels', one: 'label', command: 'label', done: 'labeled', taken: '' };
const annotationWords: Words = {
  field: 'annotations',
  one: 'annotation',
  command: 'annotate',
  done: 'annotated',
  taken: '--overwrite is false but found the following declared annotation(s): ',
};

export const label = labelCommand(labelWords);
export const annotate = labelCommand(annotationWords);

function labelCommand(words: Words): Command {
  return command({ ...flags, 'field-manager': text(undefined, `kubectl-${words.command}`) }, (session, given): Outcome => {
    const split = splitPairs(given.words, words.one);
    if (isProblem(split)) return split;
    const wrong = words.field === 'labels' ? labelValueProblem(split) : undefined;
    if (wrong) return wrong;
    if (!given.flags.list && split.pairs.length === 0 && split.removals.length === 0) return problem(`at least one ${words.one} update is required`);
    const resolved = resolve(split.words, given.flags, session);
    if (isProblem(resolved)) return resolved;
    const problems = [...resolved.problems];
    for (const found of resolved.found) {
      const failed = given.flags.list ? listPairs(found, words, session) : changeOne(found, split, words, given.flags, session);
      if (failed) problems.push(failed);
    }
    return together(problems);
  });
}

function labelValueProblem({ pairs }: Pairs): Problem | undefined {
  for (const [key, value] of pairs) {
    if (value.includes('=')) return problem(`invalid label spec: ${key}=${value}`);
    const findings = checkLabelValue(value);
    if (findings.length > 0) return problem(`invalid label value: ${quote(`${key}=${value}`)}: ${findings.join(';')}`);
  }
  return undefined;
}

function listPairs({ object }: Found, { field }: Words, session: Session): undefined {
  for (const [key, value] of Object.entries(object.metadata[field] ?? {}).sort()) session.print(`${key}=${value}`);
}

function changeOne(found: Found, { pairs, removals }: Pairs, words: Words, flags: LabelFlags, session: Session): Problem | undefined {
  const { kind, namespace, name, object } = found;
  const before = object.metadata[words.field] ?? {};
  const taken = flags.overwrite ? [] : pairs.filter(([key, value]) => Object.hasOwn(before, key) && (before[key] !== value || words.field === 'annotations'));
  if (taken.length > 0)
    return problem(
      `${words.taken}${taken.map(([key]) => `'${key}' already has a value (${before[key]})`).join(', ')}${words.taken === '' ? ', and --overwrite is false' : ''}`,
    );
  for (const key of removals) if (words.field === 'labels' && !Object.hasOwn(before, key)) session.print(`label "${key}" not found.`);
  const after = { ...Object.fromEntries(Object.entries(before).filter(([key]) => !removals.includes(key))), ...Object.fromEntries(pairs) };
  const version = flags['resource-version'];
  const metadata = { ...object.metadata, [words.field]: after, ...(version !== '' && { resourceVersion: version }) };
  const changed = recorded({ ...object, metadata } as KubeObject, session, flags);
  const operation = words.field === 'labels' ? labelOperation(before, after, flags.overwrite) : words.done;
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const patch = mergePatch({ ...object }, { ...changed });
  if (flags.local || dryRun === 'client' || isEmpty(patch)) return printResult(session, kind, changed, operation, flags);
  const patched = session.patch(kind, namespace, name, { type: 'merge', body: patch }, writeOptions(flags['field-manager'], dryRun));
  return isProblem(patched) ? patched : printResult(session, kind, patched, operation, flags);
}

function labelOperation(before: StringMap, after: StringMap, overwrite: boolean): string {
  if (isEmpty(mergePatch(before, after))) return 'not labeled';
  return !overwrite && JSON.stringify(after).length < JSON.stringify(before).length ? 'unlabeled' : 'labeled';
}
