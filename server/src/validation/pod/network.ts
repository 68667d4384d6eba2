// Rules for a pod's names and its DNS: hostname, host aliases, resolver settings.
import { checkDns1123Label, checkDns1123Subdomain, checkDns1123SubdomainWithUnderscore } from '../../kube/names.ts';
import { byteLength } from '../../kube/quote.ts';
import type { HostAlias, PodDNSConfig, PodSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { checkIp } from '../ip.ts';
import type { Path } from '../path.ts';

const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
/** What a resolver of Linux can take. */
const maxNameservers = 3;
const maxSearches = 32;
const maxSearchBytes = 2048;
const maxHostnameBytes = 64;

export function validateDnsPolicy(policy: string | undefined, at: Path, errors: FieldErrors): void {
  if (!policy) errors.required(at);
  else if (!dnsPolicies.includes(policy)) errors.notSupported(at, policy, dnsPolicies);
}

export function validateDnsConfig({ dnsConfig: config, dnsPolicy }: PodSpec, at: Path, errors: FieldErrors): void {
  if (dnsPolicy === 'None') {
    if (!config) return errors.required(at, 'must provide `dnsConfig` when `dnsPolicy` is None');
    if (!config.nameservers?.length) return errors.required(at.child('nameservers'), 'must provide at least one DNS nameserver when `dnsPolicy` is None');
  }
  return config && validateResolver(config, at, errors);
}

function validateResolver({ nameservers = [], searches = [], options = [] }: PodDNSConfig, at: Path, errors: FieldErrors): void {
  if (nameservers.length > maxNameservers) errors.invalid(at.child('nameservers'), nameservers, `must not have more than ${maxNameservers} nameservers`);
  nameservers.forEach((server, i) => errors.invalidEach(at.child('nameservers').index(i), server, checkIp(server)));
  if (searches.length > maxSearches) errors.invalid(at.child('searches'), searches, `must not have more than ${maxSearches} search paths`);
  if (byteLength(searches.join(' ')) > maxSearchBytes) {
    errors.invalid(at.child('searches'), searches, `must not have more than ${maxSearchBytes} characters (including spaces) in the search list`);
  }
  searches.forEach((search, i) => {
    const name = search === '.' ? undefined : search.replace(/\.$/, '');
    if (name !== undefined) errors.invalidEach(at.child('searches').index(i), name, checkDns1123SubdomainWithUnderscore(name));
  });
  options.forEach(({ name }, i) => {
    if (!name) errors.required(at.child('options').index(i), 'must not be empty');
  });
}

export function validateHostAliases(aliases: readonly HostAlias[] | undefined, path: Path, errors: FieldErrors): void {
  aliases?.forEach(({ ip, hostnames }, i) => {
    const at = path.index(i);
    errors.invalidEach(at.child('ip'), ip, checkIp(ip));
    hostnames?.forEach((name, j) => errors.invalidEach(at.child('hostnames').index(j), name, checkDns1123Subdomain(name)));
  });
}

export function validateHostnameOverride(spec: PodSpec, at: Path, errors: FieldErrors): void {
  const name = spec.hostnameOverride;
  if (name === undefined) return;
  const field = at.child('hostnameOverride');
  if (spec.setHostnameAsFQDN) errors.forbidden(field, 'may not be specified when setHostnameAsFQDN is true');
  if (spec.hostNetwork) errors.forbidden(field, 'may not be specified when hostNetwork is true');
  if (byteLength(name) > maxHostnameBytes) errors.tooLong(field, maxHostnameBytes);
  errors.invalidEach(field, name, checkDns1123Subdomain(name));
}

export function validateHostnames({ hostname, subdomain }: PodSpec, at: Path, errors: FieldErrors): void {
  if (hostname) errors.invalidEach(at.child('hostname'), hostname, checkDns1123Label(hostname));
  if (subdomain) errors.invalidEach(at.child('subdomain'), subdomain, checkDns1123Label(subdomain));
}
