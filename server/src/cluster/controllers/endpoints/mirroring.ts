// Endpoints that somebody writes for a Service without a selector are mirrored into EndpointSlices, because that is where readers look:
// one slice for every set of ports and family of addresses (pkg/controller/endpointslicemirroring).
import { isEqual } from '../../../kube/equal.ts';
import type { StringMap } from '../../../kube/object.ts';
import { splitKey } from '../../../kube/resource.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { Endpoint, EndpointAddress, Endpoints, EndpointSlice, Service } from '../../../schema/generated/types.ts';
import { familyOf } from '../../../validation/network/service-families.ts';
import type { Controller, Plan } from '../../runtime/controller.ts';
import { mirroredSlices } from '../../store/indexes.ts';
import { triggerAnnotation } from './candidates.ts';
import { managerLabel, serviceLabel } from './slices.ts';

const resource = 'endpointslices.discovery.k8s.io';
const manager = 'endpointslicemirroring-controller.k8s.io';
const notMirrored = 'endpointslice.kubernetes.io/skip-mirror';
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';
/** Not about the endpoints themselves. */
const keptBack = [triggerAnnotation, 'kubectl.kubernetes.io/last-applied-configuration'];
const mostEndpoints = 1000;

/** Everything of a slice but its name. */
type Mirror = Pick<EndpointSlice, 'addressType' | 'endpoints' | 'ports'> & { readonly labels: StringMap; readonly annotations: StringMap };

interface View {
  readonly endpoints: Endpoints | undefined;
  readonly existing: readonly EndpointSlice[];
}

interface MirrorPlan extends Plan {
  readonly create: readonly Mirror[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

export const mirroringController: Controller<View, MirrorPlan> = {
  name: 'endpointslice-mirroring-controller',
  watches: [
    { resource: 'endpoints', enqueue: ({ key }) => [key] },
    { resource: 'services', enqueue: ({ key }) => [key] },
    { resource, enqueue: ({ before, after }) => mirroredSlices.keysOf((before ?? after)!) },
  ],
  observe(key, reader) {
    const { namespace, name } = splitKey(key);
    const existing = [...reader.indexed(mirroredSlices, key).objects.values()] as EndpointSlice[];
    const endpoints = reader.get<Endpoints>('endpoints', namespace, name);
    const service = reader.get<Service>('services', namespace, name);
    const isMirrored = endpoints && service && !service.spec.selector && wantsMirror(endpoints);
    return isMirrored || existing.length > 0 ? { existing, endpoints: isMirrored ? endpoints : undefined } : undefined;
  },
  plan({ endpoints, existing }) {
    const free = [...existing];
    const [create, update]: [Mirror[], EndpointSlice[]] = [[], []];
    for (const mirror of endpoints ? mirrorsOf(endpoints) : []) {
      const at = free.findIndex((slice) => slice.addressType === mirror.addressType && isEqual(slice.ports ?? [], mirror.ports));
      const [slice] = at < 0 ? [] : free.splice(at, 1);
      if (!slice) create.push(mirror);
      else {
        const { labels, annotations, ...content } = mirror;
        update.push({ ...slice, ...content, metadata: { ...slice.metadata, labels, annotations } });
      }
    }
    return { create, update, remove: free };
  },
  apply({ create, update, remove }, { endpoints }, writer) {
    const answers: (object | undefined)[] = [
      ...create.map((mirror) => writer.create<EndpointSlice>(resource, newSlice(endpoints!, mirror))),
      // What is equal is no commit.
      ...update.map((slice) => writer.update<EndpointSlice>(resource, slice)),
      ...remove.map(({ metadata }) => writer.delete(resource, metadata.namespace, metadata.name)),
    ];
    return answers.find((answer): answer is Status => answer !== undefined && isStatus(answer));
  },
};

const wantsMirror = ({ metadata: { labels, annotations } }: Endpoints) => labels?.[notMirrored] !== 'true' && annotations?.[leaderAnnotation] === undefined;

function mirrorsOf({ metadata, subsets = [] }: Endpoints): readonly Mirror[] {
  const labels = { ...metadata.labels, [serviceLabel]: metadata.name, [managerLabel]: manager };
  const annotations = Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => !keptBack.includes(key)));
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) => {
    const all = [...addresses.map((address) => endpointOf(address, true)), ...notReadyAddresses.map((address) => endpointOf(address, false))];
    const named = ports.map((port) => ({ name: '', ...port }));
    return ['IPv4', 'IPv6'].flatMap((addressType): readonly Mirror[] => {
      const endpoints = all.filter(({ addresses: [ip = ''] }) => familyOf(ip) === addressType).slice(0, mostEndpoints);
      return endpoints.length > 0 ? [{ addressType, ports: named, endpoints, labels, annotations }] : [];
    });
  });
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname && { hostname }),
    ...(targetRef && { targetRef }),
    ...(nodeName !== undefined && { nodeName }),
  };
}

function newSlice({ metadata: { name, namespace = '', uid } }: Endpoints, { labels, annotations, ...content }: Mirror) {
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Endpoints', name, uid, controller: true, blockOwnerDeletion: true }];
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { generateName: `${name}-`, namespace, labels, ...(Object.keys(annotations).length > 0 && { annotations }), ownerReferences },
    ...content,
  };
}
