// Defaults of Services, Endpoints, EndpointSlices and the kinds of networking.k8s.io.
import type {
  DiscoveryV1EndpointPort,
  EndpointPort,
  IngressClassParametersReference,
  LoadBalancerIngress,
  NetworkPolicyPort,
  NetworkPolicySpec,
  Service,
  ServicePort,
  ServiceSpec,
} from '../../schema/generated/types.ts';
import { isExternallyAccessible } from '../network/service-facts.ts';
import { filledWith, mapShared, without } from './fill.ts';

const affinitySeconds = 10_800;

export const networkFillers = {
  Service(service: Service): Service {
    const spec = fillService(service);
    return withIpMode(spec === service.spec ? service : { ...service, spec });
  },

  ServicePort(port: ServicePort): ServicePort {
    const typed = port.protocol ? port : { ...port, protocol: 'TCP' };
    return typed.targetPort ? typed : { ...typed, targetPort: port.port };
  },

  EndpointPort: (port: EndpointPort) => filledWith(port, { protocol: 'TCP' }),

  DiscoveryV1EndpointPort: (port: DiscoveryV1EndpointPort) => filledWith(port, { name: '', protocol: 'TCP' }),

  NetworkPolicyPort: (port: NetworkPolicyPort) => filledWith(port, { protocol: 'TCP' }),

  IngressClassParametersReference: (parameters: IngressClassParametersReference) => filledWith(parameters, { scope: 'Cluster' }),

  /** A policy without types is one for what comes in; and for what goes out, if it says something about that. */
  NetworkPolicySpec: (spec: NetworkPolicySpec) =>
    spec.policyTypes?.length ? spec : { ...spec, policyTypes: spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'] },
};

function fillService(service: Service): ServiceSpec {
  const typed = fillAffinity(filledWith(service.spec, { sessionAffinity: 'None', type: 'ClusterIP' }));
  const { type } = typed;
  return filledWith(typed, {
    ...(isExternallyAccessible({ ...service, spec: typed }) && { externalTrafficPolicy: 'Cluster' }),
    ...((type === 'ClusterIP' || type === 'NodePort' || type === 'LoadBalancer') && { internalTrafficPolicy: 'Cluster' }),
    ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
  });
}

function fillAffinity(spec: ServiceSpec): ServiceSpec {
  if (spec.sessionAffinity === 'None') return without(spec, 'sessionAffinityConfig');
  if (spec.sessionAffinity !== 'ClientIP' || typeof spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === 'number') return spec;
  return { ...spec, sessionAffinityConfig: { clientIP: { timeoutSeconds: affinitySeconds } } };
}

/** How the address of a load balancer is reached: unless it says otherwise, traffic keeps that address. */
function withIpMode(service: Service): Service {
  if (service.spec.type !== 'LoadBalancer') return service;
  const { ingress } = service.status?.loadBalancer ?? {};
  const filled = mapShared(ingress, (point: LoadBalancerIngress) => (point.ip && point.ipMode === undefined ? { ...point, ipMode: 'VIP' } : point));
  if (!filled || filled === ingress) return service;
  return { ...service, status: { ...service.status, loadBalancer: { ...service.status.loadBalancer, ingress: filled } } };
}
