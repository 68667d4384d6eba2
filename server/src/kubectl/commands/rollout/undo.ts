// kubectl rollout undo: the pod template of an earlier revision becomes the Deployment's again.
// Source: DeploymentRollbacker (kubectl pkg/polymorphichelpers/rollback.go).
import { quote } from '../../../kube/quote.ts';
import { command, type Outcome } from '../../command.ts';
import { number, text } from '../../flags.ts';
import { podTemplateLines } from '../../describe/pod-template.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { dryRunOf, printResult, resultFlags, writeOptions, type DryRun } from '../../results.ts';
import type { Session } from '../../session.ts';
import { fileFlags, namesFiles, resolve, type Found } from '../../targets.ts';
import { lastAppliedKey } from '../../../cluster/registry/patch/last-applied.ts';
import { isCopied } from '../../../cluster/controllers/deployment/annotations.ts';
import { hashLabel, sameTemplate } from '../../../cluster/controllers/deployment/template.ts';
import type { StringMap } from '../../../kube/object.ts';
import type { ControllerRevision, DaemonSet, Deployment, PodTemplateSpec, ReplicaSet } from '../../../schema/generated/types.ts';
import { revisionsOf, type Revision } from './revisions.ts';
import { isEqual } from '../../../kube/equal.ts';

const flags = { 'to-revision': number(0), ...fileFlags, selector: text('l'), ...resultFlags } as const;

export const rolloutUndo = command(flags, (session, { flags, words }): Outcome => {
  const dryRun = dryRunOf(flags);
  if (isProblem(dryRun)) return dryRun;
  if (words.length === 0 && !namesFiles(flags)) return problem('required resource not specified');
  const resolved = resolve(words, flags, session, 'all');
  if (isProblem(resolved)) return resolved;
  const problems: Problem[] = [...resolved.problems];
  for (const found of resolved.found) {
    if (found.object.metadata.annotations?.[lastAppliedKey] !== undefined) warnAboutApply(found, session);
    const done = undo(found, flags['to-revision'], dryRun, session);
    const failed = isProblem(done) ? done : printResult(session, found.kind, found.object, done, flags);
    if (failed) problems.push(failed);
  }
  return together(problems);
});

const warnAboutApply = ({ kind, name }: Found, session: Session) =>
  session.warn(
    `resource ${kind.resource}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
  );

/** What to say of it: 'rolled back'. */
function undo({ kind, namespace, name, object }: Found, toRevision: number, dryRun: DryRun, session: Session): string | Problem {
  const notFound = problem(`unable to find specified revision ${toRevision} in history`);
  if (toRevision < 0) return notFound;
  const revisions = revisionsOf(object, session, 'rollbacker');
  if (isProblem(revisions)) return revisions;
  const chosen = toRevision > 0 ? revisions.get(toRevision) : previousOf(revisions);
  if (!chosen) return toRevision > 0 ? notFound : problem(`no rollout history found for ${object.kind.toLowerCase()} ${quote(name)}`);
  if (dryRun === 'client') return `${podTemplateLines(chosen.template).join('\n')}\n`;
  const options = writeOptions('kubectl-rollout', dryRun);
  const skipped = `skipped rollback (current template already matches revision ${toRevision})`;
  if (object.kind !== 'Deployment') {
    if (isEqual(chosen.template, (object as DaemonSet).spec.template)) return skipped;
    const patched = session.patch(kind, namespace, name, { type: 'strategic', body: (chosen.object as ControllerRevision).data }, options);
    return isProblem(patched) ? failedRestoring(toRevision, patched) : 'rolled back';
  }
  const deployment = object as Deployment;
  if (deployment.spec.paused) return problem("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again");
  if (sameTemplate(chosen.template, deployment.spec.template)) return skipped;
  const body = [
    { op: 'replace', path: '/spec/template', value: withoutHash(chosen.template) },
    { op: 'replace', path: '/metadata/annotations', value: annotationsAfter(deployment, chosen.object as ReplicaSet) },
  ];
  const patched = session.patch(kind, namespace, name, { type: 'json', body }, options);
  return isProblem(patched) ? failedRestoring(toRevision, patched) : 'rolled back';
}

const failedRestoring = (revision: number, cause: Problem) => problem(`failed restoring revision ${revision}: ${cause.status?.message ?? cause.amongOthers}`);

/** The one before the newest. */
function previousOf(revisions: ReadonlyMap<number, Revision>): Revision | undefined {
  const newestFirst = [...revisions.keys()].sort((a, b) => b - a);
  return newestFirst.length < 2 ? undefined : revisions.get(newestFirst[1]!);
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [hashLabel]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** The Deployment keeps the annotations that belong to it alone; all others are the revision's. */
function annotationsAfter(deployment: Deployment, set: ReplicaSet): StringMap {
  const own = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !isCopied(key));
  const others = Object.entries(set.metadata.annotations ?? {}).filter(([key]) => isCopied(key));
  return Object.fromEntries([...own, ...others]);
}
