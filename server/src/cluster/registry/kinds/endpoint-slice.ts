// EndpointSlices. Labels count as a part of what they say; what they said about places before v1 is dropped.
import { isEqual } from '../../../kube/equal.ts';
import { checkDns1123Subdomain } from '../../../kube/names.ts';
import type { Endpoint, EndpointSlice } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const endpointSliceStrategy: KindStrategy<EndpointSlice> = {
  prepareForCreate: (slice) => withoutTopology(slice, undefined),
  prepareForUpdate: (next, before) => (isEqual(next.endpoints, before.endpoints) ? next : withoutTopology(next, before)),
  isNewGeneration(next, before) {
    const { metadata: a, ...rest } = next;
    const { metadata: b, ...old } = before;
    return !isEqual(rest, old) || !isEqual(a.labels ?? {}, b.labels ?? {});
  },
};

const hostname = 'kubernetes.io/hostname';

function withoutTopology(slice: EndpointSlice, before: EndpointSlice | undefined): EndpointSlice {
  if (!slice.endpoints?.some(({ deprecatedTopology }) => deprecatedTopology)) return slice;
  const known = new Set(before?.endpoints?.flatMap(({ deprecatedTopology }) => deprecatedTopology?.[hostname] ?? []));
  const endpoints = slice.endpoints.map(({ deprecatedTopology: topology, ...endpoint }): Endpoint => {
    const node = topology?.[hostname];
    const keepsNode = endpoint.nodeName === undefined && node !== undefined && known.has(node) && checkDns1123Subdomain(node).length === 0;
    return keepsNode ? { ...endpoint, nodeName: node } : endpoint;
  });
  return { ...slice, endpoints };
}
