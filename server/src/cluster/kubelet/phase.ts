// The phase of a pod, from its containers' statuses alone (kubelet_pods.go: getPhase).
import type { ContainerStatus, PodSpec } from '../../schema/generated/types.ts';

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** Statuses stand in the order of the spec; undefined: nothing is known of the container. `isOver`: nothing will be started again. */
export function phaseOf(
  { initContainers = [], containers, restartPolicy = 'Always' }: PodSpec,
  init: readonly (ContainerStatus | undefined)[],
  main: readonly (ContainerStatus | undefined)[],
  isOver: boolean,
): Phase {
  const starting = countInit(initContainers, init);
  if (starting.failed > 0 && restartPolicy === 'Never') return 'Failed';
  const { running, waiting, stopped, succeeded, unknown } = countMain(containers.length, main, starting);
  if (starting.pending > 0 && !main.some(hasRun)) return 'Pending';
  if (waiting > 0) return 'Pending';
  if (running > 0 && unknown === 0) return 'Running';
  if (running > 0 || stopped === 0 || unknown > 0) return 'Pending';
  if (isOver) return stopped === succeeded ? 'Succeeded' : 'Failed';
  if (restartPolicy === 'Always') return 'Running';
  if (stopped === succeeded) return 'Succeeded';
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

interface Starting {
  /** Have to end, or to have started in the case of sidecars, before the pod runs. */
  pending: number;
  failed: number;
  /** Sidecars. */
  running: number;
  waiting: number;
  unknown: number;
}

function countInit(initContainers: NonNullable<PodSpec['initContainers']>, statuses: readonly (ContainerStatus | undefined)[]): Starting {
  const counts: Starting = { pending: 0, failed: 0, running: 0, waiting: 0, unknown: 0 };
  for (const [i, { restartPolicy }] of initContainers.entries()) {
    if (restartPolicy === 'Always') countSidecar(counts, statuses[i]);
    else countToEnd(counts, statuses[i]);
  }
  return counts;
}

function countToEnd(counts: Starting, status: ContainerStatus | undefined): void {
  const ended = status?.state.terminated ?? (status?.state.waiting && status.lastState.terminated);
  if (!ended) counts.pending++;
  else if (ended.exitCode !== 0) counts.failed++;
}

function countSidecar(counts: Starting, status: ContainerStatus | undefined): void {
  if (!status) {
    counts.unknown++;
  } else if (status.state.running) {
    if (!status.started) counts.pending++;
    counts.running++;
  } else if (status.state.waiting && !status.lastState.terminated) {
    counts.pending++;
    counts.waiting++;
  }
}

function countMain(length: number, statuses: readonly (ContainerStatus | undefined)[], { running, waiting, unknown }: Starting) {
  const counts = { running, waiting, unknown, stopped: 0, succeeded: 0 };
  for (let i = 0; i < length; i++) {
    const status = statuses[i];
    const { state, lastState } = status ?? { state: {}, lastState: {} };
    if (state.running) counts.running++;
    else if (state.terminated) {
      counts.stopped++;
      if (state.terminated.exitCode === 0) counts.succeeded++;
    } else if (!state.waiting) counts.unknown++;
    else if (lastState.terminated) counts.stopped++;
    else counts.waiting++;
  }
  return counts;
}

/** Runs, or did. */
export const hasRun = (status: ContainerStatus | undefined): boolean =>
  status !== undefined && (status.state.running !== undefined || status.state.terminated !== undefined || status.lastState.terminated !== undefined);
