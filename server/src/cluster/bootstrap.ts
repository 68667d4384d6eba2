// What a fresh cluster holds: the four namespaces, the kubernetes Service and the nodes.
import { readyCondition } from './controllers/service-cidr/controller.ts';
import { nodeObject } from './kubelet/node-object.ts';
import { defaultServiceCidr, kubernetesEndpoints, kubernetesEndpointSlice, kubernetesService } from './kubernetes-service.ts';
import { isStatus, type Status } from '../kube/status.ts';
import type { Node } from '../schema/generated/types.ts';
import type { Registry } from './registry/registry.ts';
import { groupResourceOf } from './registry/resources.ts';
import { minikubeNode, minikubeObjects } from './startup/minikube.ts';
import type { StartupObject } from './startup/startup-object.ts';

export interface NodeOptions {
  /** 3 unless told otherwise: node-1, node-2, node-3, in zones zone-a, zone-b, zone-c in turn; 1 with minikube. */
  readonly count?: number;
}

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * plain: nodes and nothing on them. minikube: one node of that name (more are minikube-m02, …), with the control plane, DNS, the
 * proxy and storage as pods in kube-system.
 */
export type Profile = 'plain' | 'minikube';

export function bootstrap(registry: Registry, profile: Profile, { count = profile === 'minikube' ? 1 : 3 }: NodeOptions = {}): void {
  const server = registry.writer('kube-apiserver');
  for (const name of namespaces) must(server.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const range = must(server.create('servicecidrs.networking.k8s.io', defaultServiceCidr));
  const ready = { ...readyCondition, lastTransitionTime: range.metadata.creationTimestamp };
  must(server.updateStatus('servicecidrs.networking.k8s.io', { ...range, status: { conditions: [ready] } }));
  must(server.create('services', kubernetesService));
  must(server.create('endpoints', kubernetesEndpoints));
  must(server.create('endpointslices.discovery.k8s.io', kubernetesEndpointSlice));
  const kubelet = registry.writer('kubelet');
  const nodes = Array.from({ length: count }, (_, i) => must(kubelet.create<Node>('nodes', profile === 'minikube' ? minikubeNode(i) : nodeObject(i))));
  if (profile === 'minikube') startMinikube(registry, nodes);
}

function startMinikube(registry: Registry, nodes: readonly Node[]): void {
  const [first] = nodes;
  if (!first) return;
  for (const object of minikubeObjects(first)) must(request(registry, object));
}

/** As kubeadm sends it: manifests are decoded and filled in like anybody's. */
function request(registry: Registry, { resource, draft }: StartupObject): object | Status {
  const { namespace } = draft.metadata;
  const target = { ...groupResourceOf(resource), ...(namespace !== undefined && { namespace }) };
  return registry.handle({ verb: 'create', ...target, body: draft, options: { fieldManager: 'kubeadm' } }).body;
}

function must<T extends object>(result: T | Status): T {
  if (isStatus(result)) throw new Error(`a fresh cluster must be valid: ${result.message}`);
  return result;
}
