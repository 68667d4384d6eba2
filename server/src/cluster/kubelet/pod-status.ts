// What the kubelet posts of a pod: its run, in the words of the API.
import type { Container, ContainerState, ContainerStateTerminated, ContainerStatus, Pod, PodStatus, VolumeMountStatus } from '../../schema/generated/types.ts';
import type { Writable } from '../../kube/writable.ts';
import { formatTime } from '../../kube/time.ts';
import { crashWaitingText } from './back-off.ts';
import { conditionsOf } from './conditions.ts';
import { containerId, imageOf, invalidNameText, notFoundText } from './image.ts';
import { phaseOf, type Phase } from './phase.ts';
import type { ContainerRun, Exit, PodRun } from './pod-run.ts';

export interface StatusSurroundings {
  readonly now: number;
  readonly hostIp: string;
}

export function podStatus(pod: Pod, run: PodRun, { now, hostIp }: StatusSurroundings): PodStatus {
  const { spec, metadata } = pod;
  const before = pod.status;
  const init = statusesOf(pod, spec.initContainers ?? none, run, run.init, before.initContainerStatuses);
  const main = statusesOf(pod, spec.containers, run, run.containers, before.containerStatuses);
  const phase = finalPhase(run, phaseOf(spec, init, main, run.gone));
  const status: Writable<PodStatus> = { ...before };
  status.phase = phase;
  status.conditions = conditionsOf({ pod, phase, init, main, hasSandbox: run.ip !== undefined && !run.gone && !run.ended, time: formatTime(now) });
  status.containerStatuses = main;
  if (init.length > 0) status.initContainerStatuses = init;
  if (spec.ephemeralContainers) status.ephemeralContainerStatuses = ephemeralStatuses(pod, run, now);
  if (metadata.generation !== undefined) status.observedGeneration = metadata.generation;
  if (run.failed) Object.assign(status, run.failed);
  status.hostIP = hostIp;
  status.hostIPs ??= [{ ip: hostIp }];
  status.startTime ??= formatTime(run.acceptedAt);
  if (run.ip !== undefined && status.podIP !== run.ip) {
    status.podIP = run.ip;
    status.podIPs = [{ ip: run.ip }];
  }
  return status;
}

/** A pod that was deleted before it ran has failed. */
const finalPhase = ({ gone, failed }: PodRun, phase: Phase): Phase => (failed || (gone && phase !== 'Succeeded') ? 'Failed' : phase);

const none: readonly Container[] = [];

function statusesOf(
  pod: Pod,
  containers: readonly Container[],
  run: PodRun,
  runs: readonly ContainerRun[],
  before: readonly ContainerStatus[] | undefined,
): readonly ContainerStatus[] {
  const isInit = runs === run.init;
  return containers.map((container, i) => containerStatus(pod, container, run.gone, isInit, runs[i]!, before?.[i]));
}

function containerStatus(
  pod: Pod,
  container: Container,
  isGone: boolean,
  isInit: boolean,
  now: ContainerRun,
  before: ContainerStatus | undefined,
): ContainerStatus {
  const image = now.id === undefined ? undefined : imageOf(now.image!);
  const status: Writable<ContainerStatus> = {
    name: container.name,
    state: stateOf(pod, container, isGone, now),
    lastState: now.last ? { terminated: terminated(now.last) } : empty,
    // An init container that has done its work counts as ready.
    ready: now.ready || (isInit && now.exit?.code === 0),
    restartCount: now.restarts,
    image: image?.reference ?? container.image ?? '',
    imageID: image?.id ?? '',
    started: now.started,
  };
  if (now.id !== undefined) {
    const { resources } = container;
    status.containerID = now.id;
    status.resources = resources ?? empty;
    if (resources?.requests) status.allocatedResources = resources.requests;
  }
  if (container.volumeMounts?.length) status.volumeMounts = before?.volumeMounts ?? mountsOf(container);
  return status;
}

/** Ephemeral containers run as soon as they are there, until their pod ends. They are never started again. */
function ephemeralStatuses({ spec, status }: Pod, run: PodRun, now: number): readonly ContainerStatus[] {
  return (spec.ephemeralContainers ?? []).map(({ name, image: text = '' }) => {
    const before = status.ephemeralContainerStatuses?.find((one) => one.name === name);
    const isOver = run.ended || run.gone || run.stopping !== undefined;
    if (before && !isOver) return before;
    const image = imageOf(text);
    const id = containerId(run.uid, name, 0);
    const startedAt = before?.state?.running?.startedAt ?? formatTime(now);
    const state = isOver
      ? { terminated: { exitCode: 0, reason: 'Completed', startedAt, finishedAt: formatTime(now), containerID: id } }
      : { running: { startedAt } };
    return { name, state, lastState: empty, ready: false, restartCount: 0, image: image?.reference ?? text, imageID: image?.id ?? '', containerID: id };
  });
}

const empty = {};

function stateOf(pod: Pod, container: Container, isGone: boolean, now: ContainerRun): ContainerState {
  if (now.state === 'running') return { running: { startedAt: formatTime(now.startedAt!) } };
  if (now.state === 'exited') return { terminated: terminated(now.exit!) };
  if (isGone) return { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message: lostText } };
  return { waiting: waitingOf(pod, container, now) };
}

const lostText = 'The container could not be located when the pod was terminated';

const terminated = ({ code, reason, startedAt, finishedAt, containerId }: Exit): ContainerStateTerminated => ({
  exitCode: code,
  reason,
  startedAt: formatTime(startedAt),
  finishedAt: formatTime(finishedAt),
  containerID: containerId,
});

function waitingOf(pod: Pod, container: Container, { stage, ends }: ContainerRun): { readonly reason: string; readonly message?: string } {
  const image = container.image ?? '';
  switch (stage) {
    case 'new':
    case 'starting':
      return { reason: pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating' };
    case 'pull-failed':
      return { reason: 'ErrImagePull', message: notFoundText(imageOf(image)!) };
    case 'pull-back-off':
      return { reason: 'ImagePullBackOff', message: `Back-off pulling image "${imageOf(image)!.tagged}": ErrImagePull: ${notFoundText(imageOf(image)!)}` };
    case 'bad-image':
      return { reason: 'InvalidImageName', message: `Failed to apply default image tag "${image}": ${invalidNameText(image)}` };
    case 'crash-back-off':
      return { reason: 'CrashLoopBackOff', message: crashWaitingText(pod, container.name, ends) };
  }
}

function mountsOf({ volumeMounts = [] }: Container): readonly VolumeMountStatus[] {
  return volumeMounts.map(({ name, mountPath, readOnly, recursiveReadOnly }) => ({
    mountPath,
    name,
    ...(readOnly && { readOnly, recursiveReadOnly: recursiveReadOnly === 'Enabled' ? 'Enabled' : 'Disabled' }),
  }));
}
