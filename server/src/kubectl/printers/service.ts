import type { Service } from '../../schema/generated/types.ts';
import { balancerAddresses } from './balancer-addresses.ts';
import { ageOf, formatLabels, none, type CellsOf } from './cell.ts';

export const serviceCells: CellsOf<Service> = (service, now) => [
  service.metadata.name,
  service.spec.type ?? '',
  service.spec.clusterIPs?.[0] || none,
  externalAddress(service),
  portsOf(service) || none,
  ageOf(service, now),
  formatLabels(service.spec.selector),
];

function externalAddress({ spec, status }: Service): string {
  const external = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'ExternalName':
      return spec.externalName ?? '';
    case 'LoadBalancer':
      return [...balancerAddresses(status.loadBalancer?.ingress), ...external].join(',') || '<pending>';
    case 'ClusterIP':
    case 'NodePort':
      return external.join(',') || none;
    default:
      return '<unknown>';
  }
}

/** '80:30080/TCP,443/TCP' */
const portsOf = ({ spec }: Service) =>
  (spec.ports ?? []).map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`).join(',');
