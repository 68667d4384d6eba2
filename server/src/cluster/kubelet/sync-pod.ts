// One pod on its node: does everything that is due at this moment, and says when to come again.
// Pure: the same pod, run and surroundings give the same result. Kubernetes' counterpart is the kubelet's syncPod.
import type { Pod } from '../../schema/generated/types.ts';
import type { EventDraft } from '../runtime/writer.ts';
import { roleOf, type Actor } from './ahead.ts';
import { exited, type Draft, type PodSurroundings } from './draft.ts';
import { nextMoment, stepContainer } from './step-container.ts';
import { newContainer, type ContainerRun, type PodRun } from './pod-run.ts';
import { stepStopping } from './stop-pod.ts';

export interface SyncResult {
  readonly run: PodRun;
  /** Whether the status has to be posted. */
  readonly changed: boolean;
  readonly events: readonly EventDraft[];
  /** Images that are on the node now. */
  readonly pulled: readonly string[];
  /** When something happens next, if nobody interferes. */
  readonly nextAt: number | undefined;
  /** When its containers become ready, where that was settled now: it holds up its owner's other pods. */
  readonly readyAt: number | undefined;
}

export function syncPod(pod: Pod, before: PodRun | undefined, surroundings: PodSurroundings): SyncResult {
  const draft: Draft = {
    pod,
    surroundings,
    run: before ?? accept(pod, surroundings.now),
    changed: before === undefined,
    events: [],
    pulled: [],
    readyAt: undefined,
  };
  if (pod.metadata.deletionTimestamp !== undefined) stepStopping(draft);
  else while (step(draft));
  const { run, changed, events, pulled, readyAt } = draft;
  return { run, changed, events, pulled, readyAt, nextAt: nextAtOf(draft) };
}

function accept({ metadata, spec }: Pod, now: number): PodRun {
  return {
    uid: metadata.uid,
    node: spec.nodeName!,
    acceptedAt: now,
    ip: undefined,
    init: (spec.initContainers ?? []).map(() => newContainer),
    containers: spec.containers.map(() => newContainer),
    stopping: undefined,
    ended: false,
    failed: undefined,
    gone: false,
  };
}

/** Does one thing that is due; false when nothing is. */
function step(draft: Draft): boolean {
  const { pod, run } = draft;
  if (run.ended || pastDeadline(draft)) return false;
  for (let i = 0; i < run.init.length; i++) {
    if (stepContainer(draft, actorOf(draft, true, i), run.init[i]!)) return true;
    if (!isPassed(pod, run.init[i]!, i)) return false;
  }
  for (let i = 0; i < run.containers.length; i++) {
    if (stepContainer(draft, actorOf(draft, false, i), run.containers[i]!)) return true;
  }
  if (hasEnded(run)) end(draft);
  return false;
}

function actorOf({ pod, surroundings }: Draft, isInit: boolean, index: number): Actor {
  const container = (isInit ? pod.spec.initContainers! : pod.spec.containers)[index]!;
  return { pod, container, role: roleOf(container, isInit), index, faults: surroundings.faults };
}

/** Whether what comes after this init container may start. */
const isPassed = (pod: Pod, container: ContainerRun, index: number): boolean =>
  roleOf(pod.spec.initContainers![index]!, true) === 'sidecar' ? container.started || container.restarts > 0 : container.exit?.code === 0;

/** All main containers have ended for good: what still runs beside them goes too. */
function end(draft: Draft): void {
  const { run, surroundings } = draft;
  const init = run.init.map((container) => (container.state === 'running' ? exited(container, 0, 'Completed', surroundings.now) : container));
  draft.run = { ...run, init, ended: true };
  draft.changed = true;
}

const hasEnded = (run: PodRun): boolean => run.containers.every(({ state }) => state === 'exited');

const deadlineText = 'Pod was active on the node longer than the specified deadline';

function pastDeadline(draft: Draft): boolean {
  const { run, surroundings } = draft;
  const at = deadlineOf(draft);
  if (at === undefined || surroundings.now < at) return false;
  const killed = (container: ContainerRun) => (container.state === 'running' ? exited(container, 137, 'Error', surroundings.now) : container);
  draft.run = {
    ...run,
    init: run.init.map(killed),
    containers: run.containers.map(killed),
    ended: true,
    failed: { reason: 'DeadlineExceeded', message: deadlineText },
  };
  draft.changed = true;
  draft.events.push({ type: 'Normal', reason: 'DeadlineExceeded', message: deadlineText, host: run.node });
  return true;
}

function deadlineOf({ pod, run }: Draft): number | undefined {
  const seconds = pod.spec.activeDeadlineSeconds;
  return seconds === undefined ? undefined : run.acceptedAt + seconds * 1_000;
}

function nextAtOf(draft: Draft): number | undefined {
  const { run } = draft;
  if (run.gone) return undefined;
  if (run.stopping) return Math.min(run.stopping.stopsAt, run.stopping.killAt);
  if (run.ended) return undefined;
  let next = deadlineOf(draft);
  for (const container of run.init) next = earlier(next, nextMoment(container));
  for (const container of run.containers) next = earlier(next, nextMoment(container));
  return next;
}

const earlier = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || (b !== undefined && b < a) ? b : a);
