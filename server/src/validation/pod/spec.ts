// Rules for the spec of a pod, alone or in a template: one theme after another, in the order in which the server finds what is wrong.
import { checkDns1123Subdomain, rangeText } from '../../kube/names.ts';
import type { KubeObject } from '../../kube/object.ts';
import type { PodReadinessGate, PodSchedulingGate, PodSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { validateLabelName, validateLabels } from '../metadata/labels.ts';
import { maxInt32 } from '../numbers.ts';
import type { Path } from '../path.ts';
import { validateVolumes } from '../volumes/volumes.ts';
import { validateAffinity } from './affinity.ts';
import { validateResourceClaims } from './claims.ts';
import { validateContainers, validateEphemeralContainers, validateInitContainers } from './containers.ts';
import { eachContainer, sharesHostUsers } from './context.ts';
import { validateFileKeyVolumes } from './environment.ts';
import { validateDnsConfig, validateDnsPolicy, validateHostAliases, validateHostnameOverride, validateHostnames } from './network.ts';
import { validateOs } from './os.ts';
import { validatePodResources } from './pod-resources.ts';
import { validateHostNetworkPorts } from './ports.ts';
import type { ResourceList } from './resources.ts';
import { validateOverhead } from './resources.ts';
import { validatePodSecurity } from './security.ts';
import { validateTopologySpread } from './spread.ts';
import { validateTolerations } from './tolerations.ts';
import { validateHostProcess } from './windows-options.ts';

/** `pod` is given for a pod itself, and not for a template. */
export function validatePodSpec(spec: PodSpec, pod: KubeObject | undefined, at: Path, errors: FieldErrors): void {
  const volumes = validateVolumes(spec.volumes, pod, at.child('volumes'), errors);
  const claimNames = new Set(spec.resourceClaims?.map(({ name }) => name));
  const context = { spec, volumes, claimNames };
  validateResourceClaims(spec.resourceClaims, pod, at.child('resourceClaims'), errors);
  validateContainers(context, at.child('containers'), errors);
  validateInitContainers(context, at.child('initContainers'), errors);
  validateEphemeralContainers(context, at.child('ephemeralContainers'), errors);
  validatePodResources(spec, claimNames, at.child('resources'), errors);
  validateHostNetworkPorts(spec, pod !== undefined, at, errors);
  validateRestartPolicy(spec.restartPolicy, at.child('restartPolicy'), errors);
  validateDnsPolicy(spec.dnsPolicy, at.child('dnsPolicy'), errors);
  validateLabels(spec.nodeSelector, at.child('nodeSelector'), errors);
  validatePodSecurity(spec.securityContext, spec, at.child('securityContext'), errors);
  validateAffinity(spec.affinity, at.child('affinity'), errors);
  validateDnsConfig(spec, at.child('dnsConfig'), errors);
  validateReadinessGates(spec.readinessGates, at.child('readinessGates'), errors);
  validateSchedulingGates(spec.schedulingGates, at.child('schedulingGates'), errors);
  validateTopologySpread(spec.topologySpreadConstraints, at.child('topologySpreadConstraints'), errors);
  validateHostProcess(spec, at, errors);
  validateHostUsers(spec, at, errors);
  validateHostnameOverride(spec, at, errors);
  validateSubdomain(spec.serviceAccountName, at.child('serviceAccountName'), errors);
  validateSubdomain(spec.nodeName, at.child('nodeName'), errors);
  validateDeadline(spec.activeDeadlineSeconds, at.child('activeDeadlineSeconds'), errors);
  validateHostnames(spec, at, errors);
  validateTolerations(spec.tolerations, at.child('tolerations'), errors);
  validateHostAliases(spec.hostAliases, at.child('hostAliases'), errors);
  validateSubdomain(spec.priorityClassName, at.child('priorityClassName'), errors);
  // An empty runtime class was meant as one, so it is refused.
  if (spec.runtimeClassName !== undefined) {
    errors.invalidEach(at.child('runtimeClassName'), spec.runtimeClassName, checkDns1123Subdomain(spec.runtimeClassName));
  }
  validatePreemptionPolicy(spec.preemptionPolicy, at.child('preemptionPolicy'), errors);
  if (spec.overhead) validateOverhead(spec.overhead as ResourceList, at.child('overhead'), errors);
  validateOs(spec, at, errors);
  validateFileKeyVolumes(spec, at, errors);
}

const restartPolicies = ['Always', 'OnFailure', 'Never'];

function validateRestartPolicy(policy: string | undefined, at: Path, errors: FieldErrors): void {
  if (!policy) errors.required(at);
  else if (!restartPolicies.includes(policy)) errors.notSupported(at, policy, restartPolicies);
}

function validatePreemptionPolicy(policy: string | undefined, at: Path, errors: FieldErrors): void {
  if (policy === undefined || policy === 'PreemptLowerPriority' || policy === 'Never') return;
  if (policy === '') errors.required(at);
  else errors.notSupported(at, policy, ['PreemptLowerPriority', 'Never']);
}

function validateSubdomain(name: string | undefined, at: Path, errors: FieldErrors): void {
  if (name) errors.invalidEach(at, name, checkDns1123Subdomain(name));
}

function validateDeadline(seconds: number | undefined, at: Path, errors: FieldErrors): void {
  if (seconds !== undefined && (seconds < 1 || seconds > maxInt32)) errors.invalid(at, seconds, rangeText(1, maxInt32));
}

function validateReadinessGates(gates: readonly PodReadinessGate[] | undefined, at: Path, errors: FieldErrors): void {
  gates?.forEach(({ conditionType }, i) => validateLabelName(conditionType, at.index(i).child('conditionType'), errors));
}

function validateSchedulingGates(gates: readonly PodSchedulingGate[] | undefined, at: Path, errors: FieldErrors): void {
  const names = new Set<string>();
  gates?.forEach(({ name }, i) => {
    validateLabelName(name, at.index(i), errors);
    if (names.has(name)) errors.duplicate(at.index(i), name);
    names.add(name);
  });
}

/** A pod with users of its own shares nothing else with its host. */
function validateHostUsers(spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (sharesHostUsers(spec)) return;
  const detail = 'when `hostUsers` is false';
  if (spec.hostNetwork) errors.forbidden(at.child('hostNetwork'), detail);
  if (spec.hostPID) errors.forbidden(at.child('HostPID'), detail);
  if (spec.hostIPC) errors.forbidden(at.child('HostIPC'), detail);
  eachContainer(spec, at, ({ volumeDevices }, path) => {
    if (volumeDevices?.length) errors.forbidden(path.child('volumeDevices'), detail);
  });
}
