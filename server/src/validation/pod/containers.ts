// Rules for the three lists of containers, and what sets init, main and ephemeral containers apart.
import type { Container, EphemeralContainer } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import { validateContainer, validateImageOfPod } from './container.ts';
import type { PodContext } from './context.ts';
import { validateHostPorts } from './ports.ts';
import { validateLifecycle, validateProbe } from './probes.ts';
import { validateInitRestartPolicy, validateRestartPolicy } from './restart.ts';

export function validateContainers(pod: PodContext, path: Path, errors: FieldErrors): void {
  const containers = pod.spec.containers ?? [];
  if (containers.length === 0) return errors.required(path);
  const names = new Set<string>();
  containers.forEach((container, i) => {
    const at = path.index(i);
    validateContainer(container, pod, at, errors);
    if (names.has(container.name)) errors.duplicate(at.child('name'), container.name);
    names.add(container.name);
    validateHooks(container, pod, at, errors);
    validateRestartPolicy(container, at, errors);
  });
  return validateHostPorts(containers, path, errors);
}

function validateHooks(container: Container, { spec }: PodContext, at: Path, errors: FieldErrors): void {
  validateLifecycle(container.lifecycle, spec, at, errors);
  validateProbe(container.livenessProbe, 'livenessProbe', spec, at, errors);
  validateProbe(container.readinessProbe, 'readinessProbe', spec, at, errors);
  validateProbe(container.startupProbe, 'startupProbe', spec, at, errors);
}

/** An init container that restarts always is a sidecar: it runs beside the others and may have hooks and probes. */
export function validateInitContainers(pod: PodContext, path: Path, errors: FieldErrors): void {
  const names = new Set((pod.spec.containers ?? []).map(({ name }) => name));
  pod.spec.initContainers?.forEach((container, i) => {
    const at = path.index(i);
    validateContainer(container, pod, at, errors);
    validateInitRestartPolicy(container, at, errors);
    if (names.has(container.name)) errors.duplicate(at.child('name'), container.name);
    else if (container.name) names.add(container.name);
    // Init containers run one after another, so each has the host's ports to itself. The server counts each as number 0.
    validateHostPorts([container], path, errors);
    if (container.restartPolicy === 'Always') validateHooks(container, pod, at, errors);
    else validatePlainInitContainer(container, at, errors);
  });
}

function validatePlainInitContainer(container: Container, at: Path, errors: FieldErrors): void {
  for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    if (container[field]) errors.forbidden(at.child(field), 'may not be set for init containers without restartPolicy=Always');
  }
  container.resizePolicy?.forEach(({ restartPolicy }, i) => {
    if (restartPolicy !== 'RestartContainer') return;
    const field = at.child('resizePolicy').index(i).child('restartPolicy');
    errors.invalid(field, restartPolicy, "must not be set to 'RestartContainer' for non-sidecar initContainers");
  });
}

/** What an ephemeral container may not have: it comes to look into a pod, not to be part of the work. In the server's order. */
const notForEphemeral = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;
const notEphemeral = 'cannot be set for an Ephemeral Container';

export function validateEphemeralContainers(pod: PodContext, path: Path, errors: FieldErrors): void {
  const { containers, initContainers = [], ephemeralContainers } = pod.spec;
  const others = new Set([...(containers ?? []), ...initContainers].map(({ name }) => name));
  const names = new Set(others);
  ephemeralContainers?.forEach((container, i) => {
    const at = path.index(i);
    validateContainer(container, pod, at, errors);
    validateImageOfPod(container, at, errors);
    if (names.has(container.name)) errors.duplicate(at.child('name'), container.name);
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target)) errors.notFound(at.child('targetContainerName'), target);
    validateEphemeralFields(container, at, errors);
  });
}

function validateEphemeralFields(container: EphemeralContainer, at: Path, errors: FieldErrors): void {
  for (const field of notForEphemeral) {
    const isSet = field === 'resources' ? Object.keys(container.resources).length > 0 : container[field] !== undefined;
    if (isSet) errors.forbidden(at.child(field), notEphemeral);
  }
  container.volumeMounts?.forEach(({ subPath, subPathExpr }, i) => {
    const mount = at.child('volumeMounts').index(i);
    if (subPath) errors.forbidden(mount.child('subPath'), notEphemeral);
    if (subPathExpr) errors.forbidden(mount.child('subPathExpr'), notEphemeral);
  });
}
