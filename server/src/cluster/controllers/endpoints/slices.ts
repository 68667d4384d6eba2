// Which EndpointSlices a Service should have (k8s.io/endpointslice reconciler): its pods by the ports that they serve, a hundred to a
// slice; pods stay in the slice they are in, new ones fill slices with room; a Service without pods has one empty slice.
//
//   slices [100, 40], 30 pods gone from the first, 60 new → [100 (70 + 30 new), 70 (40 + 30 new)]
import { isEqual } from '../../../kube/equal.ts';
import type { StringMap } from '../../../kube/object.ts';
import type { Endpoint, EndpointSlice, Service } from '../../../schema/generated/types.ts';
import { headlessLabel, hostnameOf, isAddressless, targetOf, type Candidate, type Port } from './candidates.ts';

const sliceManager = 'endpointslice-controller.k8s.io';
export const managerLabel = 'endpointslice.kubernetes.io/managed-by';
export const serviceLabel = 'kubernetes.io/service-name';
const mostEndpoints = 100;

/** What a slice should say; null where Go has an empty list. */
export interface Content {
  readonly ports: readonly Port[] | null;
  readonly endpoints: readonly Endpoint[] | null;
  readonly labels: StringMap;
}

export interface SlicePlan {
  readonly create: readonly Content[];
  readonly update: readonly { readonly slice: EndpointSlice; readonly content: Content }[];
  readonly remove: readonly EndpointSlice[];
}

export function planSlices(service: Service, candidates: readonly Candidate[], existing: readonly EndpointSlice[]): SlicePlan {
  const labels = labelsOf(service);
  const groups = byPorts(service, candidates);
  const contents: { slice: EndpointSlice | undefined; content: Content }[] = [];
  const unused: EndpointSlice[] = [];
  for (const slice of existing) if (!groups.has(portsKey(slice.ports as readonly Port[] | null))) unused.push(slice);
  for (const { ports, endpoints } of groups.values()) {
    const own = existing.filter((slice) => portsKey(slice.ports as readonly Port[] | null) === portsKey(ports));
    for (const { slice, list } of fill(own, endpoints)) {
      if (slice && list.length === 0) unused.push(slice);
      else contents.push({ slice, content: { ports: ports.length > 0 ? ports : null, endpoints: list, labels } });
    }
  }
  if (contents.length === 0) contents.push({ slice: undefined, content: { ports: null, endpoints: null, labels } });
  return settle(contents, unused);
}

/** What is to be made takes the place of what is no longer used. */
function settle(contents: readonly { slice: EndpointSlice | undefined; content: Content }[], unused: readonly EndpointSlice[]): SlicePlan {
  const free = [...unused];
  const create: Content[] = [];
  const update: { slice: EndpointSlice; content: Content }[] = [];
  for (const { slice: own, content } of contents) {
    const slice = own ?? free.shift();
    if (!slice) create.push(content);
    else if (!isRight(slice, content)) update.push({ slice, content });
  }
  return { create, update, remove: free };
}

function isRight(slice: EndpointSlice, { ports, endpoints, labels }: Content): boolean {
  return isEqual(slice.ports ?? [], ports ?? []) && isEqual(slice.endpoints ?? [], endpoints ?? []) && isEqual(slice.metadata.labels ?? {}, labels);
}

interface Group {
  readonly ports: readonly Port[];
  /** By the uid of the pod. */
  readonly endpoints: Map<string, Endpoint>;
}

const portsKey = (ports: readonly Port[] | null | undefined) =>
  (ports ?? []).map(({ name, port, protocol, appProtocol = '' }) => `${name} ${port} ${protocol} ${appProtocol}`).join();

function byPorts(service: Service, candidates: readonly Candidate[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const candidate of candidates) {
    const key = portsKey(candidate.ports);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { ports: candidate.ports, endpoints: new Map() }));
    group.endpoints.set(candidate.pod.metadata.uid, endpointOf(service, candidate));
  }
  return groups;
}

function endpointOf(service: Service, { pod, ip, zone, isReady, isTerminating }: Candidate): Endpoint {
  const hostname = hostnameOf(pod, service);
  return {
    addresses: [ip],
    conditions: { ready: service.spec.publishNotReadyAddresses === true || (isReady && !isTerminating), serving: isReady, terminating: isTerminating },
    ...(hostname !== undefined && { hostname }),
    targetRef: targetOf(pod),
    ...(pod.spec.nodeName !== undefined && { nodeName: pod.spec.nodeName }),
    ...(zone !== undefined && { zone }),
  };
}

/** The endpoints of one set of ports over the slices that there are, and over new ones for what does not fit. */
function fill(own: readonly EndpointSlice[], wanted: ReadonlyMap<string, Endpoint>): readonly { slice: EndpointSlice | undefined; list: Endpoint[] }[] {
  const todo = new Map(wanted);
  const filled = own.map((slice) => {
    const list: Endpoint[] = [];
    for (const { targetRef } of slice.endpoints ?? []) {
      const endpoint = targetRef?.uid === undefined ? undefined : todo.get(targetRef.uid);
      if (endpoint && todo.delete(targetRef!.uid!)) list.push(endpoint);
    }
    return { slice: slice as EndpointSlice | undefined, list };
  });
  const rest = [...todo.values()];
  for (const { list } of filled) if (rest.length > 0 && list.length < mostEndpoints) list.push(...rest.splice(0, mostEndpoints - list.length));
  while (rest.length > 0) filled.push({ slice: undefined, list: rest.splice(0, mostEndpoints) });
  return filled;
}

const reserved = new Set([serviceLabel, managerLabel, headlessLabel]);

function labelsOf(service: Service): StringMap {
  const own = Object.entries(service.metadata.labels ?? {}).filter(([label]) => !reserved.has(label));
  return {
    ...Object.fromEntries(own),
    [managerLabel]: sliceManager,
    [serviceLabel]: service.metadata.name,
    ...(isAddressless(service) && { [headlessLabel]: '' }),
  };
}
