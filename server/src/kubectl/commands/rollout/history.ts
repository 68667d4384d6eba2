// kubectl rollout history: the revisions and their causes, or the pod template of one.
import type { PodTemplateSpec } from '../../../schema/generated/types.ts';
import { changeCauseAnnotation } from '../../change-cause.ts';
import { command, type Outcome } from '../../command.ts';
import { podTemplateLines } from '../../describe/pod-template.ts';
import { flag, number, text, type Values } from '../../flags.ts';
import { align, describeAlignment } from '../../output/tabwriter.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { objectName } from '../../resource-names.ts';
import { printObject } from '../../results.ts';
import type { Session } from '../../session.ts';
import { fileFlags, namesFiles, resolve, type Found } from '../../targets.ts';
import { revisionsOf, type Revision } from './revisions.ts';

const flags = {
  revision: number(0),
  ...fileFlags,
  selector: text('l'),
  output: text('o'),
  template: text(),
  'show-managed-fields': flag(),
  'allow-missing-template-keys': flag(true),
} as const;

export const rolloutHistory = command(flags, (session, { flags, words }): Outcome => {
  if (words.length === 0 && !namesFiles(flags)) return problem('required resource not specified');
  if (flags.revision < 0) return problem(`revision must be a positive integer: ${flags.revision}`);
  const resolved = resolve(words, flags, session, 'all');
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const failed = historyOf(found, flags, session);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

function historyOf({ kind, name, object }: Found, flags: HistoryFlags, session: Session): Problem | undefined {
  const revisions = revisionsOf(object, session, 'history viewer');
  if (isProblem(revisions)) return revisions;
  const { revision } = flags;
  const chosen = revision > 0 ? revisions.get(revision) : undefined;
  if (revision > 0 && !chosen) return problem('unable to find the specified revision');
  if (flags.output !== '') {
    const shown = chosen ?? revisions.get(Math.max(...revisions.keys()));
    return shown && printObject(session, shown.shown, flags);
  }
  const heading = objectName(kind, name);
  if (chosen) session.print(`${heading} with revision #${revision}\n${podTemplateLines(withCause(chosen)).join('\n')}\n`);
  else session.print(`${heading} \n${revisions.size === 0 ? 'No rollout history found.' : tableOf(revisions)}`);
  return undefined;
}

type HistoryFlags = Values<typeof flags>;

function tableOf(revisions: ReadonlyMap<number, Revision>): string {
  const rows = [...revisions]
    .sort(([a], [b]) => a - b)
    .map(([revision, { object }]) => `${revision}\t${object.metadata.annotations?.[changeCauseAnnotation] || '<none>'}`);
  return `${align(['REVISION\tCHANGE-CAUSE', ...rows].join('\n'), describeAlignment)}\n`;
}

/** The template of a ReplicaSet, with the cause among its annotations. */
function withCause({ object, template }: Revision): PodTemplateSpec {
  const cause = object.kind === 'ReplicaSet' ? object.metadata.annotations?.[changeCauseAnnotation] : undefined;
  return cause
    ? { ...template, metadata: { ...template.metadata, annotations: { ...template.metadata?.annotations, [changeCauseAnnotation]: cause } } }
    : template;
}
