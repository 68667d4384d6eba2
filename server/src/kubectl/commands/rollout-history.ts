// kubectl rollout history: the revisions and their causes, or the pod template of one.
import { command, type Outcome } from '../command.ts';
import { changeCauseAnnotation } from '../change-cause.ts';
import { podTemplateLines } from '../describe/pod-template.ts';
import { flag, list, number, text } from '../flags.ts';
import { align, describeAlignment } from '../output/tabwriter.ts';
import { formatOf } from '../output/formats.ts';
import { isProblem, problem, together, type Problem } from '../problem.ts';
import { objectName } from '../resource-names.ts';
import type { Session } from '../session.ts';
import { resolve, type Found } from '../targets.ts';
import type { PodTemplateSpec, ReplicaSet } from '../../schema/generated/types.ts';
import { revisionsOf } from './rollout-revisions.ts';

const flags = { revision: number(0), output: text('o'), filename: list('f'), recursive: flag(false, 'R'), selector: text('l') } as const;

export const rolloutHistory = command(flags, (session, { flags, words }): Outcome => {
  if (flags.revision < 0) return problem(`revision must be a positive integer: ${flags.revision}`);
  const resolved = resolve(words, flags, session);
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    const failed = historyOf(found, flags, session);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

function historyOf({ kind, name, object }: Found, { revision, output }: { revision: number; output: string }, session: Session): Problem | undefined {
  const revisions = revisionsOf(object, session, 'history viewer');
  if (isProblem(revisions)) return revisions;
  const chosen = revision > 0 ? revisions.get(revision) : undefined;
  if (revision > 0 && !chosen) return problem('unable to find the specified revision');
  if (output !== '') return printSet(chosen ?? revisions.get(Math.max(...revisions.keys())), output, session);
  const heading = objectName(kind, name);
  if (chosen) session.print(`${heading} with revision #${revision}\n${podTemplateLines(withCause(chosen)).join('\n')}\n`);
  else session.print(`${heading} \n${revisions.size === 0 ? 'No rollout history found.' : tableOf(revisions)}`);
  return undefined;
}

function tableOf(revisions: ReadonlyMap<number, ReplicaSet>): string {
  const rows = [...revisions]
    .sort(([a], [b]) => a - b)
    .map(([revision, set]) => `${revision}\t${set.metadata.annotations?.[changeCauseAnnotation] || '<none>'}`);
  return `${align(['REVISION\tCHANGE-CAUSE', ...rows].join('\n'), describeAlignment)}\n`;
}

/** The template, with the cause among its annotations. */
function withCause({ metadata, spec }: ReplicaSet): PodTemplateSpec {
  const cause = metadata.annotations?.[changeCauseAnnotation];
  const template = spec.template ?? {};
  return cause
    ? { ...template, metadata: { ...template.metadata, annotations: { ...template.metadata?.annotations, [changeCauseAnnotation]: cause } } }
    : template;
}

function printSet(set: ReplicaSet | undefined, output: string, session: Session): Problem | undefined {
  const format = formatOf(output);
  if (isProblem(format)) return format;
  const printed = set && format ? format(set) : '';
  if (isProblem(printed)) return printed;
  session.environment.stdout(printed);
  return undefined;
}
