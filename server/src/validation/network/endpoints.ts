// Rules for Endpoints.
import { isEqual } from '../../kube/equal.ts';
import { checkDns1123Label, checkDns1123Subdomain, checkPortNumber, checkQualifiedName } from '../../kube/names.ts';
import type { EndpointAddress, EndpointPort, Endpoints } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { checkIp, checkIpForm, checkReachableIp } from '../ip.ts';
import type { RulesOf } from '../kind-rules.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';
import { validateProtocol } from './service-ports.ts';

const at = root('subsets');

export const endpointsRules: RulesOf<Endpoints> = {
  validate: (endpoints) => findings((errors) => validateEndpoints(endpoints, errors)),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      // What was let in once may stay.
      const { subsets, ...rest } = next;
      validateEndpoints(isEqual(subsets ?? [], before.subsets ?? []) ? rest : next, errors);
    }),
  warnings({ metadata: { labels }, subsets = [] }) {
    // The controller writes addresses as they should be written.
    if (labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller') return [];
    return subsets.flatMap((subset, i) =>
      (['addresses', 'notReadyAddresses'] as const).flatMap((field) =>
        (subset[field] ?? []).flatMap(({ ip }, j) => checkIpForm(ip).map((text) => `${at.index(i).child(field).index(j).child('ip')}: ${text}`)),
      ),
    );
  },
};

function validateEndpoints(endpoints: Endpoints, errors: FieldErrors): void {
  validateObjectMeta(endpoints, subdomainName, errors);
  endpoints.subsets?.forEach(({ addresses = [], notReadyAddresses = [], ports = [] }, i) => {
    const path = at.index(i);
    if (addresses.length + notReadyAddresses.length === 0) errors.required(path, 'must specify `addresses` or `notReadyAddresses`');
    addresses.forEach((address, j) => validateAddress(address, path.child('addresses').index(j), errors));
    notReadyAddresses.forEach((address, j) => validateAddress(address, path.child('notReadyAddresses').index(j), errors));
    ports.forEach((port, j) => validatePort(port, ports.length > 1, path.child('ports').index(j), errors));
  });
}

function validateAddress({ ip, hostname, nodeName }: EndpointAddress, path: Path, errors: FieldErrors): void {
  errors.invalidEach(path.child('ip'), ip, checkIp(ip));
  if (hostname) errors.invalidEach(path.child('hostname'), hostname, checkDns1123Label(hostname));
  if (nodeName !== undefined) errors.invalidEach(path.child('nodeName'), nodeName, checkDns1123Subdomain(nodeName));
  errors.invalidEach(path.child('ip'), ip, checkReachableIp(ip));
}

function validatePort({ name, port, protocol, appProtocol }: EndpointPort, needsName: boolean, path: Path, errors: FieldErrors): void {
  if (name) errors.invalidEach(path.child('name'), name, checkDns1123Label(name));
  else if (needsName) errors.required(path.child('name'));
  errors.invalidEach(path.child('port'), port, checkPortNumber(port));
  validateProtocol(protocol, path.child('protocol'), errors);
  if (appProtocol !== undefined) errors.invalidEach(path.child('appProtocol'), appProtocol, checkQualifiedName(appProtocol));
}
