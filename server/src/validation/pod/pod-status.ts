// Rules for the status of a pod, as kubelets and controllers write it.
import type { FieldError } from '../../kube/field-error.ts';
import { checkDns1123Subdomain, checkQualifiedName, checkUserId } from '../../kube/names.ts';
import type { Container, ContainerStatus, HostIP, LinuxContainerUser, Pod, PodCondition, PodIP, PodSpec, PodStatus } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { checkIp, ipFamily } from '../ip.ts';
import { validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validatePodAnnotations, validatePodAnnotationUpdates } from './annotations.ts';
import { validateAllocatedResources, validateClaimStatuses, validateExtendedClaim } from './device-status.ts';
import { isRestarted } from './restart.ts';

const at = root('status');
const annotationsPath = root('metadata', 'annotations');

export function validatePodStatusUpdate(next: Pod, before: Pod): readonly FieldError[] {
  return findings((errors) => {
    const { status, spec, metadata } = next;
    validateReplacedMeta(next, before, errors);
    validatePodAnnotationUpdates(metadata.annotations, before.metadata.annotations, annotationsPath, errors);
    validatePodAnnotations(metadata.annotations, spec, annotationsPath, errors);
    validateConditions(status.conditions, errors);
    if ((spec.nodeName ?? '') !== (before.spec.nodeName ?? '')) errors.forbidden(at.child('nodeName'), 'may not be changed directly');
    validateNomination(next, before, errors);
    validateGeneration(status.observedGeneration, at.child('observedGeneration'), errors);
    if ((status.qosClass ?? '') !== (before.status.qosClass ?? '')) errors.invalid(at.child('qosClass'), status.qosClass ?? '', 'field is immutable');
    validateTransitions(next, before, errors);
    validateClaimStatuses(status.resourceClaimStatuses, spec, at.child('resourceClaimStatuses'), errors);
    validateExtendedClaim(status.extendedResourceClaimStatus, spec, at.child('extendedResourceClaimStatus'), errors);
    validateIps(status.podIPs, 'PodIP', before.status.podIPs, errors);
    validateHostIp(status, errors);
    validateIps(status.hostIPs, 'HostIP', before.status.hostIPs, errors);
    validateUsers(next, errors);
    validateAllocatedResources(next, at, errors);
  });
}

function validateGeneration(generation: number | undefined, path: Path, errors: FieldErrors): void {
  if ((generation ?? 0) < 0) errors.invalid(path, generation, 'must be a non-negative integer');
}

function validateConditions(conditions: readonly PodCondition[] | undefined, errors: FieldErrors): void {
  conditions?.forEach(({ type, observedGeneration }, i) => {
    const path = at.child('conditions').index(i);
    validateGeneration(observedGeneration, path.child('observedGeneration'), errors);
    errors.invalidEach(path.child('Type'), type, checkQualifiedName(type));
  });
}

/** The node that a pod is to get once others have left it; of no use to a pod that has one. */
function validateNomination(next: Pod, before: Pod, errors: FieldErrors): void {
  const { nominatedNodeName: name } = next.status;
  if (!name || name === before.status.nominatedNodeName) return;
  errors.invalidEach(at.child('nominatedNodeName'), name, checkDns1123Subdomain(name));
  if (before.spec.nodeName) errors.forbidden(at.child('nominatedNodeName'), 'may not be set on pods that are already bound to a node');
}

// ---- states of containers ----

/** A container that ended for good stays ended. */
function validateTransitions(next: Pod, { spec, status }: Pod, errors: FieldErrors): void {
  const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  if (!all.some(({ restartPolicyRules }) => restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'))) {
    refuseRevival('containerStatuses', next, status.containerStatuses, spec.containers, spec, errors);
    refuseRevival('initContainerStatuses', next, status.initContainerStatuses, spec.initContainers, spec, errors);
  }
  refuseRevival('ephemeralContainerStatuses', next, status.ephemeralContainerStatuses, [], spec, errors);
}

type StatusList = 'containerStatuses' | 'initContainerStatuses' | 'ephemeralContainerStatuses';

function refuseRevival(
  list: StatusList,
  next: Pod,
  before: readonly ContainerStatus[] | undefined,
  containers: readonly Container[] | undefined,
  spec: PodSpec,
  errors: FieldErrors,
): void {
  before?.forEach(({ name, state }, i) => {
    const revived = state?.terminated && next.status[list]?.some((one) => one.name === name && !one.state?.terminated);
    if (!revived) return;
    const container = containers?.find((one) => one.name === name);
    if (container && isRestarted(container, spec, state.terminated?.exitCode ?? 0)) return;
    errors.forbidden(at.child(list).index(i).child('state'), 'may not be transitioned to non-terminated state');
  });
}

// ---- addresses ----

/** At most one of each family. A pod's one address of old clients is kept equal to the first by conversion, a host's is not. */
function validateIps(
  ips: readonly (PodIP | HostIP)[] = [],
  of: 'PodIP' | 'HostIP',
  before: readonly (PodIP | HostIP)[] | undefined,
  errors: FieldErrors,
): void {
  const path = at.child(of === 'PodIP' ? 'podIPs' : 'hostIPs');
  ips.forEach(({ ip }, i) => {
    if (!before?.some((old) => old.ip === ip)) errors.invalidEach(path.index(i), ip, checkIp(ip));
  });
  if (ips.length < 2) return;
  const printed = () => ips.map((one) => goStruct(of, one));
  const families = new Set(ips.map(({ ip }) => ipFamily(ip)));
  const wrong = ips.findIndex(({ ip }) => ipFamily(ip) === undefined);
  if (wrong >= 0) errors.internal(path, `failed to check for dual stack with error:invalid IP[${wrong}]: ${ips[wrong]!.ip}`);
  if (wrong >= 0 || families.size < 2 || ips.length > 2) errors.invalid(path, printed(), 'may specify no more than one IP for each IP family');
}

function validateHostIp({ hostIP = '', hostIPs }: PodStatus, errors: FieldErrors): void {
  const first = hostIPs?.[0];
  if (first && first.ip !== hostIP) errors.invalid(at.child('hostIPs').index(0).child('ip'), first.ip, 'must be equal to `hostIP`');
}

// ---- users ----

function validateUsers({ status, spec }: Pod, errors: FieldErrors): void {
  for (const list of ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'] as const) {
    status[list]?.forEach(({ user }, i) => {
      if (!user?.linux) return;
      const path = at.child(list).index(i).child('user').child('linux');
      if (spec.os?.name === 'windows') errors.forbidden(path, 'cannot be set for a windows pod');
      else validateUser(user.linux, path, errors);
    });
  }
}

function validateUser({ uid, gid, supplementalGroups }: LinuxContainerUser, path: Path, errors: FieldErrors): void {
  const check = (id: number, field: Path) => errors.invalidEach(field, id, checkUserId(id));
  check(uid, path.child('uid'));
  check(gid, path.child('gid'));
  supplementalGroups?.forEach((id, i) => check(id, path.child('supplementalGroups').index(i)));
}
