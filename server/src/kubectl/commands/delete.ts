// kubectl delete: by name, by file, or everything that matches; waits until the objects are gone.
import { command, type Outcome } from '../command.ts';
import type { Wait } from '../environment.ts';
import { flag, number, text, type Values } from '../flags.ts';
import { isNotFound, isProblem, problem, together, type Problem } from '../problem.ts';
import { dryRunOf, writeOptions } from '../results.ts';
import type { Session } from '../session.ts';
import { fileFlags, namesFiles, nothingNamed, selectFiles, selectWords, type Target } from '../targets.ts';
import type { RequestOptions } from '../../cluster/registry/request.ts';
import type { KubeObject } from '../../kube/object.ts';
import { isStatus } from '../../kube/status.ts';
import { itemsOf } from './items.ts';
import { sendRaw } from './raw.ts';

const flags = {
  ...fileFlags,
  raw: text(),
  selector: text('l'),
  'field-selector': text(),
  all: flag(),
  'all-namespaces': flag(false, 'A'),
  cascade: text(undefined, 'background', 'background'),
  force: flag(),
  now: flag(),
  'grace-period': number(-1),
  'ignore-not-found': flag(),
  timeout: text(undefined, '0s'),
  wait: flag(true),
  output: text('o'),
  'dry-run': text(undefined, 'none', 'unchanged'),
} as const;

type DeleteFlags = Values<typeof flags>;

export const deleteCommand = command(flags, function* (session, { flags, words }): Generator<Wait, Outcome> {
  if (flags.output !== '' && flags.output !== 'name') return problem(`unexpected -o output mode: ${flags.output}. We only support '-o name'`);
  const options = deletionOptions(flags, session);
  if (isProblem(options)) return options;
  if (flags.raw !== '') return sendRaw(flags.raw, 'delete', undefined, session);
  const selected = select(words, flags, session);
  if (isProblem(selected)) return selected;
  const problems: Problem[] = [...selected.problems];
  const waiting: { target: Target; uid: string }[] = [];
  for (const target of selected.targets) {
    const answer =
      flags['dry-run'] === 'client'
        ? session.get(target.kind, target.namespace, target.name)
        : session.delete(target.kind, target.namespace, target.name, options);
    if (isProblem(answer)) {
      if (!flags['ignore-not-found'] || !isNotFound(answer)) problems.push(answer);
      continue;
    }
    session.print(resultLine(target, flags));
    const uid = uidOf(answer);
    if (uid !== undefined) waiting.push({ target, uid });
  }
  if (selected.targets.length === 0 && problems.length === 0) session.print('No resources found');
  if (flags.wait && flags['dry-run'] === 'none') for (const { target, uid } of waiting) yield* untilGone(target, uid, session);
  return together(problems);
});

function deletionOptions(flags: DeleteFlags, session: Session): RequestOptions | Problem {
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  const policy = ({ background: 'Background', true: 'Background', foreground: 'Foreground', orphan: 'Orphan', false: 'Orphan' } as const)[flags.cascade];
  if (!policy) return problem(`invalid cascade value (${flags.cascade}). Must be "background", "foreground", or "orphan"`);
  const given = flags['grace-period'];
  if (flags.now && given !== -1) return problem('--now and --grace-period cannot be specified together');
  // Without --force a period of 0 becomes 1, so that nothing is forgotten while it may still run.
  const grace = flags.force ? Math.max(0, given) : flags.now || given === 0 ? 1 : given;
  if (flags.force && grace > 0) return problem('--force and --grace-period greater than 0 cannot be specified together');
  if (flags.force)
    session.warn(
      'Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
    );
  return { ...writeOptions('kubectl', dryRun), propagationPolicy: policy, ...(grace >= 0 && { gracePeriodSeconds: grace }) };
}

interface Chosen {
  readonly targets: readonly Target[];
  readonly problems: readonly Problem[];
}

function select(words: readonly string[], flags: DeleteFlags, session: Session): Chosen | Problem {
  if (namesFiles(flags)) return selectFiles(flags, session);
  if (words.length === 0) return problem(nothingNamed);
  const selected = selectWords(words, session);
  if (isProblem(selected) || selected.kinds.length === 0) {
    if (isProblem(selected)) return selected;
    if (flags.all) return problem("setting 'all' parameter but found a non empty selector. ");
    return flags.selector === '' ? selected : problem('name cannot be provided when a selector is specified');
  }
  if (!flags.all && flags.selector === '' && flags['field-selector'] === '') return problem('resource(s) were provided, but no name was specified');
  if (flags.all && flags.selector !== '') return problem('cannot set --all and --selector at the same time');
  const targets: Target[] = [];
  for (const kind of selected.kinds) {
    const found = itemsOf(kind, flags, session);
    if (isProblem(found)) return found;
    targets.push(...found.items.map(({ object }) => ({ kind, namespace: object.metadata.namespace, name: object.metadata.name })));
  }
  return { targets, problems: [] };
}

/** 'pod "web-1" deleted from default namespace' */
function resultLine({ kind, namespace, name }: Target, flags: DeleteFlags): string {
  const what = `${kind.kind.toLowerCase()}${kind.group && `.${kind.group}`}`;
  if (flags.output === 'name') return `${what}/${name}`;
  const suffix = flags['dry-run'] === 'client' ? ' (dry run)' : flags['dry-run'] === 'server' ? ' (server dry run)' : '';
  return `${what} "${name}" ${flags.force ? 'force ' : ''}deleted${namespace ? ` from ${namespace} namespace` : ''}${suffix}`;
}

/** The uid of what is being deleted: of the object, or of the Status that says it is gone. */
function uidOf(answer: KubeObject | { readonly details?: { readonly uid?: string } }): string | undefined {
  return isStatus(answer) ? answer.details?.uid : (answer as KubeObject).metadata.uid;
}

function* untilGone({ kind, namespace, name }: Target, uid: string, session: Session): Generator<Wait, void> {
  for (;;) {
    const object = session.get(kind, namespace, name);
    if (isProblem(object) || object.metadata.uid !== uid) return;
    yield {};
  }
}
