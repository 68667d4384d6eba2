// Rules for the addresses of Services: cluster IPs, which agree with the IP families and stay what they are, and external IPs.
// The registry asks `validateClusterIps` too, before it hands out addresses.
import type { Service } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { checkIp, checkReachableIp, ipFamily } from '../ip.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { isHeadless } from './service-facts.ts';

const spec = root('spec');
const ips = spec.child('clusterIPs');
const families = spec.child('ipFamilies');
const policy = spec.child('ipFamilyPolicy');

const knownFamilies = ['IPv4', 'IPv6'];
const knownPolicies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** An address that was let in once may stay. */
export function validateLegacyIp(ip: string, existing: readonly string[] | undefined, at: Path, errors: FieldErrors): void {
  if (!existing?.includes(ip)) errors.invalidEach(at, ip, checkIp(ip));
}

export function validateClusterIps(service: Service, before: Service | undefined, errors: FieldErrors): void {
  const { type, clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = service.spec;
  if (type === 'ExternalName') return;
  validateFirst(clusterIP, clusterIPs, errors);
  ipFamilies.forEach((family, i) => {
    if (!knownFamilies.includes(family)) errors.notSupported(families.index(i), family, knownFamilies);
    if (ipFamilies.indexOf(family) < i) errors.duplicate(families.index(i), family);
  });
  if (ipFamilyPolicy !== undefined && !knownPolicies.includes(ipFamilyPolicy)) errors.notSupported(policy, ipFamilyPolicy, knownPolicies);
  const found = errors.count;
  validateEachIp(clusterIPs, before?.spec.clusterIPs, errors);
  const isWrong = errors.count > found;
  if (clusterIPs.length > 2) errors.invalid(ips, clusterIPs, 'may only hold up to 2 values');
  if (isWrong) return;
  if (clusterIPs.length > 1 && !isDualStack(clusterIPs)) errors.invalid(ips, clusterIPs, 'may specify no more than one IP for each IP family');
  if (isHeadless(service)) return;
  clusterIPs.forEach((ip, i) => {
    const family = ipFamilies[i];
    const isOther = (family === 'IPv4' && ipFamily(ip) === 6) || (family === 'IPv6' && ipFamily(ip) !== 6);
    if (isOther) errors.invalid(ips.index(i), ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``);
  });
}

function validateFirst(ip: string, all: readonly string[], errors: FieldErrors): void {
  if (ip === '') {
    if (all.length > 0) errors.invalid(ips, all, 'must be empty when `clusterIP` is not specified');
  } else if (all.length === 0) errors.required(ips);
  else if (all[0] !== ip) errors.invalid(ips, all, 'first value must match `clusterIP`');
}

function validateEachIp(all: readonly string[], existing: readonly string[] | undefined, errors: FieldErrors): void {
  all.forEach((ip, i) => {
    if (i > 0 || ip !== 'None') validateLegacyIp(ip, existing, ips.index(i), errors);
    else if (all.length > 1) errors.invalid(ips, all, "'None' must be the first and only value");
  });
}

/** Two addresses or more, of both families, and none of a third kind. */
function isDualStack(all: readonly string[]): boolean {
  return all.length === 2 && new Set(all.map(ipFamily)).size === 2;
}

// ---- what may change ----

const isExternalName = ({ spec: { type } }: Service) => type === 'ExternalName';

/** A second address may come and go; the first one stays. */
export function validateClusterIpsUpdate(next: Service, before: Service, errors: FieldErrors): void {
  if (isExternalName(next) || isExternalName(before) || (isHeadless(before) && isHeadless(next))) return;
  const [now, old] = [next.spec.clusterIPs ?? [], before.spec.clusterIPs ?? []];
  const printed = next.spec.clusterIPs ?? null;
  if (old.length === now.length) {
    old.forEach((ip, i) => {
      if (ip !== now[i]) errors.invalid(ips.index(i), printed, 'may not change once set');
    });
    return;
  }
  if (old.length > now.length && now.length === 0) errors.invalid(ips.index(0), printed, 'primary clusterIP can not be unset');
  if (old.length > 0 && now.length > 0 && now[0] !== old[0]) errors.invalid(ips.index(0), printed, 'may not change once set');
  if (old.length > now.length && now.length === 1) validateRelease(next, "must be set to 'SingleStack' when releasing the secondary clusterIP", errors);
}

export function validateIpFamiliesUpdate(next: Service, before: Service, errors: FieldErrors): void {
  if (isExternalName(next) || isExternalName(before) || isHeadless(before) || isHeadless(next)) return;
  const [now, old] = [next.spec.ipFamilies ?? [], before.spec.ipFamilies ?? []];
  if (old.length === now.length) {
    old.forEach((family, i) => {
      if (family !== now[i]) errors.invalid(families.index(0), now, 'may not change once set');
    });
    return;
  }
  // Where the number of families changes, the server prints the addresses.
  const printed = next.spec.clusterIPs ?? null;
  if (old.length > now.length && !next.spec.clusterIPs?.length) errors.invalid(families.index(0), now, 'primary ipFamily can not be unset');
  if (old.length > 0 && now.length > 0 && now[0] !== old[0]) errors.invalid(families.index(0), printed, 'may not change once set');
  if (old.length > now.length && now.length === 1) validateRelease(next, "must be set to 'SingleStack' when releasing the secondary ipFamily", errors);
}

function validateRelease({ spec: { ipFamilyPolicy } }: Service, text: string, errors: FieldErrors): void {
  if (ipFamilyPolicy !== 'SingleStack') errors.invalid(policy, ipFamilyPolicy ?? null, text);
}

// ---- external IPs ----

export function validateExternalIps(all: readonly string[] = [], existing: readonly string[] | undefined, errors: FieldErrors): void {
  all.forEach((ip, i) => {
    const at = spec.child('externalIPs').index(i);
    const found = errors.count;
    validateLegacyIp(ip, existing, at, errors);
    if (errors.count === found) errors.invalidEach(at, ip, checkReachableIp(ip));
  });
}
