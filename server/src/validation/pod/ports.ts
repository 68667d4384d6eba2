// Rules for the ports of containers.
import { checkPortName, checkPortNumber } from '../../kube/names.ts';
import type { Container, ContainerPort, PodSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const protocols = ['SCTP', 'TCP', 'UDP'] as const;

export function validatePorts(ports: readonly ContainerPort[] | undefined, path: Path, errors: FieldErrors): void {
  const names = new Set<string>();
  ports?.forEach((port, i) => {
    const at = path.index(i);
    if (port.name) validateName(port.name, names, at.child('name'), errors);
    if (!port.containerPort) errors.required(at.child('containerPort'));
    else errors.invalidEach(at.child('containerPort'), port.containerPort, checkPortNumber(port.containerPort));
    if (port.hostPort) errors.invalidEach(at.child('hostPort'), port.hostPort, checkPortNumber(port.hostPort));
    if (!port.protocol) errors.required(at.child('protocol'));
    else if (!(protocols as readonly string[]).includes(port.protocol)) errors.notSupported(at.child('protocol'), port.protocol, protocols);
  });
}

function validateName(name: string, names: Set<string>, at: Path, errors: FieldErrors): void {
  const findings = checkPortName(name);
  if (findings.length > 0) errors.invalidEach(at, name, findings);
  else if (names.has(name)) errors.duplicate(at, name);
  else names.add(name);
}

/** Two ports of these containers may not want the same port of the host. */
export function validateHostPorts(containers: readonly Container[], at: Path, errors: FieldErrors): void {
  const taken = new Set<string>();
  containers.forEach(({ ports }, i) =>
    ports?.forEach(({ hostPort, protocol = '', hostIP = '' }, j) => {
      if (!hostPort) return;
      const wanted = `${protocol}/${hostIP}/${hostPort}`;
      if (taken.has(wanted)) errors.duplicate(at.index(i).child('ports').index(j).child('hostPort'), wanted);
      else taken.add(wanted);
    }),
  );
}

/** In the host's network a container's port is the host's. A template may leave the host port open; its pods get it by default. */
export function validateHostNetworkPorts(spec: PodSpec, isPod: boolean, at: Path, errors: FieldErrors): void {
  if (!spec.hostNetwork) return;
  spec.containers?.forEach(({ ports }, i) =>
    ports?.forEach(({ hostPort = 0, containerPort }, j) => {
      if ((!isPod && hostPort === 0) || hostPort === containerPort) return;
      const field = at.child('containers').index(i).child('ports').index(j).child('hostPort');
      errors.invalid(field, hostPort, 'must match `containerPort` when `hostNetwork` is true');
    }),
  );
}

/** A port by number or by the name that a container gave it. */
export function validatePortOrName(port: number | string, at: Path, errors: FieldErrors): void {
  errors.invalidEach(at, port, typeof port === 'number' ? checkPortNumber(port) : checkPortName(port));
}
