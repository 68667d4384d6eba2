// What a fresh cluster holds: the four namespaces, the kubernetes Service and the nodes.
import { nodeObject } from './kubelet/node-object.ts';
import { defaultServiceCidr, kubernetesEndpoints, kubernetesEndpointSlice, kubernetesService, readyRange } from './kubernetes-service.ts';
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
  const range = must(server.create('servicecidrs.networking.k8s.io', defaultServiceCidr));
  must(server.updateStatus('servicecidrs.networking.k8s.io', { ...range, status: { conditions: [readyRange(range.metadata.creationTimestamp)] } }));
  must(server.create('services', kubernetesService));
  must(server.create('endpoints', kubernetesEndpoints));
  must(server.create('endpointslices.discovery.k8s.io', kubernetesEndpointSlice));
  const kubelet = registry.writer('kubelet');
  for (let i = 0; i < count; i++) must(kubelet.create('nodes', nodeObject(i)));
}

function must<T extends object>(result: T | Status): T {
  if (isStatus(result)) throw new Error(`a fresh cluster must be valid: ${result.message}`);
  return result;
}
