// Rules for what a load balancer reports of a Service or an Ingress: the addresses where it can be reached.
import { checkDns1123Subdomain } from '../../kube/names.ts';
import type { IngressLoadBalancerIngress, LoadBalancerIngress } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { checkIpForm, ipFamily } from '../ip.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validateLegacyIp } from './service-addresses.ts';

type Points = readonly (IngressLoadBalancerIngress | LoadBalancerIngress)[] | undefined;

/** Only Services say how an address is to be reached (`ipMode`). */
export function validateLoadBalancerStatus(points: Points, before: Points, path: Path, errors: FieldErrors, mode: 'with mode' | 'without mode'): void {
  const existing = before?.flatMap(({ ip }) => (ip ? [ip] : []));
  points?.forEach((point, i) => {
    const at = path.index(i);
    const { ip, hostname } = point;
    if (ip) validateLegacyIp(ip, existing, at.child('ip'), errors);
    if (mode === 'with mode') validateMode(point, at.child('ipMode'), errors);
    if (!hostname) return;
    errors.invalidEach(at.child('hostname'), hostname, checkDns1123Subdomain(hostname));
    if (isIp(hostname)) errors.invalid(at.child('hostname'), hostname, 'must be a DNS name, not an IP address');
  });
}

const modes = ['Proxy', 'VIP'];

function validateMode({ ip, ipMode }: LoadBalancerIngress, at: Path, errors: FieldErrors): void {
  if (ipMode === undefined) {
    if (ip) errors.required(at, 'must be specified when `ip` is set');
  } else if (!ip) errors.forbidden(at, 'may not be specified when `ip` is not set');
  else if (!modes.includes(ipMode)) errors.notSupported(at, ipMode, modes);
}

export const isIp = (text: string): boolean => !text.includes('/') && ipFamily(text) !== undefined;

export function loadBalancerWarnings(points: Points): readonly string[] {
  const at = root('status', 'loadBalancer', 'ingress');
  return (points ?? []).flatMap(({ ip }, i) => (ip ? checkIpForm(ip).map((text) => `${at.index(i)}: ${text}`) : []));
}
