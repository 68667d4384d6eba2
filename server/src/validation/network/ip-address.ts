// Rules for IPAddresses, which say who has an address, and for ServiceCIDRs, the ranges that addresses come from.
import { checkDns1123Subdomain, checkPathSegmentName } from '../../kube/names.ts';
import type { IPAddress, ServiceCIDR } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import { checkCanonicalCidr, checkCanonicalIp, ipFamily } from '../ip.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta, validateObjectMetaUpdate, validateReplacedMeta } from '../metadata/object-meta.ts';
import { root } from '../path.ts';
import { goStruct } from '../text/go-struct.ts';
import { validateSegment } from './reference.ts';

const parentAt = root('spec', 'parentRef');
const rangesAt = root('spec', 'cidrs');

export const ipAddressRules: RulesOf<IPAddress> = {
  validate: (address) => findings((errors) => validateIpAddress(address, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateIpAddress(next, errors);
      validateObjectMetaUpdate(next, before, errors);
      const { parentRef } = next.spec;
      validateImmutable(parentRef, before.spec.parentRef, parentAt, errors, parentRef ? goStruct('ParentReference', parentRef) : null);
    }),
};

function validateIpAddress(address: IPAddress, errors: FieldErrors): void {
  // The name is the address. Nothing is appended to a generateName, so it must be one too.
  validateObjectMeta(address, checkCanonicalIp, errors);
  const { parentRef } = address.spec;
  if (!parentRef) return errors.required(parentAt);
  const { group, resource, name, namespace } = parentRef;
  if (group) errors.invalidEach(parentAt.child('group'), group, checkDns1123Subdomain(group));
  validateSegment(resource, parentAt.child('resource'), errors);
  validateSegment(name, parentAt.child('name'), errors);
  if (namespace) errors.invalidEach(parentAt.child('namespace'), namespace, checkPathSegmentName(namespace));
  return undefined;
}

export const serviceCidrRules: RulesOf<ServiceCIDR> = {
  validate: (range) =>
    findings((errors) => {
      validateObjectMeta(range, subdomainName, errors);
      validateRanges(range.spec.cidrs ?? [], errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      validateRangesUpdate(next.spec.cidrs ?? [], before.spec.cidrs ?? [], errors);
    }),
  validateStatusUpdate: (next, before) => findings((errors) => validateReplacedMeta(next, before, errors)),
};

function validateRanges(ranges: readonly string[], errors: FieldErrors): void {
  if (ranges.length === 0) return errors.required(rangesAt, 'at least one CIDR required');
  if (ranges.length > 2) return errors.invalid(rangesAt, goStruct('ServiceCIDRSpec', { cidrs: ranges }), 'may only hold up to 2 values');
  ranges.forEach((range, i) => errors.invalidEach(rangesAt.index(i), range, checkCanonicalCidr(range)));
  const [first, second] = ranges.map(ipFamily);
  if (first === undefined || first !== second) return undefined;
  return errors.invalid(rangesAt, ranges, 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64');
}

/** A second family may be added. */
function validateRangesUpdate(next: readonly string[], before: readonly string[], errors: FieldErrors): void {
  const immutable = (i: number) => validateImmutable(next[i], before[i], rangesAt.index(i), errors);
  if (next.length === before.length) before.forEach((_, i) => immutable(i));
  else if (before.length === 1 && next.length === 2) {
    immutable(0);
    validateRanges(next, errors);
  } else errors.invalid(rangesAt, next.length > 0 ? next : null, 'field is immutable');
}
