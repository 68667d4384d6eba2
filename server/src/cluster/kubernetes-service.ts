// The Service `kubernetes` by which pods reach the API server, and what belongs to it: the range that cluster IPs come from, of which it
// has the first, and the endpoint behind it, which no controller looks after but the API server itself.
import type { Endpoints, EndpointSlice, Service, ServiceCIDR } from '../schema/generated/types.ts';
import { apiServerIp, serviceRange } from '../validation/network/service-pools.ts';
import { rangeFinalizer } from './controllers/service-cidr/controller.ts';
import { nodeAddress } from './kubelet/addresses.ts';
import type { Draft } from './runtime/writer.ts';

const name = 'kubernetes';
const namespace = 'default';
const port = 6443;
/** That of the host on which the nodes are: the address before the first node's. */
const address = nodeAddress(0);

export const defaultServiceCidr: Draft<ServiceCIDR> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  metadata: { name, finalizers: [rangeFinalizer] },
  spec: { cidrs: [serviceRange] },
};

export const kubernetesService: Draft<Service> = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace, labels: { component: 'apiserver', provider: name } },
  spec: { clusterIP: apiServerIp, ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: port }] },
};

export const kubernetesEndpoints: Draft<Endpoints> = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name, namespace, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  subsets: [{ addresses: [{ ip: address }], ports: [{ name: 'https', port, protocol: 'TCP' }] }],
};

export const kubernetesEndpointSlice: Draft<EndpointSlice> = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [address], conditions: { ready: true } }],
  ports: [{ name: 'https', port, protocol: 'TCP' }],
};
