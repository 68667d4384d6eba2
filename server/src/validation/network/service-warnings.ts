// What the server lets pass in a Service but warns of (pkg/api/service/warnings.go).
import { quote } from '../../kube/quote.ts';
import type { Service } from '../../schema/generated/types.ts';
import { checkCidrForm, checkIpForm } from '../ip.ts';
import { root } from '../path.ts';

const spec = root('spec');

export function serviceWarnings({ metadata: { annotations }, spec: service }: Service): readonly string[] {
  const { type, clusterIP, externalIPs = [], externalName, trafficDistribution } = service;
  const headless = type === 'ClusterIP' && clusterIP === 'None';
  const warnings: string[] = [];
  const hints = 'service.kubernetes.io/topology-aware-hints';
  if (annotations?.[hints] !== undefined) warnings.push(`annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`);
  if (clusterIP && clusterIP !== 'None') warnings.push(...formsOf('clusterIPs', service.clusterIPs, checkIpForm));
  if (headless) warnings.push(...ignoredByHeadless(service));
  warnings.push(...formsOf('externalIPs', externalIPs, checkIpForm));
  if (externalIPs.length > 0 && !headless && type !== 'ExternalName') {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (service.loadBalancerIP) warnings.push(...checkIpForm(service.loadBalancerIP).map((text) => `spec.loadBalancerIP: ${text}`));
  warnings.push(...formsOf('loadBalancerSourceRanges', service.loadBalancerSourceRanges, checkCidrForm));
  if (type === 'ExternalName' && externalIPs.length > 0) warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (type !== 'ExternalName' && externalName) warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (trafficDistribution === 'PreferClose') warnings.push(`spec.trafficDistribution: ${quote('PreferClose')} is deprecated; use ${quote('PreferSameZone')}`);
  return warnings;
}

function ignoredByHeadless({ loadBalancerIP, externalIPs, sessionAffinity }: Service['spec']): readonly string[] {
  const ignored = [
    ...(loadBalancerIP ? ['loadBalancerIP'] : []),
    ...(externalIPs?.length ? ['externalIPs'] : []),
    ...(sessionAffinity !== 'None' ? ['SessionAffinity'] : []),
  ];
  return ignored.map((field) => `spec.${field} is ignored for headless services`);
}

function formsOf(field: string, values: readonly string[] | undefined, check: (text: string) => readonly string[]): readonly string[] {
  return (values ?? []).flatMap((value, i) => check(value).map((text) => `${spec.child(field).index(i)}: ${text}`));
}
