// Services. A change of type clears the fields that the new type does not have, as long as the client has not touched them
// (pkg/registry/core/service/strategy.go: dropTypeDependentFields).
import { isEqual } from '../../../kube/equal.ts';
import type { Service, ServicePort, ServiceSpec } from '../../../schema/generated/types.ts';
import { isExternallyAccessible, needsHealthCheckPort } from '../../../validation/network/service-facts.ts';
import type { Draft } from '../../../validation/network/service-families.ts';
import { beginService, belongingsOfService } from '../allocation/service.ts';
import type { KindStrategy } from '../strategy.ts';

export const serviceStrategy: KindStrategy<Service> = {
  begin: beginService,
  belongings: belongingsOfService,
  statusTakesMetadata: true,
  prepareForCreate: (service) => asRead(service),
  prepareForUpdate(next, before) {
    const spec = withoutOtherTypes(next, before);
    const status = spec.type === 'LoadBalancer' ? next.status : { ...next.status, loadBalancer: {} };
    return asRead({ ...next, spec, status });
  },
};

/** Nobody sees this field of an ExternalName service. */
function asRead(service: Service): Service {
  if (service.spec.type !== 'ExternalName' || service.spec.internalTrafficPolicy === undefined) return service;
  const { internalTrafficPolicy: _, ...spec } = service.spec;
  return { ...service, spec };
}

function withoutOtherTypes(next: Service, before: Service): ServiceSpec {
  const [spec, old]: [Draft, ServiceSpec] = [{ ...next.spec }, before.spec];
  const isSame = (field: keyof ServiceSpec) => isEqual(spec[field], old[field]);
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') {
    if (isSame('clusterIP') && isSame('clusterIPs')) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (isSame('ipFamilies')) delete spec.ipFamilies;
    if (isSame('ipFamilyPolicy')) delete spec.ipFamilyPolicy;
  }
  if (hasNodePorts(old) && !hasNodePorts(spec) && hasNoNewNodePorts(spec, old)) spec.ports = (spec.ports ?? []).map(withoutNodePort);
  if (needsHealthCheckPort(before) && !needsHealthCheckPort({ ...next, spec }) && isSame('healthCheckNodePort')) delete spec.healthCheckNodePort;
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (isSame('allocateLoadBalancerNodePorts')) delete spec.allocateLoadBalancerNodePorts;
    if (isSame('loadBalancerClass')) delete spec.loadBalancerClass;
  }
  if (isExternallyAccessible(before) && !isExternallyAccessible({ ...next, spec }) && isSame('externalTrafficPolicy')) delete spec.externalTrafficPolicy;
  return spec;
}

const hasNodePorts = ({ type }: ServiceSpec) => type === 'NodePort' || type === 'LoadBalancer';

function hasNoNewNodePorts(next: ServiceSpec, before: ServiceSpec): boolean {
  const had = new Set(before.ports?.map(({ nodePort }) => nodePort));
  return (next.ports ?? []).every(({ nodePort }) => !nodePort || had.has(nodePort));
}

function withoutNodePort(port: ServicePort): ServicePort {
  const { nodePort: _, ...rest } = port;
  return rest;
}
