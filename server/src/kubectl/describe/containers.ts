// The containers of a pod or of a pod template.
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EnvVar,
  Pod,
  ResourceRequirements,
  VolumeMount,
} from '../../schema/generated/types.ts';
import { quote } from '../../kube/quote.ts';
import { amountLines, dateText, indent, none, type Lines } from './lines.ts';
import { probeText } from './probe.ts';

export interface ContainersOptions {
  readonly title: string;
  /** Absent for a template: nothing is known yet. */
  readonly statuses?: readonly ContainerStatus[];
  /** For the values of fieldRef. */
  readonly pod?: Pod;
  /** Templates stand two blanks further in, their containers three. */
  readonly inTemplate?: boolean;
}

export function containerLines(containers: readonly Container[], { title, statuses = [], pod, inTemplate = false }: ContainersOptions): Lines {
  const lines = containers.flatMap((container) => {
    const status = statuses.find(({ name }) => name === container.name);
    return [`${inTemplate ? '   ' : '  '}${container.name}:`, ...indent(bodyLines(container, status, pod), 2)];
  });
  return [`${inTemplate ? '  ' : ''}${title}:${containers.length === 0 ? ` ${none}` : ''}`, ...lines];
}

function bodyLines(container: Container, status: ContainerStatus | undefined, pod: Pod | undefined): Lines {
  return [
    ...(status ? [`Container ID:\t${status.containerID ?? ''}`] : []),
    `Image:\t${container.image ?? ''}`,
    ...(status ? [`Image ID:\t${status.imageID}`] : []),
    portLine('Port', container.ports, ({ containerPort }) => containerPort),
    portLine('Host Port', container.ports, ({ hostPort }) => hostPort ?? 0),
    ...seccompLines(container),
    ...wordLines('Command', container.command),
    ...wordLines('Args', container.args),
    ...(status ? stateLines(status) : []),
    ...resourceLines(container.resources),
    ...probeLines(container),
    ...envFromLines(container),
    ...envLines(container, pod),
    ...mountLines(container),
  ];
}

/** 'Port:\t80/TCP', 'Ports:\t80/TCP, 443/TCP'. */
function portLine(title: string, ports: readonly ContainerPort[] = [], numberOf: (port: ContainerPort) => number): string {
  const text = ports.map((port) => `${numberOf(port)}/${port.protocol ?? ''}`).join(', ');
  return `${title}${ports.length > 1 ? 's' : ''}:\t${text || none}`;
}

function seccompLines({ securityContext }: Container): Lines {
  const profile = securityContext?.seccompProfile;
  if (!profile) return [];
  return [`SeccompProfile:\t${profile.type}`, ...(profile.type === 'Localhost' ? [`  LocalhostProfile:\t${profile.localhostProfile ?? ''}`] : [])];
}

const wordLines = (title: string, words: readonly string[] = []): Lines =>
  words.length === 0 ? [] : [`${title}:`, ...indent(words.flatMap((word) => word.split('\n')))];

export const resourceLines = ({ limits, requests }: ResourceRequirements): Lines => [...amountLines('Limits', limits), ...amountLines('Requests', requests)];

function stateLines(status: ContainerStatus): Lines {
  return [
    ...oneState('State', status.state ?? {}),
    ...(status.lastState?.terminated ? oneState('Last State', status.lastState) : []),
    `Ready:\t${status.ready ? 'True' : 'False'}`,
    `Restart Count:\t${status.restartCount}`,
  ];
}

function oneState(title: string, { running, waiting, terminated }: ContainerState): Lines {
  if (running) return [`${title}:\tRunning`, `  Started:\t${dateText(running.startedAt)}`];
  if (!terminated) return [`${title}:\tWaiting`, ...(waiting?.reason ? [`  Reason:\t${waiting.reason}`] : [])];
  return [
    `${title}:\tTerminated`,
    ...(terminated.reason ? [`  Reason:\t${terminated.reason}`] : []),
    ...(terminated.message ? [`  Message:\t${terminated.message}`] : []),
    `  Exit Code:\t${terminated.exitCode}`,
    ...(terminated.signal ? [`  Signal:\t${terminated.signal}`] : []),
    `  Started:\t${dateText(terminated.startedAt)}`,
    `  Finished:\t${dateText(terminated.finishedAt)}`,
  ];
}

function probeLines({ livenessProbe, readinessProbe, startupProbe }: Container): Lines {
  return [
    ...(livenessProbe ? [`Liveness:\t${probeText(livenessProbe)}`] : []),
    ...(readinessProbe ? [`Readiness:\t${probeText(readinessProbe)}`] : []),
    ...(startupProbe ? [`Startup:\t${probeText(startupProbe)}`] : []),
  ];
}

function envFromLines({ envFrom = [] }: Container): Lines {
  if (envFrom.length === 0) return [];
  const lines = envFrom.map(({ configMapRef, secretRef, prefix }) => {
    const source = configMapRef ?? secretRef;
    const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
    return `${source?.name ?? ''}\t${from}${prefix ? ` with prefix '${prefix}'` : ''}\tOptional: ${source?.optional ?? false}`;
  });
  return ['Environment Variables from:', ...indent(lines)];
}

function envLines({ env = [], ...container }: Container, pod: Pod | undefined): Lines {
  if (env.length === 0) return [`Environment:\t${none}`];
  return ['Environment:', ...indent(env.flatMap((variable) => variableLines(variable, container as Container, pod)))];
}

function variableLines({ name, value = '', valueFrom }: EnvVar, container: Container, pod: Pod | undefined): Lines {
  if (!valueFrom) return value.split('\n').map((line, i) => (i === 0 ? `${name}:\t${line}` : `\t${line}`));
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) return [`${name}:\t${pod ? fieldValue(pod, fieldRef.fieldPath) : ''} (${fieldRef.apiVersion}:${fieldRef.fieldPath})`];
  if (resourceFieldRef) return [`${name}:\t${resourceValue(container, resourceFieldRef.resource)} (${resourceFieldRef.resource})`];
  if (secretKeyRef) return [`${name}:\t<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>\tOptional: ${secretKeyRef.optional ?? false}`];
  if (configMapKeyRef)
    return [`${name}:\t<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>\tOptional: ${configMapKeyRef.optional ?? false}`];
  return [];
}

/** metadata.name, metadata.labels['app'], status.podIP, …: the downward API. */
function fieldValue(pod: Pod, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (keyed) return pod.metadata[keyed[1] as 'labels']?.[keyed[2]!] ?? '';
  let value: unknown = pod;
  for (const step of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[step];
  return typeof value === 'string' ? value : '';
}

/** 'limits.cpu' → the container's limit; without one the node's allocatable counts. */
function resourceValue({ resources }: Container, resource: string): string {
  const [list, ...name] = resource.split('.');
  const amount = resources[list as 'limits' | 'requests']?.[name.join('.')];
  if (amount !== undefined) return String(amount);
  return resource === 'limits.cpu' || resource === 'limits.memory' ? 'node allocatable' : '0';
}

function mountLines({ volumeMounts = [], volumeDevices = [] }: Container): Lines {
  const mounts = volumeMounts
    .toSorted((a, b) => compare(a.mountPath, b.mountPath))
    .map((mount) => `  ${mount.mountPath} from ${mount.name} (${mountFlags(mount)})`);
  const devices = volumeDevices.toSorted((a, b) => compare(a.devicePath, b.devicePath)).map((device) => `  ${device.devicePath} from ${device.name}`);
  return [`Mounts:${mounts.length === 0 ? `\t${none}` : ''}`, ...mounts, ...(devices.length > 0 ? ['Devices:', ...devices] : [])];
}

const mountFlags = ({ readOnly, subPath }: VolumeMount) => [readOnly ? 'ro' : 'rw', ...(subPath ? [`path=${quote(subPath)}`] : [])].join(',');

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
