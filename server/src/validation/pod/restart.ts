// Rules for when containers are restarted: by their own policy, by rules for exit codes, and after a resize.
import type { Container, ContainerResizePolicy, ContainerRestartRule, EphemeralContainer, PodSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const policies = ['Always', 'Never', 'OnFailure'];
const actions = ['Restart', 'RestartAllContainers'];
const operators = ['In', 'NotIn'];
const maxRules = 20;
const maxExitCodes = 255;

/** For main containers, and for init containers with a policy or rules. */
export function validateRestartPolicy({ restartPolicy: policy, restartPolicyRules: rules = [] }: Container, path: Path, errors: FieldErrors): void {
  if (policy === undefined && rules.length > 0) errors.required(path.child('restartPolicy'), 'must specify restartPolicy when restart rules are used');
  if (policy !== undefined && !policies.includes(policy)) errors.notSupported(path.child('restartPolicy'), policy, policies);
  if (rules.length > maxRules) errors.tooMany(path.child('restartPolicyRules'), rules.length, maxRules);
  rules.forEach((rule, i) => validateRule(rule, path.child('restartPolicyRules').index(i), errors));
}

/** An init container without a policy has rules for nothing: the rules themselves are then not looked at. */
export function validateInitRestartPolicy(container: Container, path: Path, errors: FieldErrors): void {
  if (container.restartPolicy !== undefined) return validateRestartPolicy(container, path, errors);
  if (container.restartPolicyRules?.length) errors.required(path.child('restartPolicy'), 'must specify restartPolicy when restart rules are used');
  return undefined;
}

function validateRule({ action, exitCodes }: ContainerRestartRule, at: Path, errors: FieldErrors): void {
  if (!actions.includes(action)) errors.notSupported(at.child('action'), action, actions);
  if (!exitCodes) return errors.required(at.child('exitCodes'), 'must be specified');
  const { operator, values = [] } = exitCodes;
  if (!operators.includes(operator)) errors.notSupported(at.child('exitCodes').child('operator'), operator, operators);
  if (values.length > maxExitCodes) errors.tooMany(at.child('exitCodes').child('values'), values.length, maxExitCodes);
  return undefined;
}

export function validateResizePolicy({ resizePolicy }: Container | EphemeralContainer, spec: PodSpec, at: Path, errors: FieldErrors): void {
  const seen = new Set<string>();
  resizePolicy?.forEach((policy, i) => {
    if (seen.has(policy.resourceName)) errors.duplicate(at.index(i), policy.resourceName);
    seen.add(policy.resourceName);
    validateOneResizePolicy(policy, spec, at, errors);
  });
}

// The server leaves out the index in the paths of these.
function validateOneResizePolicy({ resourceName, restartPolicy }: ContainerResizePolicy, spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (!resourceName) errors.required(at);
  else if (resourceName !== 'cpu' && resourceName !== 'memory') errors.notSupported(at, resourceName, ['cpu', 'memory']);
  if (!restartPolicy) errors.required(at);
  else if (restartPolicy !== 'NotRequired' && restartPolicy !== 'RestartContainer') errors.notSupported(at, restartPolicy, ['NotRequired', 'RestartContainer']);
  if (spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
    errors.invalid(at, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
  }
}

/** Whether a container that ended with this exit code is started again: by a rule of its own, by its policy, else by that of its pod. */
export function isRestarted(container: Container, spec: PodSpec, exitCode: number): boolean {
  if (container.restartPolicy !== undefined && container.restartPolicyRules?.some((rule) => appliesTo(rule, exitCode))) return true;
  const policy = container.restartPolicy ?? spec.restartPolicy;
  return policy === 'OnFailure' ? exitCode !== 0 : policy !== 'Never';
}

function appliesTo({ exitCodes }: ContainerRestartRule, exitCode: number): boolean {
  if (!exitCodes) return false;
  const isListed = exitCodes.values?.includes(exitCode) ?? false;
  return exitCodes.operator === 'In' ? isListed : exitCodes.operator === 'NotIn' && !isListed;
}
