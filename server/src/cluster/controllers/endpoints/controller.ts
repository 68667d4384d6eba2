// Endpoints and EndpointSlices follow the pods that Services select. Two controllers of a real cluster in one, because they look at the
// same pods; each writes under its own name.
import { isEqual } from '../../../kube/equal.ts';
import { splitKey } from '../../../kube/resource.ts';
import { formatTime } from '../../../kube/time.ts';
import type { Endpoints, EndpointSlice, Service } from '../../../schema/generated/types.ts';
import type { ComponentFactory } from '../../runtime/component.ts';
import type { Commit } from '../../store/commit.ts';
import type { Writer } from '../../runtime/writer.ts';
import { slicesByService } from '../../store/indexes.ts';
import { candidatesOf, triggerAnnotation } from './candidates.ts';
import { Members } from './members.ts';
import { planSlices, type Content } from './slices.ts';
import { capacityAnnotation, planEndpoints } from './subsets.ts';

const name = 'endpointslice-controller';
const endpointsName = 'endpoint-controller';

/** Changes of this long are written down together: a look at a Service costs what it has of pods, and pods change in crowds. */
const batchMs = 100;

export const endpointsController: ComponentFactory = ({ agenda, reader, writer }) => {
  const slices = writer(name);
  const endpoints = writer(endpointsName);
  const members = new Members(reader);
  return {
    name,
    watches: ['services', 'pods', 'endpoints', 'endpointslices.discovery.k8s.io'],
    onCommit(commit) {
      const { resource, key, after, resourceVersion } = commit;
      if (resource === 'services' && !after) members.forget(key);
      for (const service of servicesOf(commit, members)) agenda.wakeAt(agenda.now + batchMs, name, service, resourceVersion);
    },
    wake(key) {
      const { namespace, name: called } = splitKey(key);
      const service = reader.get<Service>('services', namespace, called);
      if (!service?.spec.selector || service.spec.type === 'ExternalName' || service.metadata.deletionTimestamp !== undefined) return;
      const candidates = candidatesOf(service, members.of(service), reader);
      const existing = [...reader.indexed(slicesByService, key).objects.values()] as EndpointSlice[];
      const at = formatTime(agenda.now - batchMs);
      writeSlices(slices, service, planSlices(service, candidates, existing), at);
      writeEndpoints(endpoints, service, reader.get<Endpoints>('endpoints', namespace, called), planEndpoints(service, candidates), at);
    },
    snapshot: () => members.snapshot(),
    restore: (memory) => members.restore(memory),
  };
};

/** The keys of the Services to look at after a commit: what somebody else does to what we write is put right. */
function servicesOf(commit: Commit, members: Members): Iterable<string> {
  const { resource, key, before, after, cause } = commit;
  if (resource === 'pods') return members.change(commit);
  if (resource === 'services') return after ? [key] : [];
  if (cause.by === name || cause.by === endpointsName) return [];
  return resource === 'endpoints' ? [key] : slicesByService.keysOf((before ?? after)!);
}

function writeSlices(writer: Writer, service: Service, { create, update, remove }: ReturnType<typeof planSlices>, at: string): void {
  for (const content of create) writer.create<EndpointSlice>('endpointslices.discovery.k8s.io', newSlice(service, content, at));
  for (const { slice, content } of update) {
    const annotations = { ...slice.metadata.annotations, [triggerAnnotation]: at };
    const { ports, endpoints, labels } = content;
    const next = { ...slice, metadata: { ...slice.metadata, labels, annotations }, ports, endpoints } as unknown as EndpointSlice;
    writer.update('endpointslices.discovery.k8s.io', next);
  }
  for (const { metadata } of remove) writer.delete('endpointslices.discovery.k8s.io', metadata.namespace, metadata.name);
}

function newSlice({ metadata: { name: called, namespace = '', uid } }: Service, { ports, endpoints, labels }: Content, at: string) {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${called}-`,
      namespace,
      labels,
      annotations: { [triggerAnnotation]: at },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name: called, uid, controller: true, blockOwnerDeletion: true }],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  } as unknown as EndpointSlice;
}

function writeEndpoints(
  writer: Writer,
  { metadata: { name: called, namespace = '' } }: Service,
  existing: Endpoints | undefined,
  { subsets, labels, isTruncated }: ReturnType<typeof planEndpoints>,
  at: string,
): void {
  const { [capacityAnnotation]: was, ...annotations } = existing?.metadata.annotations ?? {};
  const isRight =
    existing && isEqual(existing.subsets ?? [], subsets) && isEqual(existing.metadata.labels ?? {}, labels) && (was !== undefined) === isTruncated;
  if (isRight) return;
  const metadata = { labels, annotations: { ...annotations, [triggerAnnotation]: at, ...(isTruncated && { [capacityAnnotation]: 'truncated' }) } };
  const content = subsets.length > 0 ? { subsets } : {};
  if (!existing) {
    writer.create<Endpoints>('endpoints', { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: called, namespace, ...metadata }, ...content });
    return;
  }
  const { subsets: _, ...rest } = existing;
  writer.update<Endpoints>('endpoints', { ...rest, metadata: { ...existing.metadata, ...metadata }, ...content });
}
