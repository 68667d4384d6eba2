// Rules for what a pod's status says about devices: the claims made for it, and the health of what its containers were given.
import { checkDns1123Label, checkDns1123Subdomain } from '../../kube/names.ts';
import type {
  Container,
  ContainerStatus,
  Pod,
  PodExtendedResourceClaimStatus,
  PodResourceClaimStatus,
  PodSpec,
  ResourceHealth,
  ResourceStatus,
} from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import type { Path } from '../path.ts';

const healths = ['Healthy', 'Unhealthy', 'Unknown'];
const longestMessage = 1_024;

export function validateClaimStatuses(statuses: readonly PodResourceClaimStatus[] | undefined, spec: PodSpec, at: Path, errors: FieldErrors): void {
  const seen = new Set<string>();
  statuses?.forEach(({ name = '', resourceClaimName: claim }, i) => {
    const path = at.index(i);
    if (!spec.resourceClaims?.some((one) => one.name === name)) {
      errors.invalid(path.child('name'), name, 'must match the name of an entry in `spec.resourceClaims`');
    }
    if (seen.has(name)) errors.duplicate(path.child('name'), name);
    seen.add(name);
    if (claim !== undefined) errors.invalidEach(path.child('resourceClaimName'), claim, checkDns1123Subdomain(claim));
  });
}

/** The claim that was made for resources that a container asks for by name, and which request in it is for which container. */
export function validateExtendedClaim(status: PodExtendedResourceClaimStatus | undefined, spec: PodSpec, at: Path, errors: FieldErrors): void {
  if (!status) return;
  const containers = new Map([...(spec.initContainers ?? []), ...spec.containers].map((container) => [container.name, container]));
  const mappings = status.requestMappings ?? [];
  if (mappings.length === 0) errors.required(at.child('requestMappings'), 'at least one request mapping is required');
  const seen = new Set<string>();
  mappings.forEach(({ containerName = '', resourceName = '', requestName = '' }, i) => {
    const path = at.child('requestMappings').index(i);
    const container = containers.get(containerName);
    if (!container)
      errors.invalid(path.child('containerName'), containerName, 'must match the name of an entry in spec.initContainers.name or spec.containers.name');
    else if (container.resources?.requests?.[resourceName] === undefined) {
      const detail = 'must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests';
      errors.invalid(path.child('resourceName'), resourceName, detail);
    }
    // The server leaves out the index here.
    errors.invalidEach(at.child('requestName'), requestName, checkDns1123Label(requestName));
    const key = JSON.stringify([containerName, resourceName, requestName]);
    if (seen.has(key)) {
      errors.duplicate(path.child('containerName'), containerName);
      errors.duplicate(path.child('resourceName'), resourceName);
      errors.duplicate(path.child('requestName'), requestName);
    }
    seen.add(key);
  });
  const { resourceClaimName: claim } = status;
  if (!claim) errors.required(at.child('resourceClaimName'));
  else errors.invalidEach(at.child('resourceClaimName'), claim, checkDns1123Subdomain(claim));
}

/** The health of allocated devices. Ephemeral containers are given none. */
export function validateAllocatedResources({ status, spec }: Pod, at: Path, errors: FieldErrors): void {
  validateList(status.containerStatuses, spec.containers, at.child('containerStatuses'), errors);
  validateList(status.initContainerStatuses, spec.initContainers, at.child('initContainerStatuses'), errors);
  status.ephemeralContainerStatuses?.forEach(({ allocatedResourcesStatus: resources }, i) => {
    const path = at.child('ephemeralContainerStatuses').index(i).child('allocatedResourcesStatus');
    if (resources?.length) errors.forbidden(path, 'must not be specified in container status');
  });
}

function validateList(statuses: readonly ContainerStatus[] | undefined, containers: readonly Container[] | undefined, at: Path, errors: FieldErrors): void {
  statuses?.forEach(({ name, allocatedResourcesStatus: resources }, i) => {
    const container = containers?.find((one) => one.name === name);
    resources?.forEach((resource, j) => validateResource(resource, container, at.index(i).child('allocatedResourcesStatus').index(j), errors));
  });
}

function validateResource({ name = '', resources = [] }: ResourceStatus, container: Container | undefined, at: Path, errors: FieldErrors): void {
  if (container) validateResourceName(name, container, at.child('name'), errors);
  const seen = new Set<string>();
  resources.forEach((one, k) => validateHealth(one, seen, at.child('resources').index(k), errors));
}

function validateResourceName(name: string, { resources }: Container, at: Path, errors: FieldErrors): void {
  if (!name.startsWith('claim:')) {
    if (resources?.requests?.[name] === undefined) errors.invalid(at, name, "must match one of the container's resource requests");
  } else if (!resources?.claims?.some((claim) => name === `claim:${claim.name}${claim.request ? `/${claim.request}` : ''}`)) {
    const format = "'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty";
    errors.invalid(at, name, `must match one of the container's resource claims in a format ${format}`);
  }
}

function validateHealth({ health = '', message, resourceID: id = '' }: ResourceHealth, seen: Set<string>, at: Path, errors: FieldErrors): void {
  if (!healths.includes(health)) errors.notSupported(at.child('health'), health, healths);
  if (message === '') errors.required(at.child('message'), 'must be non-empty if specified');
  else if (message !== undefined && message.length > longestMessage) errors.tooLong(at.child('message'), longestMessage);
  if (seen.has(id)) errors.duplicate(at.child('resourceID'), id);
  seen.add(id);
}
