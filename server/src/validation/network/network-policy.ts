// Rules for NetworkPolicies.
import { checkPortName, checkPortNumber } from '../../kube/names.ts';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../schema/generated/types.ts';
import type { FieldErrors } from '../field-errors.ts';
import { findings } from '../field-errors.ts';
import { checkCidr, checkCidrForm, isStrictlyWithin } from '../ip.ts';
import type { RulesOf } from '../kind-rules.ts';
import { validateLabelSelector } from '../metadata/labels.ts';
import { subdomainName } from '../metadata/names.ts';
import { validateObjectMeta, validateReplacedMeta } from '../metadata/object-meta.ts';
import type { Path } from '../path.ts';
import { root } from '../path.ts';

const spec = root('spec');
const protocols = ['TCP', 'UDP', 'SCTP'];
const policyTypes = ['Ingress', 'Egress'];

export const networkPolicyRules: RulesOf<NetworkPolicy> = {
  validate: (policy) =>
    findings((errors) => {
      validateObjectMeta(policy, subdomainName, errors);
      validateSpec(policy, [], errors);
    }),
  validateUpdate: (next, before) =>
    findings((errors) => {
      validateReplacedMeta(next, before, errors);
      // Ranges that were let in once may stay, wherever in the policy.
      const existing = peersOf(before).flatMap(({ peer: { ipBlock } }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));
      validateSpec(next, existing, errors);
    }),
  warnings: (policy) => peersOf(policy).flatMap(({ peer: { ipBlock }, at }) => (ipBlock ? blockWarnings(ipBlock, at.child('ipBlock')) : [])),
};

function peersOf({ spec: { ingress = [], egress = [] } }: NetworkPolicy): readonly { readonly peer: NetworkPolicyPeer; readonly at: Path }[] {
  return [
    ...ingress.flatMap(({ from }, i) => placed(from, spec.child('ingress').index(i).child('from'))),
    ...egress.flatMap(({ to }, i) => placed(to, spec.child('egress').index(i).child('to'))),
  ];
}

const placed = (peers: readonly NetworkPolicyPeer[] | undefined, at: Path) => (peers ?? []).map((peer, i) => ({ peer, at: at.index(i) }));

function validateSpec({ spec: policy }: NetworkPolicy, existing: readonly string[], errors: FieldErrors): void {
  const { podSelector, ingress = [], egress = [], policyTypes: types = [] } = policy;
  validateLabelSelector(podSelector, spec.child('podSelector'), errors);
  ingress.forEach(({ ports, from }, i) => validateRule(ports, from, 'from', spec.child('ingress').index(i), existing, errors));
  egress.forEach(({ ports, to }, i) => validateRule(ports, to, 'to', spec.child('egress').index(i), existing, errors));
  const at = spec.child('policyTypes');
  if (types.length > policyTypes.length) return errors.invalid(at, types, 'may not specify more than two policyTypes');
  types.forEach((type, i) => {
    if (!policyTypes.includes(type)) errors.notSupported(at.index(i), type, policyTypes);
  });
  return undefined;
}

function validateRule(
  ports: readonly NetworkPolicyPort[] | undefined,
  peers: readonly NetworkPolicyPeer[] | undefined,
  direction: 'from' | 'to',
  at: Path,
  existing: readonly string[],
  errors: FieldErrors,
): void {
  ports?.forEach((port, i) => validatePort(port, at.child('ports').index(i), errors));
  peers?.forEach((peer, i) => validatePeer(peer, at.child(direction).index(i), existing, errors));
}

function validatePort({ protocol, port, endPort }: NetworkPolicyPort, at: Path, errors: FieldErrors): void {
  if (protocol !== undefined && !protocols.includes(protocol)) errors.notSupported(at.child('protocol'), protocol, protocols);
  const end = at.child('endPort');
  if (port === undefined) {
    if (endPort !== undefined) errors.invalid(end, endPort, 'may not be specified when `port` is not specified');
  } else if (typeof port === 'string') {
    if (endPort !== undefined) errors.invalid(end, endPort, 'may not be specified when `port` is non-numeric');
    errors.invalidEach(at.child('port'), port, checkPortName(port));
  } else {
    errors.invalidEach(at.child('port'), port, checkPortNumber(port));
    if (endPort === undefined) return;
    // The server prints the first port here.
    if (endPort < port) errors.invalid(end, port, 'must be greater than or equal to `port`');
    errors.invalidEach(end, endPort, checkPortNumber(endPort));
  }
}

function validatePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, at: Path, existing: readonly string[], errors: FieldErrors): void {
  validateLabelSelector(podSelector, at.child('podSelector'), errors);
  validateLabelSelector(namespaceSelector, at.child('namespaceSelector'), errors);
  if (ipBlock) validateBlock(ipBlock, at.child('ipBlock'), existing, errors);
  if (!podSelector && !namespaceSelector && !ipBlock) errors.required(at, 'must specify a peer');
  else if (ipBlock && (podSelector || namespaceSelector)) errors.forbidden(at, 'may not specify both ipBlock and another peer');
}

function validateBlock({ cidr, except = [] }: IPBlock, at: Path, existing: readonly string[], errors: FieldErrors): void {
  if (!cidr) return errors.required(at.child('cidr'));
  const validate = (range: string, path: Path) => {
    if (!existing.includes(range)) errors.invalidEach(path, range, checkCidr(range));
  };
  validate(cidr, at.child('cidr'));
  // Within a range that is none the server looks at no exceptions.
  if (isStrictlyWithin(cidr, cidr) === undefined) return undefined;
  except.forEach((range, i) => {
    const path = at.child('except').index(i);
    validate(range, path);
    if (isStrictlyWithin(range, cidr) === false) errors.invalid(path, range, 'must be a strict subset of `cidr`');
  });
  return undefined;
}

function blockWarnings({ cidr, except = [] }: IPBlock, at: Path): readonly string[] {
  return [
    ...checkCidrForm(cidr).map((text) => `${at.child('cidr')}: ${text}`),
    ...except.flatMap((range, i) => checkCidrForm(range).map((text) => `${at.child('except').index(i)}: ${text}`)),
  ];
}
