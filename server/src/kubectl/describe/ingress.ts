import type { Ingress, IngressBackend, IngressTLS, Service } from '../../schema/generated/types.ts';
import { eventsAbout, type Around, type Describer } from './describer.ts';
import { endpointsText, slicesOf } from './endpoint-texts.ts';
import { eventLines } from './events.ts';
import { annotationLines, labelLines, none, type Lines } from './lines.ts';

export const describeIngress: Describer<Ingress> = (ingress, around) => {
  const { metadata, spec, status } = ingress;
  const backend = (of: IngressBackend) => backendText(of, metadata.namespace, around);
  const fallback = spec.defaultBackend ? backend(spec.defaultBackend) : '<default>';
  const addresses = (status.loadBalancer?.ingress ?? []).map(({ ip, hostname = '' }) => ip || hostname).filter((address) => address !== '');
  const rules = (spec.rules ?? []).filter(({ http }) => http);
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels),
    `Namespace:\t${metadata.namespace ?? ''}`,
    `Address:\t${[...new Set(addresses)].sort().join(',')}`,
    `Ingress Class:\t${spec.ingressClassName ?? none}`,
    `Default backend:\t${fallback}`,
    ...tlsLines(spec.tls),
    'Rules:',
    '  Host\tPath\tBackends',
    '  ----\t----\t--------',
    ...rules.flatMap(({ host, http }) => [`  ${host || '*'}\t`, ...http!.paths.map(({ path = '', backend: behind }) => `    \t${path} \t${backend(behind)}`)]),
    ...(rules.length === 0 ? [`  *\t*\t${fallback}`] : []),
    ...annotationLines('Annotations', metadata.annotations),
    ...eventLines(eventsAbout(ingress, around), around.now),
  ];
};

function tlsLines(tls: readonly IngressTLS[] = []): Lines {
  if (tls.length === 0) return [];
  return ['TLS:', ...tls.map(({ secretName, hosts = [] }) => `  ${secretName ? `${secretName} terminates` : 'SNI routes'} ${hosts.join(',')}`)];
}

/** 'web:80 (10.0.0.1:8080)', or why the Service cannot be looked at. */
function backendText({ service: wanted, resource }: IngressBackend, namespace: string | undefined, around: Around): string {
  if (resource) return `APIGroup: ${resource.apiGroup ?? none}, Kind: ${resource.kind}, Name: ${resource.name}`;
  if (!wanted) return '';
  const { name, port } = wanted;
  const shown = `${name}:${port?.number ? port.number : (port?.name ?? '')}`;
  const service = around.get<Service>('v1', 'Service', namespace, name);
  if (!service) return `${shown} (<error: services "${name}" not found>)`;
  const chosen = (service.spec.ports ?? []).findLast((each) => (port?.number ? each.port === port.number : !!port?.name && each.name === port.name));
  return `${shown} (${endpointsText(slicesOf(namespace, name, around), chosen?.name ?? '')})`;
}
