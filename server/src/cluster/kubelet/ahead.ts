// What will happen to a container from its start, by its spec and by what is declared of its pod.
//
// A container without a readiness or startup probe that runs for ever is ready as soon as it runs, so for it ready-after is how long
// its start takes (`startMs`). Every other container starts at once, and ready-after is how long it takes until it is ready.
import type { Container, Pod, Probe } from '../../schema/generated/types.ts';
import { controllerOf } from '../../kube/object.ts';
import { failsAfter, firstProbeMs, succeedsAfter } from './probes.ts';
import { usual, type PodFault, type PodFaults } from '../../kube/fault-annotations.ts';
import type { Ahead, Probed } from './pod-run.ts';

/** init: runs to its end before the next one starts. sidecar: an init container that keeps running. main: all others. */
export type Role = 'init' | 'sidecar' | 'main';

export interface Actor {
  readonly pod: Pod;
  readonly container: Container;
  readonly role: Role;
  /** Position among the containers of its role's list. */
  readonly index: number;
  readonly faults: PodFaults;
}

export const roleOf = (container: Container, isInit: boolean): Role => (isInit ? (container.restartPolicy === 'Always' ? 'sidecar' : 'init') : 'main');

/** The declared fault, if it is this container's: faults strike the first main container. */
export const faultOf = ({ role, index, faults }: Actor): PodFault | undefined => (role === 'main' && index === 0 ? faults.fault : undefined);

/** How long it takes until the container runs. */
export function startMs(actor: Actor, restarts: number): number {
  const { container, role, faults } = actor;
  const isEndless = endMs(actor) === undefined && faultOf(actor) !== 'not-ready';
  return role === 'main' && restarts === 0 && !container.readinessProbe && !container.startupProbe && isEndless
    ? (faults.readyAfterMs ?? usual.readyAfterMs)
    : 0;
}

/** How long it runs until it ends by itself; undefined: for ever. */
function endMs(actor: Actor): number | undefined {
  const { pod, role, faults } = actor;
  if (role !== 'main') return role === 'init' ? usual.runForMs : undefined;
  const fault = faultOf(actor);
  if (faults.runForMs !== undefined) return faults.runForMs;
  if (fault === 'crash' || fault === 'fail' || fault === 'oom') return usual.runForMs;
  return pod.spec.restartPolicy !== 'Always' && isOfJob(pod) ? usual.runForMs : undefined;
}

const isOfJob = (pod: Pod) => controllerOf(pod)?.kind === 'Job';

/** `startTook`: what startMs said, when that time has been waited. */
export function aheadOf(actor: Actor, startedAt: number, startTook: number): Ahead {
  const { container, faults } = actor;
  const fault = faultOf(actor);
  const answersAfter = startTook > 0 ? 0 : (faults.readyAfterMs ?? 0);
  const startedUpAfter = container.startupProbe ? succeedsAfter(container.startupProbe, answersAfter) : 0;
  const readyAfter = fault === 'not-ready' ? undefined : readyMs(actor, startTook, Math.max(answersAfter, startedUpAfter));
  const end = endMs(actor);
  const kill = killed(container, answersAfter, startedUpAfter);
  const unhealthy = firstFailure(container, answersAfter, fault === 'not-ready');
  return {
    startedUpAt: container.startupProbe && startedAt + startedUpAfter,
    readyAt: readyAfter === undefined ? undefined : startedAt + readyAfter,
    end: end === undefined ? undefined : { at: startedAt + end, ...outcome(fault) },
    kill: kill && { at: startedAt + kill.after, probe: kill.probe },
    unhealthy: unhealthy && { at: startedAt + unhealthy.after, probe: unhealthy.probe },
  };
}

const outcome = (fault: PodFault | undefined) => {
  if (fault === 'oom') return { code: 137, reason: 'OOMKilled' };
  return fault === 'crash' || fault === 'fail' ? { code: 1, reason: 'Error' } : { code: 0, reason: 'Completed' };
};

function readyMs(actor: Actor, startTook: number, answersAfter: number): number {
  const { container, role, faults } = actor;
  // Sidecars are ready when they have started; so is what took its time to start, and what a Job runs; the others take theirs.
  const isQuick = startTook > 0 || role === 'sidecar';
  const least = isQuick ? 0 : (faults.readyAfterMs ?? (isOfJob(actor.pod) ? 0 : usual.readyAfterMs));
  return Math.max(container.readinessProbe ? succeedsAfter(container.readinessProbe, answersAfter) : answersAfter, least);
}

/** The startup probe is the only one until it succeeds. */
function killed(
  { startupProbe, livenessProbe }: Container,
  answersAfter: number,
  startedUpAfter: number,
): { readonly after: number; readonly probe: 'Startup' | 'Liveness' } | undefined {
  const startup = startupProbe && failsAfter(startupProbe, answersAfter);
  if (startup !== undefined) return { after: startup, probe: 'Startup' };
  const liveness = livenessProbe && failsAfter(livenessProbe, answersAfter);
  return liveness !== undefined && liveness > startedUpAfter ? { after: liveness, probe: 'Liveness' } : undefined;
}

/** Only the first failure is told; Kubernetes repeats it with every period. */
function firstFailure({ startupProbe, livenessProbe, readinessProbe }: Container, answersAfter: number, neverReady: boolean) {
  const failing: { readonly probe: Probed; readonly after: number }[] = [];
  const note = (probe: Probed, spec: Probe | undefined, fails: boolean) => {
    if (spec && (fails || firstProbeMs(spec) < answersAfter)) failing.push({ probe, after: firstProbeMs(spec) });
  };
  note('Startup', startupProbe, false);
  if (!startupProbe) note('Liveness', livenessProbe, false);
  if (!startupProbe || neverReady) note('Readiness', readinessProbe, neverReady);
  return failing.sort((a, b) => a.after - b.after)[0];
}
