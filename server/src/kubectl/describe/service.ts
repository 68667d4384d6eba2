import type { EndpointSlice, LoadBalancerIngress, Service, ServicePort } from '../../schema/generated/types.ts';
import { formatLabels } from '../printers/cell.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { endpointsText, slicesOf } from './endpoint-texts.ts';
import { eventLines } from './events.ts';
import { annotationLines, given, labelLines, none, type Lines } from './lines.ts';

export const describeService: Describer<Service> = (service, around) => {
  const { metadata, spec, status } = service;
  const slices = slicesOf(metadata.namespace, metadata.name, around);
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Selector:\t${formatLabels(spec.selector)}`,
    `Type:\t${spec.type ?? ''}`,
    ...given('IP Family Policy', spec.ipFamilyPolicy),
    `IP Families:\t${spec.ipFamilies?.join(',') || none}`,
    `IP:\t${spec.clusterIP ?? ''}`,
    `IPs:\t${spec.clusterIPs?.join(',') || none}`,
    ...given('External IPs', spec.externalIPs?.join(',') || undefined),
    ...given('Desired LoadBalancer IP', spec.loadBalancerIP || undefined),
    ...given('External Name', spec.externalName || undefined),
    ...given('LoadBalancer Ingress', (status.loadBalancer?.ingress ?? []).map(ingressText).join(', ') || undefined),
    ...(spec.ports ?? []).flatMap((port) => portLines(port, slices)),
    `Session Affinity:\t${spec.sessionAffinity ?? ''}`,
    ...given('External Traffic Policy', spec.externalTrafficPolicy || undefined),
    ...given('Internal Traffic Policy', spec.internalTrafficPolicy),
    ...given('HealthCheck NodePort', spec.healthCheckNodePort || undefined),
    ...given('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(',') || undefined),
    ...given('Traffic Distribution', spec.trafficDistribution || undefined),
    ...eventLines(eventsAbout(service, around), around.now),
  ];
};

const ingressText = ({ ip, ipMode, hostname = '' }: LoadBalancerIngress) => (ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : hostname);

function portLines({ name = '', port, protocol = '', targetPort, appProtocol, nodePort }: ServicePort, slices: readonly EndpointSlice[]): Lines {
  const shown = name || '<unset>';
  return [
    `Port:\t${shown}\t${port}/${protocol}`,
    `TargetPort:\t${targetPort ?? 0}/${protocol}`,
    ...(appProtocol === undefined ? [] : [`AppProtocol:\t${appProtocol}`]),
    ...(nodePort ? [`NodePort:\t${shown}\t${nodePort}/${protocol}`] : []),
    `Endpoints:\t${endpointsText(slices, name)}`,
  ];
}
