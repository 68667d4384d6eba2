// What the kubelet posts of a pod: its run, in the words of the API.
import type { Container, ContainerState, ContainerStatus, Pod, PodStatus, VolumeMountStatus } from '../../schema/generated/types.ts';
import { formatTime } from '../../kube/time.ts';
import { crashWaitingText } from './back-off.ts';
import { conditionsOf } from './conditions.ts';
import { hexOf, imageOf, invalidNameText, notFoundText } from './image.ts';
import { phaseOf, type Phase } from './phase.ts';
import type { ContainerRun, Exit, PodRun } from './pod-run.ts';

export interface StatusSurroundings {
  readonly now: number;
  readonly hostIp: string;
}

export function podStatus(pod: Pod, run: PodRun, { now, hostIp }: StatusSurroundings): PodStatus {
  const { spec, metadata } = pod;
  const before = pod.status;
  const init = (spec.initContainers ?? []).map((container, i) => containerStatus(pod, container, run, run.init[i]!, before.initContainerStatuses?.[i]));
  const main = spec.containers.map((container, i) => containerStatus(pod, container, run, run.containers[i]!, before.containerStatuses?.[i]));
  const phase = finalPhase(run, phaseOf(spec, init, main, run.gone));
  const conditions = conditionsOf({ pod, phase, init, main, hasSandbox: run.ip !== undefined && !run.gone && !run.ended, time: timeText(now) });
  return {
    ...before,
    ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
    phase,
    conditions,
    ...run.failed,
    hostIP: hostIp,
    hostIPs: before.hostIPs ?? [{ ip: hostIp }],
    ...(run.ip !== undefined && { podIP: run.ip, podIPs: before.podIPs ?? [{ ip: run.ip }] }),
    startTime: before.startTime ?? timeText(run.acceptedAt),
    ...(init.length > 0 && { initContainerStatuses: init }),
    containerStatuses: main,
  };
}

/** A pod that was deleted before it ran has failed. */
const finalPhase = ({ gone, failed }: PodRun, phase: Phase): Phase => (failed || (gone && phase !== 'Succeeded') ? 'Failed' : phase);

function containerStatus(pod: Pod, container: Container, run: PodRun, now: ContainerRun, before: ContainerStatus | undefined): ContainerStatus {
  const id = (restarts: number) => `containerd://${hexOf(`${run.uid} ${container.name} ${restarts}`, 64)}`;
  const isCreated = now.state !== 'waiting' || now.last !== undefined;
  const image = isCreated ? imageOf(now.image ?? container.image ?? '') : undefined;
  const containerID = isCreated ? id(now.state === 'waiting' && now.stage !== 'crash-back-off' ? now.restarts - 1 : now.restarts) : undefined;
  const { requests } = container.resources ?? {};
  return {
    name: container.name,
    state: stateOf(pod, container, run, now, containerID),
    lastState: now.last
      ? { terminated: terminated(now.last, id(now.state === 'waiting' && now.stage === 'crash-back-off' ? now.restarts : now.restarts - 1)) }
      : none,
    // An init container that has done its work counts as ready.
    ready: now.ready || (now.state === 'exited' && now.exit!.code === 0 && run.init.includes(now)),
    restartCount: now.restarts,
    image: image?.reference ?? container.image ?? '',
    imageID: image?.id ?? '',
    ...(containerID !== undefined && { containerID }),
    started: now.started && now.state === 'running',
    ...(isCreated && requests && { allocatedResources: requests }),
    ...(isCreated && { resources: container.resources ?? none }),
    ...(container.volumeMounts?.length && { volumeMounts: before?.volumeMounts ?? mountsOf(container) }),
  };
}

const none = {};

function stateOf(pod: Pod, container: Container, run: PodRun, now: ContainerRun, containerID: string | undefined): ContainerState {
  if (now.state === 'running') return { running: { startedAt: timeText(now.startedAt!) } };
  if (now.state === 'exited') return { terminated: terminated(now.exit!, containerID!) };
  if (run.gone) return { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown', message: lostText } };
  return { waiting: waitingOf(pod, container, now) };
}

const lostText = 'The container could not be located when the pod was terminated';

const terminated = ({ code, reason, startedAt, finishedAt }: Exit, containerID: string) => ({
  exitCode: code,
  reason,
  startedAt: timeText(startedAt),
  finishedAt: timeText(finishedAt),
  containerID,
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

// Pods change together, so a few texts serve them all.
const times = new Map<number, string>();

function timeText(ms: number): string {
  const second = Math.floor(ms / 1_000);
  let text = times.get(second);
  if (text === undefined) {
    if (times.size > 1_000) times.clear();
    times.set(second, (text = formatTime(ms)));
  }
  return text;
}
