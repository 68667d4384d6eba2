// Rules for EndpointSlices (pkg/apis/discovery/validation).
import { isEqual } from '../../kube/equal.ts';
import { checkDns1123Label, checkDns1123Subdomain, checkLabelValue, checkQualifiedName } from '../../kube/names.ts';
import type { DiscoveryV1EndpointPort as EndpointPort, Endpoint, EndpointHints, EndpointSlice } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { validateImmutable } from '../immutable.ts';
import { checkCanonicalIp, checkIp, checkIpForm, checkReachableIp, ipFamily } from '../ip.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabels } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateAnyReplacedMeta, validateObjectMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validateProtocol } from './service-ports.ts';

const addressTypes = ['FQDN', 'IPv4', 'IPv6'];
const max = { endpoints: 1000, ports: 20000, addresses: 100, topologyLabels: 16, zones: 8, nodes: 8 };
const controllers = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];

export const endpointSliceRules: RulesOf<EndpointSlice> = {
  validate: (slice) => findings((errors) => validateSlice(slice, undefined, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateAnyReplacedMeta(next, before, errors);
      validateSlice(next, before, errors);
      validateImmutable(next.addressType, before.addressType, root('addressType'), errors);
    }),
  warnings: (next, before) => [
    // It is no part of a spec, but the server says so.
    ...(!before && next.addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : []),
    ...addressWarnings(next),
  ],
};

/** Controllers write addresses as they should be written. */
function addressWarnings({ metadata: { labels }, endpoints }: EndpointSlice): readonly string[] {
  if (controllers.includes(labels?.['endpointslice.kubernetes.io/managed-by'] ?? '')) return [];
  return (endpoints ?? []).flatMap(({ addresses }, i) =>
    (addresses ?? []).flatMap((address, j) => checkIpForm(address).map((text) => `${root('endpoints').index(i).child('addresses').index(j)}: ${text}`)),
  );
}

function validateSlice(slice: EndpointSlice, before: EndpointSlice | undefined, errors: FieldErrors): void {
  validateObjectMeta(slice, subdomainName, errors);
  const { addressType, ports, endpoints } = slice;
  if (!addressType) errors.required(root('addressType'));
  else if (!addressTypes.includes(addressType)) errors.notSupported(root('addressType'), addressType, addressTypes);
  validatePorts(ports ?? [], root('ports'), errors);
  // What was let in once may stay.
  if (!before || !isEqual(endpoints ?? [], before.endpoints ?? [])) validateEndpoints(endpoints ?? [], addressType, root('endpoints'), errors);
}

function validatePorts(ports: readonly EndpointPort[], path: Path, errors: FieldErrors): void {
  if (ports.length > max.ports) return errors.tooMany(path, ports.length, max.ports);
  const names = new Set<string>();
  ports.forEach(({ name = '', protocol, appProtocol }, i) => {
    const at = path.index(i);
    if (name) errors.invalidEach(at.child('name'), name, checkDns1123Label(name));
    if (names.has(name)) errors.duplicate(at.child('name'), name);
    names.add(name);
    if (protocol === '') errors.notSupported(at.child('protocol'), '', ['SCTP', 'TCP', 'UDP']);
    else validateProtocol(protocol, at.child('protocol'), errors);
    if (appProtocol !== undefined) errors.invalidEach(at.child('appProtocol'), appProtocol, checkQualifiedName(appProtocol));
  });
}

function validateEndpoints(endpoints: readonly Endpoint[], type: string, path: Path, errors: FieldErrors): void {
  if (endpoints.length > max.endpoints) return errors.tooMany(path, endpoints.length, max.endpoints);
  endpoints.forEach((endpoint, i) => validateEndpoint(endpoint, type, path.index(i), errors));
}

function validateEndpoint({ addresses, nodeName, deprecatedTopology, hostname, hints }: Endpoint, type: string, at: Path, errors: FieldErrors): void {
  const count = addresses?.length ?? 0;
  const addressesAt = at.child('addresses');
  if (count === 0) errors.required(addressesAt, 'must contain at least 1 address');
  else if (count > max.addresses) errors.tooMany(addressesAt, count, max.addresses);
  addresses?.forEach((address, i) => validateAddress(address, type, addressesAt, i, errors));
  if (nodeName !== undefined) errors.invalidEach(at.child('nodeName'), nodeName, checkDns1123Subdomain(nodeName));
  const labels = Object.keys(deprecatedTopology ?? {}).length;
  if (labels > max.topologyLabels) errors.tooMany(at.child('deprecatedTopology'), labels, max.topologyLabels);
  validateLabels(deprecatedTopology, at.child('deprecatedTopology'), errors);
  if (hostname !== undefined) errors.invalidEach(at.child('hostname'), hostname, checkDns1123Label(hostname));
  if (hints) validateHints(hints, at.child('hints'), errors);
}

function validateAddress(address: string, type: string, path: Path, i: number, errors: FieldErrors): void {
  const at = path.index(i);
  if (type === 'FQDN') return validateDomainName(address, at, errors);
  if (type !== 'IPv4' && type !== 'IPv6') return undefined;
  const problems = type === 'IPv4' ? checkIp(address) : checkCanonicalIp(address);
  errors.invalidEach(at, address, problems);
  if (problems.length > 0) return undefined;
  // The server leaves out the index where the family is wrong.
  if (`IPv${ipFamily(address)}` !== type) errors.invalid(path, address, `must be an ${type} address`);
  return errors.invalidEach(at, address, checkReachableIp(address));
}

/** At least two labels; a dot at the end says that the name is complete. */
function validateDomainName(address: string, at: Path, errors: FieldErrors): void {
  if (address === '') return errors.required(at);
  const name = address.replace(/\.$/, '');
  const problems = checkDns1123Subdomain(name);
  if (problems.length > 0) return errors.invalid(at, name, problems.join(','));
  const labels = name.split('.');
  if (labels.length < 2) return errors.invalid(at, name, 'should be a domain with at least two segments separated by dots');
  const long = labels.find((label) => checkDns1123Label(label).length > 0);
  if (long !== undefined) errors.invalid(at, long, checkDns1123Label(long).join(','));
  return undefined;
}

function validateHints({ forZones = [], forNodes = [] }: EndpointHints, at: Path, errors: FieldErrors): void {
  const zonesAt = at.child('forZones');
  if (forZones.length > max.zones) return errors.tooMany(zonesAt, forZones.length, max.zones);
  validateNames(forZones, checkLabelValue, zonesAt, errors);
  const nodesAt = at.child('forNodes');
  if (forNodes.length > max.nodes) return errors.tooMany(nodesAt, forNodes.length, max.nodes);
  return validateNames(forNodes, checkDns1123Subdomain, nodesAt, errors);
}

function validateNames(hints: readonly { readonly name: string }[], check: (name: string) => readonly string[], path: Path, errors: FieldErrors): void {
  hints.forEach(({ name }, i) => {
    const at = path.index(i).child('name');
    if (hints.findIndex((other) => other.name === name) < i) errors.duplicate(at, name);
    errors.invalidEach(at, name, check(name));
  });
}
