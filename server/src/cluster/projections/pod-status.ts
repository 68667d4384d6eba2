// What people call a pod's status: the READY, STATUS and RESTARTS columns of `kubectl get pods`.
// Source: printPod in kubernetes/pkg/printers/internalversion/printers.go.
import type { Container, ContainerStatus, Pod } from '../../schema/generated/types.ts';

export interface PodSummary {
  /** 'Running', 'ContainerCreating', 'Init:0/2', 'CrashLoopBackOff', 'Terminating', … */
  readonly status: string;
  readonly ready: number;
  readonly total: number;
  readonly restarts: number;
  /** RFC 3339 time of the newest restart, when there was one. */
  readonly lastRestartAt?: string;
}

export function summarizePod(pod: Pod): PodSummary {
  const init = scanInitContainers(pod);
  const main = init.waitingFor === undefined || isTrue(pod, 'Initialized') ? scanContainers(pod, init.status) : undefined;
  const restarted = main ? [...main.restarted, ...init.sidecars] : init.all;
  const lastRestartAt = newestTermination(restarted);
  return {
    status: deletedStatus(pod) ?? main?.status ?? init.waitingFor!,
    ready: init.ready + (main?.ready ?? 0),
    total: pod.spec.containers.length + init.sidecarCount,
    restarts: restarted.reduce((sum, container) => sum + container.restartCount, 0),
    ...(lastRestartAt && { lastRestartAt }),
  };
}

interface InitScan {
  /** The pod's phase or reason, where nothing better is known. */
  readonly status: string;
  /** 'Init:1/2' and its like; undefined when initialization is over. */
  readonly waitingFor: string | undefined;
  readonly ready: number;
  readonly sidecarCount: number;
  readonly sidecars: readonly ContainerStatus[];
  readonly all: readonly ContainerStatus[];
}

function scanInitContainers(pod: Pod): InitScan {
  const specs = new Map((pod.spec.initContainers ?? []).map((container) => [container.name, container]));
  const isSidecar = (name: string) => (specs.get(name) as Container | undefined)?.restartPolicy === 'Always';
  const all = pod.status.initContainerStatuses ?? [];
  const sidecars = all.filter((container) => isSidecar(container.name));
  let ready = 0;
  let waitingFor: string | undefined;
  for (const [index, container] of all.entries()) {
    const { state } = container;
    if (state?.terminated?.exitCode === 0) continue;
    if (isSidecar(container.name) && container.started) {
      if (container.ready) ready++;
      continue;
    }
    if (state?.terminated) waitingFor = `Init:${state.terminated.reason || ended(state.terminated)}`;
    else if (state?.waiting?.reason && state.waiting.reason !== 'PodInitializing') waitingFor = `Init:${state.waiting.reason}`;
    else waitingFor = `Init:${index}/${specs.size}`;
    break;
  }
  const gated = pod.status.conditions?.some((condition) => condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated');
  const status = gated ? 'SchedulingGated' : pod.status.reason || pod.status.phase || '';
  return { status, waitingFor, ready, sidecarCount: [...specs.keys()].filter(isSidecar).length, sidecars, all };
}

function scanContainers(pod: Pod, phase: string): { status: string; ready: number; restarted: readonly ContainerStatus[] } {
  const containers = pod.status.containerStatuses ?? [];
  let status = phase;
  let ready = 0;
  let running = false;
  // From the last to the first, so that the first container's trouble is what shows.
  for (const container of containers.toReversed()) {
    const { waiting, terminated, running: isRunning } = container.state ?? {};
    if (waiting?.reason) status = waiting.reason;
    else if (terminated) status = terminated.reason || ended(terminated);
    else if (container.ready && isRunning) {
      running = true;
      ready++;
    }
  }
  if (status === 'Completed' && running) status = isTrue(pod, 'Ready') ? 'Running' : 'NotReady';
  return { status, ready, restarted: containers };
}

function deletedStatus(pod: Pod): string | undefined {
  if (!pod.metadata.deletionTimestamp) return undefined;
  if (pod.status.reason === 'NodeLost') return 'Unknown';
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed' ? undefined : 'Terminating';
}

const ended = (state: { readonly signal?: number; readonly exitCode: number }) => (state.signal ? `Signal:${state.signal}` : `ExitCode:${state.exitCode}`);

const isTrue = (pod: Pod, type: string) => pod.status.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;

function newestTermination(containers: readonly ContainerStatus[]): string | undefined {
  const times = containers.map((container) => container.lastState?.terminated?.finishedAt ?? '').filter((time) => time !== '');
  return times.toSorted().at(-1);
}
