// What the Endpoints of a Service should say (pkg/controller/endpoint): the ports that serve the same addresses together, ready and not
// ready ones apart, sorted by address.
import { numberOf } from '../../../validation/network/service-pools.ts';
import type { StringMap } from '../../../kube/object.ts';
import type { EndpointAddress, EndpointSubset, Service } from '../../../schema/generated/types.ts';
import { headlessLabel, hostnameOf, isAddressless, targetOf, type Candidate, type Port } from './candidates.ts';

const managerLabel = 'endpoints.kubernetes.io/managed-by';
/** More than this are left out; an annotation says so. */
const mostAddresses = 1000;
export const capacityAnnotation = 'endpoints.kubernetes.io/over-capacity';

export interface EndpointsContent {
  readonly subsets: readonly EndpointSubset[];
  readonly labels: StringMap;
  readonly isTruncated: boolean;
}

export function planEndpoints(service: Service, candidates: readonly Candidate[]): EndpointsContent {
  const tolerant = service.spec.publishNotReadyAddresses === true;
  const shown = candidates.filter(({ isTerminating }) => !isTerminating || tolerant);
  const groups = new Map<string, { ports: readonly Port[]; ready: EndpointAddress[]; notReady: EndpointAddress[] }>();
  // Ready ones first, so that they are the last to be left out.
  const isReady = (candidate: Candidate) => candidate.isReady || tolerant;
  const kept = shown.length > mostAddresses ? [...shown.filter(isReady), ...shown.filter((one) => !isReady(one))].slice(0, mostAddresses) : shown;
  for (const candidate of kept) {
    if (candidate.ports.length === 0 && service.spec.ports?.length) continue;
    const key = JSON.stringify(candidate.ports);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { ports: candidate.ports, ready: [], notReady: [] }));
    (isReady(candidate) ? group.ready : group.notReady).push(addressOf(service, candidate));
  }
  return { subsets: [...groups.values()].map(subsetOf), labels: labelsOf(service), isTruncated: shown.length > mostAddresses };
}

function addressOf(service: Service, { pod, ip }: Candidate): EndpointAddress {
  const hostname = hostnameOf(pod, service);
  const { nodeName } = pod.spec;
  return { ip, ...(hostname !== undefined && { hostname }), ...(nodeName !== undefined && { nodeName }), targetRef: targetOf(pod) };
}

function subsetOf({ ports, ready, notReady }: { ports: readonly Port[]; ready: EndpointAddress[]; notReady: EndpointAddress[] }): EndpointSubset {
  return {
    ...(ready.length > 0 && { addresses: sorted(ready) }),
    ...(notReady.length > 0 && { notReadyAddresses: sorted(notReady) }),
    ...(ports.length > 0 && { ports: ports.map(({ name, ...port }) => ({ ...(name && { name }), ...port })) }),
  };
}

const sorted = (list: EndpointAddress[]) => list.sort((a, b) => numberOf(a.ip) - numberOf(b.ip));

function labelsOf(service: Service): StringMap {
  const { [headlessLabel]: _, ...own } = service.metadata.labels ?? {};
  return { ...own, [managerLabel]: 'endpoint-controller', ...(isAddressless(service) && { [headlessLabel]: '' }) };
}
