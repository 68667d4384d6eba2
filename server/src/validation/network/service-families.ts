// Which IP families a Service has, from what it says and what the cluster offers (pkg/registry/core/service/storage/alloc.go:
// initIPFamilyFields), and the two spellings of its cluster IP kept in step. Before validation, because validation expects the result.
import type { Writable } from '../../kube/writable.ts';
import type { Service, ServiceSpec } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { ipFamily } from '../ip.ts';
import { root } from '../path.ts';
import { validateClusterIps } from './service-addresses.ts';

/** A spec that is being put together. */
export type Draft = Writable<ServiceSpec>;

/** The families that addresses are handed out of. */
const configured = ['IPv4'];
const primary = 'IPv4';

const policyAt = root('spec', 'ipFamilyPolicy');

export const familyOf = (ip: string): string => (ipFamily(ip) === 6 ? 'IPv6' : 'IPv4');

const isSameList = (a: readonly string[] = [], b: readonly string[] = []) => a.length === b.length && a.every((item, i) => item === b[i]);

/** Clients that know only one address say `clusterIP`; the list follows it. */
export function syncClusterIps(spec: Draft, before: ServiceSpec | undefined): void {
  const { clusterIP = '', clusterIPs } = spec;
  if (!before) {
    if (clusterIP && !clusterIPs?.length) spec.clusterIPs = [clusterIP];
    return;
  }
  const old = before.clusterIP ?? '';
  if (before.clusterIPs?.length && !clusterIPs?.length && old === clusterIP) spec.clusterIPs = before.clusterIPs;
  if (old === clusterIP || !isSameList(before.clusterIPs, spec.clusterIPs)) return;
  if (clusterIP) spec.clusterIPs = [clusterIP];
  else delete spec.clusterIPs;
}

/** Two services that want both families if they can be had, and say the same about addresses: the new one gets and loses nothing. */
export function staysDualStack(spec: ServiceSpec, before: ServiceSpec | undefined): boolean {
  return (
    before !== undefined &&
    before.type === spec.type &&
    ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type ?? '') &&
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    (before.ipFamilyPolicy ?? 'PreferDualStack') === 'PreferDualStack' &&
    isSameList(before.clusterIPs, spec.clusterIPs) &&
    isSameList(before.ipFamilies, spec.ipFamilies)
  );
}

/** Fills in `ipFamilyPolicy` and `ipFamilies`, and says what cannot be had. */
export function settleFamilies(service: Service, spec: Draft, before: Service | undefined, errors: FieldErrors): void {
  if (spec.type === 'ExternalName' || staysDualStack(spec, before?.spec)) return;
  const isBare = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= before?.spec.ipFamilyPolicy ?? (isBare ? 'RequireDualStack' : 'SingleStack');
  validateClusterIps({ ...service, spec }, before, errors);
  if (errors.count > 0) return;
  if (before) releaseSecond(spec, before.spec, errors);
  if (spec.ipFamilyPolicy === 'SingleStack') {
    for (const [list, words] of [[spec.clusterIPs, 'cluster IPs'] as const, [spec.ipFamilies, 'IP families'] as const]) {
      if (list?.length !== 2) continue;
      errors.invalid(policyAt, spec.ipFamilyPolicy, `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${words} are specified`);
    }
  }
  inferFamilies(spec, errors);
  if (errors.count > 0) return;
  // Nobody looks for the endpoints of a headless service without a selector, so they may be of any family.
  if (isBare) spreadOverBoth(spec);
  else useConfigured(spec, errors);
}

/** Asking for one family is clear enough: the second address goes. */
function releaseSecond(spec: Draft, before: ServiceSpec, errors: FieldErrors): void {
  const { clusterIPs = [], ipFamilies = [] } = spec;
  if (spec.ipFamilyPolicy === 'SingleStack') {
    if (isSameList(before.clusterIPs, clusterIPs) && clusterIPs.length > 1) spec.clusterIPs = clusterIPs.slice(0, 1);
    if (isSameList(before.ipFamilies, ipFamilies) && ipFamilies.length > 1) spec.ipFamilies = ipFamilies.slice(0, 1);
    return;
  }
  if (isReduced(clusterIPs, before.clusterIPs)) errors.invalid(policyAt, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP");
  if (isReduced(ipFamilies, before.ipFamilies)) errors.invalid(policyAt, spec.ipFamilyPolicy, "must be 'SingleStack' to release the secondary IP family");
}

const isReduced = (now: readonly string[], old: readonly string[] = []) => now.length > 0 && now.length < old.length;

/** An address says its family itself. */
function inferFamilies(spec: Draft, errors: FieldErrors): void {
  const { clusterIPs = [] } = spec;
  for (const [i, ip] of clusterIPs.entries()) {
    if (ip === 'None') return;
    if (i < (spec.ipFamilies?.length ?? 0)) continue;
    const family = familyOf(ip);
    if (configured.includes(family)) spec.ipFamilies = [...(spec.ipFamilies ?? []), family];
    else errors.invalid(root('spec', 'clusterIPs').index(i), clusterIPs, `${family} is not configured on this cluster`);
  }
}

function spreadOverBoth(spec: Draft): void {
  const families = spec.ipFamilies?.length ? spec.ipFamilies : [primary];
  const needsOther = families.length < 2 && spec.ipFamilyPolicy !== 'SingleStack';
  spec.ipFamilies = needsOther ? [...families, families[0] === 'IPv4' ? 'IPv6' : 'IPv4'] : families;
}

function useConfigured(spec: Draft, errors: FieldErrors): void {
  if (spec.ipFamilyPolicy === 'RequireDualStack' && configured.length < 2) {
    errors.invalid(policyAt, spec.ipFamilyPolicy, 'this cluster is not configured for dual-stack services');
  }
  spec.ipFamilies?.forEach((family, i) => {
    if (!configured.includes(family)) errors.invalid(root('spec', 'ipFamilies').index(i), family, 'not configured on this cluster');
  });
  if (errors.count === 0 && !spec.ipFamilies?.length) spec.ipFamilies = [primary];
}
