// What a fresh cluster holds: the four namespaces, the kubernetes Service and the nodes.
import { nodeObject } from './kubelet/node-object.ts';
import { isStatus, type Status } from '../kube/status.ts';
import type { Registry } from './registry/registry.ts';

export interface NodeOptions {
  /** 3 unless told otherwise: node-1, node-2, node-3, in zones zone-a, zone-b, zone-c in turn. */
  readonly count?: number;
}

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

export function bootstrap(registry: Registry, { count = 3 }: NodeOptions = {}): void {
  const server = registry.writer('kube-apiserver');
  for (const name of namespaces) must(server.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  must(server.create('services', kubernetesService));
  const kubelet = registry.writer('kubelet');
  for (let i = 0; i < count; i++) must(kubelet.create('nodes', nodeObject(i)));
}

/** The first address of the service range 10.96.0.0/12 is the API server's own. */
const kubernetesService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: {
    clusterIP: '10.96.0.1',
    clusterIPs: ['10.96.0.1'],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    sessionAffinity: 'None',
    type: 'ClusterIP',
  },
  status: { loadBalancer: {} },
};

function must(result: object | Status): void {
  if (isStatus(result)) throw new Error(`a fresh cluster must be valid: ${result.message}`);
}
