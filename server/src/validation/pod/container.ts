// Rules that hold for every container, whether init, main or ephemeral.
import { checkDns1123Label } from '../../kube/names.ts';
import type { Container, EphemeralContainer } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';
import type { PodContext } from './context.ts';
import { validateEnv, validateEnvFrom } from './environment.ts';
import { validateVolumeDevices, validateVolumeMounts } from './mounts.ts';
import { validatePorts } from './ports.ts';
import { validateContainerResources } from './resources.ts';
import { validateResizePolicy } from './restart.ts';
import { validateContainerSecurity } from './security.ts';

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];

export function validateContainer(container: Container | EphemeralContainer, pod: PodContext, at: Path, errors: FieldErrors): void {
  if (!container.name) errors.required(at.child('name'));
  else errors.invalidEach(at.child('name'), container.name, checkDns1123Label(container.name));
  // Spaces around an image are refused in pods alone: some templates use ' ' as a placeholder.
  if (!container.image) errors.required(at.child('image'));
  validateTerminationMessagePolicy(container.terminationMessagePolicy, at.child('terminationMessagePolicy'), errors);
  validatePorts(container.ports, at.child('ports'), errors);
  validateEnv(container.env, at.child('env'), errors);
  validateEnvFrom(container.envFrom, at.child('envFrom'), errors);
  validateVolumeMounts(container, pod, at.child('volumeMounts'), errors);
  validateVolumeDevices(container, pod, at.child('volumeDevices'), errors);
  validatePullPolicy(container.imagePullPolicy, at.child('imagePullPolicy'), errors);
  validateContainerResources(container.resources, pod.claimNames, at.child('resources'), errors);
  validateResizePolicy(container, pod.spec, at.child('resizePolicy'), errors);
  validateContainerSecurity(container.securityContext, pod.spec, at.child('securityContext'), errors);
}

function validateTerminationMessagePolicy(policy: string | undefined, at: Path, errors: FieldErrors): void {
  if (!policy) errors.required(at);
  else if (policy !== 'File' && policy !== 'FallbackToLogsOnError') errors.notSupported(at, policy, ['File', 'FallbackToLogsOnError']);
}

export function validatePullPolicy(policy: string | undefined, at: Path, errors: FieldErrors): void {
  if (!policy) errors.required(at);
  else if (!pullPolicies.includes(policy)) errors.notSupported(at, policy, pullPolicies);
}

/** For pods, not for templates of pods. */
export function validateImageOfPod({ image = '' }: Container | EphemeralContainer, at: Path, errors: FieldErrors): void {
  if (image.trim() !== image) errors.invalid(at.child('image'), image, 'must not have leading or trailing whitespace');
}
