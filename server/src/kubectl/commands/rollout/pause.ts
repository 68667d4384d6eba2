// kubectl rollout pause, resume and restart: one field of each Deployment (restart also of StatefulSets and DaemonSets).
import { quote } from '../../../kube/quote.ts';
import { command, type Command, type Outcome } from '../../command.ts';
import { recorded, recordFlags } from '../../change-cause.ts';
import { text } from '../../flags.ts';
import { isProblem, problem, together, type Problem } from '../../problem.ts';
import { printFlags } from '../../results.ts';
import type { Session } from '../../session.ts';
import { fileFlags, namesFiles, resolve, type Found } from '../../targets.ts';
import { formatTime } from '../../../kube/time.ts';
import type { KubeObject } from '../../../kube/object.ts';
import type { Deployment, StatefulSet } from '../../../schema/generated/types.ts';
import { resourceKey } from '../../../kube/resource.ts';
import { sendChange } from '../change.ts';

const flags = { ...fileFlags, selector: text('l'), 'field-manager': text(undefined, 'kubectl-rollout'), ...recordFlags, ...printFlags } as const;

export const rolloutPause = changeEach('paused', ({ object }) => {
  if (object.kind !== 'Deployment') return 'pausing is not supported';
  const { spec } = object as Deployment;
  return spec.paused ? 'is already paused' : ({ ...object, spec: { ...spec, paused: true } } as KubeObject);
});

export const rolloutResume = changeEach('resumed', ({ object }) => {
  if (object.kind !== 'Deployment') return 'resuming is not supported';
  const { paused, ...spec } = (object as Deployment).spec;
  return paused ? ({ ...object, spec } as KubeObject) : 'is not paused';
});

const restartedAt = 'kubectl.kubernetes.io/restartedAt';

export const rolloutRestart = changeEach('restarted', ({ object }, session) => {
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind)) return 'restarting is not supported';
  if (object.kind === 'Deployment' && (object as Deployment).spec.paused) return "can't restart paused deployment (run rollout resume first)";
  const { spec } = object as StatefulSet;
  const { template } = spec;
  const now = formatTime(session.environment.now());
  if (template.metadata?.annotations?.[restartedAt] === now)
    return 'failed to create patch: if restart has already been triggered within the past second, please wait before attempting to trigger another';
  const metadata = { ...template.metadata, annotations: { ...template.metadata?.annotations, [restartedAt]: now } };
  return { ...object, spec: { ...spec, template: { ...template, metadata } } } as KubeObject;
});

/** `change` gives the changed object, or why it cannot be changed. */
function changeEach(done: string, change: (found: Found, session: Session) => KubeObject | string): Command {
  return command(flags, (session, { flags, words }): Outcome => {
    if (words.length === 0 && !namesFiles(flags)) return problem('required resource not specified');
    const resolved = resolve(words, flags, session, 'all');
    if (isProblem(resolved)) return resolved;
    if (resolved.found.length === 0 && resolved.problems.length === 0) session.environment.stderr(`No resources found in ${session.namespace} namespace.\n`);
    const problems: Problem[] = [...resolved.problems];
    for (const found of resolved.found) {
      const changed = change(found, session);
      const failed =
        typeof changed === 'string'
          ? problem(`${resourceKey(found.kind)} ${quote(found.name)} ${changed}`)
          : sendChange(found, recorded(changed, session, flags), { ...flags, 'dry-run': 'none' }, session, {
              manager: flags['field-manager'],
              operation: done,
              sayAlways: true,
            });
      if (failed) problems.push(failed);
    }
    return together(problems);
  });
}
