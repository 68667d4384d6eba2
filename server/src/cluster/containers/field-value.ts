// What the downward API tells a container of its pod.
import type { Container, Node, Pod, ResourceFieldSelector } from '../../schema/generated/types.ts';
import { milliUnitsOf, unitsOf } from '../../kube/quantity.ts';
import type { StringMap } from '../../kube/object.ts';
import { quote } from '../../kube/quote.ts';
import type { Reader } from '../runtime/reader.ts';

/** 'metadata.labels' of a volume's file, "metadata.labels['app']", 'status.podIP' (fieldpath.ExtractFieldPathAsString). */
export function fieldValue({ metadata, spec, status }: Pod, path: string): string {
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path) ?? [];
  if (map !== undefined) return metadata[map as 'labels']?.[key] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    case 'metadata.labels':
      return listing(metadata.labels);
    case 'metadata.annotations':
      return listing(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return status.hostIP ?? '';
    case 'status.podIP':
    case 'status.podIPs':
      return status.podIP ?? '';
    default:
      return '';
  }
}

/** app="web", one a line, sorted. */
const listing = (map: StringMap = {}): string =>
  Object.keys(map)
    .sort()
    .map((key) => `${key}=${quote(map[key]!)}`)
    .join('\n');

/** 'limits.cpu' divided by its divisor and rounded up. A limit that is not set is what the node has to give. */
export function resourceValue(reader: Reader, pod: Pod, container: Container, { resource, divisor = '1' }: ResourceFieldSelector): string {
  const [list, name = ''] = [resource.slice(0, resource.indexOf('.')), resource.slice(resource.indexOf('.') + 1)];
  const { limits, requests } = container.resources ?? {};
  const own = list === 'limits' ? limits?.[name] : requests?.[name];
  const node = reader.get<Node>('nodes', undefined, pod.spec.nodeName ?? '');
  const value = own ?? (list === 'limits' ? node?.status.allocatable?.[name] : undefined) ?? '0';
  const by = String(divisor) === '0' ? '1' : divisor;
  return String(name === 'cpu' ? Math.ceil(milliUnitsOf(value) / milliUnitsOf(by)) : Math.ceil(unitsOf(value) / unitsOf(by)));
}
