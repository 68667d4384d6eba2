// What a single container does next: pulled, started, ready, ended, started again.
import { formatGoDuration } from '../../kube/duration.ts';
import { aheadOf, faultOf, startMs, type Actor } from './ahead.ts';
import { containerId, imageOf, invalidNameText, notFoundText } from './image.ts';
import type { Ahead, ContainerRun } from './pod-run.ts';
import { failureText } from './probes.ts';
import { exited, type Draft } from './draft.ts';
import { crashBackoffMs, crashEventText, pullBackoffMs } from './back-off.ts';

/** A container that ran this long has proved itself: its back-off begins anew. */
const provenMs = 600_000;
/** The kubelet looks again so long after a failed pull, and only then says that it backs off. */
const secondLookMs = 1_000;

/** When the container does something next; undefined: never, by itself. */
export function nextMoment({ state, dueAt, ahead }: ContainerRun): number | undefined {
  if (state === 'waiting') return dueAt;
  if (state !== 'running' || !ahead) return undefined;
  const { startedUpAt, readyAt, end, kill, unhealthy } = ahead;
  const next = Math.min(startedUpAt ?? never, readyAt ?? never, end?.at ?? never, kill?.at ?? never, unhealthy?.at ?? never);
  return next === never ? undefined : next;
}

const never = Number.POSITIVE_INFINITY;

/** Does the next thing that is due; false when nothing is. */
export function stepContainer(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  const { now } = draft.surroundings;
  switch (before.state) {
    case 'waiting':
      if (before.stage === 'bad-image' || (before.dueAt !== undefined && before.dueAt > now)) return false;
      return stepWaiting(draft, actor, before);
    case 'running':
      return stepRunning(draft, actor, before);
    case 'exited':
      return mayRestart(actor, before) && restart(draft, actor, before);
  }
}

// ---- waiting ----

function stepWaiting(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  const { container } = actor;
  const { now, notReadyBefore } = draft.surroundings;
  if (before.stage === 'starting') return start(draft, actor, before, startMs(actor, 0));
  const image = imageOf(container.image ?? '');
  if (!image) return refuseImage(draft, actor, before);
  if (faultOf(actor) === 'image-pull') return before.stage === 'pull-failed' ? backOffPull(draft, actor, before) : failPull(draft, actor, before);
  const takes = startMs(actor, before.restarts);
  if (takes === 0) return start(draft, actor, before, 0);
  // Ready when it runs: so its turn among its owner's pods decides when it runs.
  const dueAt = Math.max(now + takes, notReadyBefore);
  draft.readyAt = dueAt;
  if (mustPull(draft, actor)) tell(draft, actor, 'Normal', 'Pulling', `Pulling image "${image.tagged}"`);
  return put(draft, actor, { ...before, stage: 'starting', dueAt });
}

function refuseImage(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  const image = actor.container.image ?? '';
  tell(draft, actor, 'Warning', 'InspectFailed', `Failed to apply default image tag "${image}": ${invalidNameText(image)}`);
  tell(draft, actor, 'Warning', 'Failed', 'Error: InvalidImageName');
  sandbox(draft);
  return put(draft, actor, { ...before, stage: 'bad-image', dueAt: undefined });
}

function failPull(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  const image = imageOf(actor.container.image ?? '')!;
  tell(draft, actor, 'Normal', 'Pulling', `Pulling image "${image.tagged}"`);
  tell(draft, actor, 'Warning', 'Failed', `Failed to pull image "${image.tagged}": ${notFoundText(image)}`);
  tell(draft, actor, 'Warning', 'Failed', 'Error: ErrImagePull');
  sandbox(draft);
  return put(draft, actor, { ...before, stage: 'pull-failed', failedPulls: before.failedPulls + 1, dueAt: draft.surroundings.now + secondLookMs });
}

function backOffPull(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  const image = imageOf(actor.container.image ?? '')!;
  tell(draft, actor, 'Normal', 'BackOff', `Back-off pulling image "${image.tagged}"`);
  tell(draft, actor, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  const failedAt = draft.surroundings.now - secondLookMs;
  return put(draft, actor, { ...before, stage: 'pull-back-off', dueAt: failedAt + pullBackoffMs(before.failedPulls) });
}

function start(draft: Draft, actor: Actor, before: ContainerRun, took: number): boolean {
  const { now, notReadyBefore } = draft.surroundings;
  const image = actor.container.image ?? '';
  tellPulled(draft, actor, took);
  tell(draft, actor, 'Normal', 'Created', 'Container created');
  tell(draft, actor, 'Normal', 'Started', 'Container started');
  sandbox(draft);
  const ahead = inTurn(aheadOf(actor, now, took), actor, took, notReadyBefore);
  // Of a container that took its time to start, that was settled when it began.
  if (ahead.readyAt !== undefined && actor.role === 'main' && took === 0) draft.readyAt = Math.max(draft.readyAt ?? 0, ahead.readyAt);
  const restarts = before.stage === 'crash-back-off' ? before.restarts + 1 : before.restarts;
  const { name } = actor.container;
  const running: ContainerRun = {
    ...before,
    state: 'running',
    stage: 'new',
    dueAt: undefined,
    id: containerId(draft.run.uid, name, restarts),
    image,
    startedAt: now,
    started: !actor.container.startupProbe,
    ready: false,
    ahead,
    restarts,
  };
  return put(draft, actor, ahead.readyAt === now ? madeReady(running, ahead) : running);
}

const madeReady = (container: ContainerRun, ahead: Ahead): ContainerRun => ({ ...container, ready: true, started: true, ahead: without(ahead, 'readyAt') });

/** A container that was not held back while it started is held back until its pod may be ready. */
function inTurn(ahead: Ahead, { role }: Actor, took: number, notReadyBefore: number): Ahead {
  if (role !== 'main' || took > 0 || ahead.readyAt === undefined || ahead.readyAt >= notReadyBefore) return ahead;
  return { ...ahead, readyAt: notReadyBefore };
}

function tellPulled(draft: Draft, actor: Actor, took: number): void {
  const image = imageOf(actor.container.image ?? '')!;
  if (!mustPull(draft, actor)) {
    tell(draft, actor, 'Normal', 'Pulled', `Container image "${actor.container.image}" already present on machine and can be accessed by the pod`);
    return;
  }
  if (took === 0) tell(draft, actor, 'Normal', 'Pulling', `Pulling image "${image.tagged}"`);
  const duration = formatGoDuration(took);
  tell(
    draft,
    actor,
    'Normal',
    'Pulled',
    `Successfully pulled image "${image.tagged}" in ${duration} (${duration} including waiting). Image size: ${image.bytes} bytes.`,
  );
  draft.pulled.push(image.tagged);
}

/** Whether the image has to be fetched first. What may never be fetched counts as there. */
function mustPull({ surroundings, pulled }: Draft, { container }: Actor): boolean {
  if (container.imagePullPolicy === 'Never') return false;
  const { tagged } = imageOf(container.image ?? '')!;
  return container.imagePullPolicy === 'Always' || !(surroundings.hasImage(tagged) || pulled.includes(tagged));
}

function sandbox(draft: Draft): void {
  if (draft.run.ip === undefined) draft.run = { ...draft.run, ip: draft.surroundings.newIp() };
}

// ---- running ----

function stepRunning(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  const { now } = draft.surroundings;
  if (actor.container.image !== before.image) return replaceImage(draft, actor, before);
  const code = draft.surroundings.exitOf?.(before.id!);
  if (code !== undefined) return put(draft, actor, exited(before, code, code === 0 ? 'Completed' : 'Error', now));
  const ahead = before.ahead;
  const at = nextMoment(before);
  if (!ahead || at === undefined || at > now) return false;
  if (ahead.end?.at === at) return put(draft, actor, exited(before, ahead.end.code, ahead.end.reason, now));
  if (ahead.kill?.at === at) return kill(draft, actor, before, ahead.kill.probe);
  if (ahead.unhealthy?.at === at) return tellUnhealthy(draft, actor, before, ahead);
  if (ahead.startedUpAt === at) return put(draft, actor, { ...before, started: true, ahead: without(ahead, 'startedUpAt') });
  return put(draft, actor, madeReady(before, ahead));
}

/** What is still to come; undefined when that is nothing. */
function without(ahead: Ahead, done: keyof Ahead): Ahead | undefined {
  const rest: Ahead = { ...ahead, [done]: undefined };
  return rest.startedUpAt === undefined && rest.readyAt === undefined && !rest.end && !rest.kill && !rest.unhealthy ? undefined : rest;
}

function tellUnhealthy(draft: Draft, actor: Actor, before: ContainerRun, ahead: Ahead): boolean {
  unhealthy(draft, actor, ahead.unhealthy!.probe);
  // Nothing that the status shows has changed.
  replace(draft, actor, { ...before, ahead: without(ahead, 'unhealthy') });
  return true;
}

function unhealthy(draft: Draft, actor: Actor, probed: 'Readiness' | 'Liveness' | 'Startup'): void {
  const { container } = actor;
  const probe = { Readiness: container.readinessProbe, Liveness: container.livenessProbe, Startup: container.startupProbe }[probed]!;
  const answers = probed === 'Readiness' && faultOf(actor) === 'not-ready';
  tell(draft, actor, 'Warning', 'Unhealthy', failureText(probed, probe, container, draft.run.ip ?? '', answers));
}

/** It is told to stop and does so at once, with what a process answers to SIGTERM that does not listen to it. */
function kill(draft: Draft, actor: Actor, before: ContainerRun, probe: 'Readiness' | 'Liveness' | 'Startup'): boolean {
  unhealthy(draft, actor, probe);
  tell(draft, actor, 'Normal', 'Killing', `Container ${actor.container.name} failed ${probe.toLowerCase()} probe, will be restarted`);
  return put(draft, actor, exited(before, 143, 'Error', draft.surroundings.now));
}

/** The image of a running pod was changed. */
function replaceImage(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  tell(draft, actor, 'Normal', 'Killing', `Container ${actor.container.name} definition changed, will be restarted`);
  const stopped = exited(before, 0, 'Completed', draft.surroundings.now);
  return put(draft, actor, { ...stopped, state: 'waiting', stage: 'new', exit: undefined, last: stopped.exit, restarts: before.restarts + 1 });
}

// ---- exited ----

function mayRestart({ pod, container, role }: Actor, { exit }: ContainerRun): boolean {
  if (role === 'sidecar') return true;
  const policy = container.restartPolicy ?? pod.spec.restartPolicy;
  if (role === 'init') return exit!.code !== 0 && policy !== 'Never';
  return policy === 'Always' || (policy === 'OnFailure' && exit!.code !== 0);
}

/** At once the first time, then after 10 s, 20 s, 40 s, … 300 s. */
function restart(draft: Draft, actor: Actor, before: ContainerRun): boolean {
  const { pod, container } = actor;
  const exit = before.exit!;
  const hasProved = exit.finishedAt - exit.startedAt >= provenMs;
  const ends = hasProved ? 1 : before.ends + 1;
  const again: ContainerRun = { ...before, state: 'waiting', stage: 'new', exit: undefined, last: exit, ends };
  const wait = crashBackoffMs(ends);
  if (wait === 0) return put(draft, actor, { ...again, restarts: before.restarts + 1 });
  tell(draft, actor, 'Warning', 'BackOff', crashEventText(pod, container.name));
  return put(draft, actor, { ...again, stage: 'crash-back-off', dueAt: exit.finishedAt + wait });
}

// ---- writing ----

function put(draft: Draft, actor: Actor, after: ContainerRun): true {
  draft.changed = true;
  replace(draft, actor, after);
  return true;
}

function replace(draft: Draft, { role, index }: Actor, after: ContainerRun): void {
  const { run } = draft;
  draft.run = role === 'main' ? { ...run, containers: run.containers.with(index, after) } : { ...run, init: run.init.with(index, after) };
}

function tell(draft: Draft, { container, role }: Actor, type: 'Normal' | 'Warning', reason: string, message: string): void {
  const fieldPath = `spec.${role === 'main' ? 'containers' : 'initContainers'}{${container.name}}`;
  draft.events.push({ type, reason, message, fieldPath, host: draft.run.node });
}
