// What is doubtful in containers: annotations instead of fields, variables that hide others, ports that collide.
import { quote } from '../../kube/quote.ts';
import type { Container, ContainerPort, EnvVar, EphemeralContainer } from '../../schema/generated/types.ts';
import type { Path } from '../path.ts';
import { appArmorContainer, seccompContainer } from '../pod/annotations.ts';
import { eachContainer } from '../pod/context.ts';
import { warnOfFraction } from './resources.ts';
import type { PodPlace, Warn } from './warn.ts';

export function warnOfContainers(place: PodPlace, warn: Warn): void {
  const ports: PlacedPort[] = [];
  eachContainer(place.spec, place.at.spec, (container, at) => {
    warnOfProfiles(place, container, warn);
    for (const name of ['memory', 'ephemeral-storage']) {
      for (const part of ['limits', 'requests'] as const) {
        warnOfFraction(container.resources?.[part]?.[name], at.child('resources').child(part).key(name), warn);
      }
    }
    warnOfHiddenVariables(container.env, at.child('env'), warn);
    container.ports?.forEach((port, i) => ports.push({ port, at: at.child('ports').index(i) }));
  });
  warnOfPorts(ports, warn);
  warnOfPortNames(ports, warn);
}

function warnOfProfiles(
  { metadata: { annotations }, spec, at, isTemplate }: PodPlace,
  { name, securityContext }: Container | EphemeralContainer,
  warn: Warn,
): void {
  const seccomp = seccompContainer + name;
  if (!securityContext?.seccompProfile && annotations?.[seccomp] !== undefined) {
    warn(at.annotations.key(seccomp), 'non-functional in v1.27+; use the "seccompProfile" field instead');
  }
  const appArmor = appArmorContainer + name;
  const hasField = spec.securityContext?.appArmorProfile ?? securityContext?.appArmorProfile;
  if (isTemplate && !hasField && annotations?.[appArmor] !== undefined) {
    warn(at.annotations.key(appArmor), 'deprecated since v1.30; use the "appArmorProfile" field instead');
  }
}

/** X=abc and then X=$(X)123 builds on what is there; anything else hides it. */
function warnOfHiddenVariables(variables: readonly EnvVar[] | undefined, at: Path, warn: Warn): void {
  const names = new Set<string>();
  variables?.forEach(({ name, value = '', valueFrom }, i) => {
    const reference = `$(${name})`;
    const isBuiltOn = !valueFrom && value !== reference && value.includes(reference);
    if (names.has(name) && !isBuiltOn) warn(at.index(i), `hides previous definition of ${quote(name)}, which may be dropped when using apply`);
    names.add(name);
  });
}

// ---- ports ----

interface PlacedPort {
  readonly port: ContainerPort;
  readonly at: Path;
}

function warnOfPorts(ports: readonly PlacedPort[], warn: Warn): void {
  ports.forEach(({ port, at }, i) => {
    if (port.hostIP && !port.hostPort) warn(at, `hostIP set without hostPort: ${printedPort(port)}`);
    for (const other of ports.slice(0, i)) {
      if (other.port.containerPort !== port.containerPort || other.port.protocol !== port.protocol) continue;
      const what = collision(port, other.port);
      if (what) warn(at, `${what} port definition with ${other.at}`);
    }
  });
}

/** How two ports of the same number and protocol get in each other's way. */
function collision(a: ContainerPort, b: ContainerPort): string | undefined {
  const [ipA, ipB, hostA, hostB] = [a.hostIP ?? '', b.hostIP ?? '', a.hostPort ?? 0, b.hostPort ?? 0];
  if (ipA === ipB && hostA === hostB) return 'duplicate';
  if (hostA === 0 || hostB === 0) return 'overlapping';
  return hostA === hostB && (ipA === '') !== (ipB === '') ? 'dangerously ambiguous' : undefined;
}

/** Go's %+v of a port. */
function printedPort({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

function warnOfPortNames(ports: readonly PlacedPort[], warn: Warn): void {
  const first = new Map<string, Path>();
  for (const { port, at } of ports) {
    if (!port.name) continue;
    const other = first.get(port.name);
    if (!other) first.set(port.name, at);
    else warn(at, `duplicate port name ${quote(port.name)} with ${other}, services and probes that select ports by name will use ${other}`);
  }
}
