// Rules for the ports of Services.
import { checkDns1123Label, checkPortNumber, checkQualifiedName } from '../../kube/names.ts';
import type { Service, ServicePort, ServiceSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validatePortOrName } from '../pod/ports.ts';
import { goStruct } from '../text/go-struct.ts';

const at = root('spec', 'ports');

const protocols = ['SCTP', 'TCP', 'UDP'];

export function validateProtocol(protocol: string | undefined, path: Path, errors: FieldErrors): void {
  if (!protocol) errors.required(path);
  else if (!protocols.includes(protocol)) errors.notSupported(path, protocol, protocols);
}

export function validateServicePorts({ spec: { ports = [] } }: Service, errors: FieldErrors): void {
  const names = new Set<string>();
  ports.forEach((port, i) => validatePort(port, ports.length > 1, names, at.index(i), errors));
}

function validatePort(
  { name, port, protocol, targetPort = 0, appProtocol }: ServicePort,
  needsName: boolean,
  names: Set<string>,
  path: Path,
  errors: FieldErrors,
) {
  if (name) {
    errors.invalidEach(path.child('name'), name, checkDns1123Label(name));
    if (names.has(name)) errors.duplicate(path.child('name'), name);
    names.add(name);
  } else if (needsName) errors.required(path.child('name'));
  errors.invalidEach(path.child('port'), port, checkPortNumber(port));
  validateProtocol(protocol, path.child('protocol'), errors);
  validatePortOrName(targetPort, path.child('targetPort'), errors);
  if (appProtocol !== undefined) errors.invalidEach(path.child('appProtocol'), appProtocol, checkQualifiedName(appProtocol));
}

export function validateNodePorts({ type, ports = [] }: ServiceSpec, errors: FieldErrors): void {
  ports.forEach(({ nodePort }, i) => {
    if (type === 'ClusterIP' && nodePort) errors.forbidden(at.index(i).child('nodePort'), "may not be used when `type` is 'ClusterIP'");
  });
  const taken = new Set<string>();
  ports.forEach(({ nodePort, protocol }, i) => {
    if (!nodePort) return;
    if (taken.has(`${protocol} ${nodePort}`)) errors.duplicate(at.index(i).child('nodePort'), nodePort);
    taken.add(`${protocol} ${nodePort}`);
  });
}

/** The same number may serve several protocols. */
export function validateDistinctPorts({ ports = [] }: ServiceSpec, errors: FieldErrors): void {
  const taken = new Set<string>();
  ports.forEach(({ port, protocol }, i) => {
    if (taken.has(`${protocol} ${port}`)) errors.duplicate(at.index(i), goStruct('ServicePort', { port, protocol }));
    taken.add(`${protocol} ${port}`);
  });
}
