// Which container a request means, and why it cannot have it: the words of pkg/registry/core/pod/strategy.go and of the kubelet.
import { failure, isStatus, type Status } from '../../kube/status.ts';
import type { Container, ContainerStatus, Pod } from '../../schema/generated/types.ts';
import { badRequest, notFound } from '../registry/answers.ts';
import type { Reader } from '../runtime/reader.ts';

export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
}

export interface Chosen {
  readonly pod: Pod;
  readonly container: Container;
  /** As the kubelet last posted it. */
  readonly status: ContainerStatus | undefined;
}

const pods = { group: '', resource: 'pods' };

export const podAt = (reader: Reader, { namespace, pod }: PodPlace): Pod | Status => reader.get<Pod>('pods', namespace, pod) ?? notFound(pods, pod);

/** Containers, init containers and ephemeral containers, in the order in which their names are listed. */
export const containersOf = ({ spec }: Pod): readonly Container[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
  ...((spec.ephemeralContainers ?? []) as readonly Container[]),
];

/** `name` empty: the only container. */
export function chooseContainer(reader: Reader, place: PodPlace, name: string): Chosen | Status {
  const pod = podAt(reader, place);
  if (isStatus(pod)) return pod;
  const all = containersOf(pod);
  if (name === '' && pod.spec.containers.length > 1) {
    return badRequest(`a container name must be specified for pod ${place.pod}, choose one of: [${all.map((container) => container.name).join(' ')}]`);
  }
  const container = name === '' ? pod.spec.containers[0] : all.find((one) => one.name === name);
  if (!container) return badRequest(`container ${name} is not valid for pod ${place.pod}`);
  return { pod, container, status: statusOf(pod, container.name) };
}

function statusOf({ status }: Pod, name: string): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = status;
  return [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].find((one) => one.name === name);
}

export const noHost = (pod: string): Status => badRequest(`pod ${pod} does not have a host assigned`);

/** A running container, for exec and attach. */
export function chooseRunning(reader: Reader, place: PodPlace, name: string): Chosen | Status {
  const chosen = chooseContainer(reader, place, name);
  if (isStatus(chosen)) return chosen;
  if (!chosen.pod.spec.nodeName) return noHost(place.pod);
  return chosen.status?.state?.running ? chosen : notRunning(chosen.container.name);
}

/** What the kubelet says; as an error of the connection to it, it carries no reason. */
const notRunning = (name: string): Status => failure(500, 'InternalError', `unable to upgrade connection: container not found ("${name}")`);

/** One start of a container: when, and when it ended. */
export interface Instance {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly exitCode?: number;
  readonly reason?: string;
}

/** Whose log is meant (the kubelet's validateContainerLogStatus). */
export function instanceOf({ pod, container, status }: Chosen, previous: boolean): Instance | Status {
  const named = `container "${container.name}" in pod "${pod.metadata.name}"`;
  if (!status) return badRequest(`${named} is not available`);
  const { running, terminated, waiting } = status.state ?? {};
  const last = status.lastState?.terminated;
  const ended = previous ? last : (terminated ?? (running ? undefined : last));
  if (previous && !last) return badRequest(`previous terminated ${named} not found`);
  if (ended) {
    if (!ended.containerID) return badRequest(`${named} is terminated`);
    const { containerID: id, startedAt = '', finishedAt = '', exitCode, reason = '' } = ended;
    return { id, startedAt, finishedAt, exitCode, reason };
  }
  if (running) return { id: status.containerID ?? '', startedAt: running.startedAt ?? '' };
  if (waiting?.reason === 'ErrImagePull') return badRequest(`${named} is waiting to start: image can't be pulled`);
  if (waiting?.reason === 'ImagePullBackOff') return badRequest(`${named} is waiting to start: trying and failing to pull image`);
  return badRequest(waiting?.reason ? `${named} is waiting to start: ${waiting.reason}` : `${named} is waiting to start - no logs yet`);
}
