// What the recordings (test/conformance) do not show of Services, endpoints and the kinds of networking.k8s.io, or show only in passing.
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../server/src/kube/object.ts';
import type { Service } from '../../server/src/schema/generated/types.ts';
import { isFindings } from '../../server/src/validation/kind-rules.ts';
import { rehearse } from '../../server/src/validation/network/rehearse.ts';
import { addressPool, ipOf, nodePorts, numberOf } from '../../server/src/validation/network/service-pools.ts';
import { findingsIn, findingsInStatus, findingsInUpdate, warningsOf, withDefaults } from './objects.ts';

type Fields = Readonly<Record<string, unknown>>;

const of = (apiVersion: string, kind: string, fields: Fields, name = 'x'): KubeObject =>
  withDefaults({ apiVersion, kind, ...fields, metadata: { name, ...(fields['metadata'] as Fields | undefined) } });

const networking = (kind: string, spec: Fields, name?: string) => of('networking.k8s.io/v1', kind, { spec }, name);

/** As the registry validates it: with what it was given. */
function serviceOf(spec: Fields, metadata: Fields = {}): Service {
  const made = rehearse(of('v1', 'Service', { metadata, spec: { ports: [{ port: 80 }], ...spec } }) as Service);
  if (isFindings(made)) throw new Error(JSON.stringify(made));
  return made;
}

describe('Services', () => {
  test('everything that only a load balancer has', () => {
    const annotations = { 'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.1/8 , x' };
    expect(findingsIn(serviceOf({ loadBalancerClass: 'a b', allocateLoadBalancerNodePorts: true, healthCheckNodePort: 30000 }, { annotations }))).toEqual([
      "metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Forbidden: may only be used when `type` is 'LoadBalancer'",
      'metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
      'metadata.annotations[service.beta.kubernetes.io/load-balancer-source-ranges]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
      "spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'",
      "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
      "spec.healthCheckNodePort: Invalid value: 30000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ]);
  });

  test('a port and a protocol once; a ClusterIP has no node port', () => {
    const ports = [
      { name: 'a', port: 80, nodePort: 30001 },
      { name: 'b', port: 80, nodePort: 30001 },
    ];
    expect(findingsIn(serviceOf({ ports }))).toEqual([
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      "spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      'spec.ports[1].nodePort: Duplicate value: 30001',
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ]);
  });

  test('a name outside may end with a dot', () => {
    const external = (externalName: string) => findingsIn(serviceOf({ type: 'ExternalName', externalName }));
    expect(external('a.example.')).toEqual([]);
    expect(external('.')).toEqual(['spec.externalName: Required value']);
  });

  test('annotations that say the same thing twice say it the same', () => {
    const annotations = { 'service.kubernetes.io/topology-mode': 'auto', 'service.kubernetes.io/topology-aware-hints': 'Auto' };
    const service = serviceOf({}, { annotations });
    expect(findingsIn(service)).toEqual([
      'metadata.annotations[service.kubernetes.io/topology-mode]: Invalid value: "auto": must match annotations[service.kubernetes.io/topology-aware-hints] when both are specified',
    ]);
    expect(warningsOf(service)).toEqual([
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    ]);
  });

  test('a second address comes and goes, the first one stays', () => {
    const of = (clusterIPs: readonly string[], ipFamilies: readonly string[], ipFamilyPolicy: string) =>
      ({ ...serviceOf({}), spec: { ...serviceOf({}).spec, clusterIP: clusterIPs[0], clusterIPs, ipFamilies, ipFamilyPolicy } }) as Service;
    const single = of(['10.96.0.9'], ['IPv4'], 'SingleStack');
    const dual = of(['10.96.0.9', '2001:db8::1'], ['IPv4', 'IPv6'], 'PreferDualStack');
    expect(findingsInUpdate(dual, single)).toEqual([]);
    expect(findingsInUpdate(single, dual)).toEqual([]);
    expect(findingsInUpdate({ ...single, spec: { ...single.spec, ipFamilyPolicy: 'PreferDualStack' } }, dual)).toEqual([
      'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be set to \'SingleStack\' when releasing the secondary clusterIP',
      'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be set to \'SingleStack\' when releasing the secondary ipFamily',
    ]);
    expect(findingsInUpdate(of(['10.96.0.8'], ['IPv4'], 'SingleStack'), single)).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.8"]: may not change once set',
    ]);
  });

  test('warnings: what is ignored, what goes away, what is written badly', () => {
    expect(warningsOf(serviceOf({ clusterIP: 'None', loadBalancerIP: '1.2.3.4', externalIPs: ['1.2.3.4'] }))).toEqual([
      'spec.loadBalancerIP is ignored for headless services',
      'spec.externalIPs is ignored for headless services',
    ]);
    expect(warningsOf(serviceOf({ externalIPs: ['2001:DB8::1'], externalName: 'x', trafficDistribution: 'PreferClose', loadBalancerIP: '010.0.0.1' }))).toEqual(
      [
        'spec.externalIPs[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
        'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
        'spec.loadBalancerIP: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"',
        'spec.externalName is ignored when spec.type is not "ExternalName"',
        'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
      ],
    );
  });

  test('the reach of a load balancer', () => {
    const before = serviceOf({ type: 'LoadBalancer' });
    const reached = (ingress: readonly Fields[]) => ({ ...before, status: { loadBalancer: { ingress } } }) as Service;
    expect(findingsInStatus(reached([{ ip: 'x' }, { hostname: '1.2.3.4', ipMode: 'VIP' }, { ip: '1.2.3.4', ipMode: 'No' }]), before)).toEqual([
      'status.loadBalancer.ingress[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      'status.loadBalancer.ingress[0].ipMode: Required value: must be specified when `ip` is set',
      'status.loadBalancer.ingress[1].ipMode: Forbidden: may not be specified when `ip` is not set',
      'status.loadBalancer.ingress[1].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address',
      'status.loadBalancer.ingress[2].ipMode: Unsupported value: "No": supported values: "Proxy", "VIP"',
    ]);
  });

  test('what is kept of a range for those who ask by name', () => {
    const kept = (cidr: string) => {
      const { first, from, last } = addressPool(cidr)!;
      return [ipOf(first), from - first, ipOf(last)];
    };
    expect(kept('10.96.0.0/12')).toEqual(['10.96.0.1', 256, '10.111.255.254']);
    expect(kept('192.168.1.0/24')).toEqual(['192.168.1.1', 16, '192.168.1.254']);
    expect(kept('192.168.0.0/20')).toEqual(['192.168.0.1', 256, '192.168.15.254']);
    expect(kept('192.168.1.16/28')).toEqual(['192.168.1.17', 0, '192.168.1.30']);
    expect(addressPool('2001:db8::/64')).toBeUndefined();
    expect(nodePorts).toEqual({ text: '30000-32767', first: 30000, from: 30086, last: 32767 });
    expect(numberOf('255.255.255.255')).toBe(2 ** 32 - 1);
  });
});

describe('endpoints', () => {
  const endpoints = (...subsets: readonly Fields[]) => of('v1', 'Endpoints', { subsets });
  const slice = (fields: Fields) => of('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4', endpoints: [], ...fields });

  test('what was let in once may stay', () => {
    const bad = endpoints({ addresses: [{ ip: '127.0.0.1' }] });
    expect(findingsIn(bad)).toHaveLength(1);
    expect(findingsInUpdate(bad, bad)).toEqual([]);
    expect(findingsInUpdate(bad, endpoints())).toHaveLength(1);
  });

  test('addresses that lead nowhere', () => {
    const ips = ['0.0.0.0', '::', '::1', '169.254.1.1', 'fe80::1', 'ff02::5', '2001:db8::1'];
    expect(findingsIn(endpoints({ addresses: ips.map((ip) => ({ ip })) })).map((text) => text.slice(text.indexOf('may')))).toEqual([
      'may not be unspecified (0.0.0.0)',
      'may not be unspecified (::)',
      'may not be in the loopback range (127.0.0.0/8, ::1/128)',
      'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
      'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
      'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    ]);
  });

  test('addresses of slices are of one family, and IPv6 is written in one way', () => {
    const six = (...addresses: readonly string[]) =>
      findingsIn(slice({ addressType: 'IPv6', endpoints: addresses.map((address) => ({ addresses: [address] })) }));
    expect(six('2001:DB8::1', '10.0.0.1', '2001:db8::1')).toEqual([
      'endpoints[0].addresses[0]: Invalid value: "2001:DB8::1": must be in canonical form ("2001:db8::1")',
      'endpoints[1].addresses: Invalid value: "10.0.0.1": must be an IPv6 address',
    ]);
    const names = ['a', 'a.example.', 'A.b', ''];
    expect(findingsIn(slice({ addressType: 'FQDN', endpoints: names.map((address) => ({ addresses: [address] })) })).map((text) => text.split(':')[0])).toEqual(
      ['endpoints[0].addresses[0]', 'endpoints[2].addresses[0]', 'endpoints[3].addresses[0]'],
    );
  });

  test('ports and hints once; the family stays', () => {
    const zones = (...names: readonly string[]) => ({ forZones: names.map((name) => ({ name })) });
    expect(findingsIn(slice({ ports: [{ port: 1 }, { port: 2 }], endpoints: [{ addresses: ['10.0.0.1'], hints: zones('a', 'a') }] }))).toEqual([
      'ports[1].name: Duplicate value: ""',
      'endpoints[0].hints.forZones[1].name: Duplicate value: "a"',
    ]);
    const many = zones(...'abcdefghi');
    expect(findingsIn(slice({ endpoints: [{ addresses: ['10.0.0.1'], hints: many }] }))).toEqual([
      'endpoints[0].hints.forZones: Too many: 9: must have at most 8 items',
    ]);
    expect(findingsInUpdate(slice({ addressType: 'IPv6' }), slice({}))).toEqual(['addressType: Invalid value: "IPv6": field is immutable']);
  });
});

describe('networking.k8s.io', () => {
  test('an Ingress has one kind of backend, and a port of it by number or by name', () => {
    const backend = (value: Fields) => findingsIn(networking('Ingress', { defaultBackend: value }));
    const service = (port: Fields) => ({ service: { name: 'a', port } });
    expect(backend({ ...service({ number: 1 }), resource: { kind: 'A', name: 'b' } })).toEqual([
      'spec.defaultBackend: Invalid value: "": cannot set both resource and service backends',
    ]);
    expect(backend(service({ number: 1, name: 'a' }))).toEqual(['spec.defaultBackend: Invalid value: "": cannot set both port name & port number']);
    expect(backend(service({ number: 65536 }))).toEqual([
      'spec.defaultBackend.service.port.number: Invalid value: 65536: must be between 1 and 65535, inclusive',
    ]);
    expect(backend({ resource: { kind: 'a/b', name: '' } })).toEqual([
      'spec.defaultBackend.resource.kind: Invalid value: "a/b": may not contain \'/\'',
      'spec.defaultBackend.resource.name: Required value',
    ]);
  });

  test('the class of an Ingress, said twice, is the same one', () => {
    const ingress = of('networking.k8s.io/v1', 'Ingress', {
      metadata: { annotations: { 'kubernetes.io/ingress.class': 'a' } },
      spec: { ingressClassName: 'b', defaultBackend: { service: { name: 'a', port: { number: 1 } } } },
    });
    const finding = 'annotations.kubernetes.io/ingress.class: Invalid value: "a": must match `ingressClassName` when both are specified';
    expect(findingsIn(ingress)).toEqual([finding]);
    expect(findingsInUpdate(ingress, ingress)).toEqual([]);
  });

  test('an IngressClass belongs to a controller and stays with it', () => {
    const ofController = (controller: string) => networking('IngressClass', { controller });
    expect(findingsIn(ofController('a.example/b c'))).toEqual([
      "spec.controller: Invalid value: \"b c\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
    ]);
    expect(findingsIn(ofController(`a.example/${'b'.repeat(250)}`))).toEqual(['spec.controller: Too long: may not be more than 250 bytes']);
    expect(findingsInUpdate(ofController('a.example/b'), ofController('a.example/c'))).toEqual([
      'spec.controller: Invalid value: "a.example/b": field is immutable',
    ]);
    const parameters = (more: Fields) => findingsIn(networking('IngressClass', { controller: 'a.b/c', parameters: { kind: 'A', name: 'b', ...more } }));
    expect(parameters({ scope: 'Namespace' })).toEqual(["spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'"]);
    expect(parameters({ namespace: 'a' })).toEqual(["spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'"]);
  });

  test('ranges of a NetworkPolicy: what is left out lies within; an odd one is warned of', () => {
    const policy = (...blocks: readonly Fields[]) => networking('NetworkPolicy', { podSelector: {}, egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }] });
    expect(findingsIn(policy({ cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16', '2001:db8::/64'] }, {}))).toEqual([
      'spec.egress[0].to[0].ipBlock.except[1]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`',
      'spec.egress[0].to[0].ipBlock.except[2]: Invalid value: "2001:db8::/64": must be a strict subset of `cidr`',
      'spec.egress[0].to[1].ipBlock.cidr: Required value',
    ]);
    const odd = policy({ cidr: '2001:DB8::/64' });
    expect(warningsOf(odd)).toEqual([
      'spec.egress[0].to[0].ipBlock.cidr: IPv6 CIDR value "2001:DB8::/64" should be in RFC 5952 canonical format ("2001:db8::/64")',
    ]);
    const old = policy({ cidr: '10.0.0.1/8' });
    expect(findingsIn(old)).toHaveLength(1);
    expect(findingsInUpdate(old, old)).toEqual([]);
    expect(warningsOf(old)).toEqual([
      'spec.egress[0].to[0].ipBlock.cidr: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)',
    ]);
  });

  test('an IPAddress is called like its address, and stays whose it is', () => {
    const parentRef = { resource: 'services', namespace: 'default', name: 'a' };
    expect(findingsIn(networking('IPAddress', { parentRef }, '10.0.0.1'))).toEqual([]);
    expect(findingsIn(networking('IPAddress', {}, '2001:db8::01'))).toEqual([
      'metadata.name: Invalid value: "2001:db8::01": must be in canonical form ("2001:db8::1")',
      'spec.parentRef: Required value',
    ]);
    const [next, before] = ['b', 'a'].map((name) => networking('IPAddress', { parentRef: { ...parentRef, name } }, '10.0.0.1')) as [KubeObject, KubeObject];
    expect(findingsInUpdate(next, before)).toEqual([
      'spec.parentRef: Invalid value: {"Group":"","Resource":"services","Namespace":"default","Name":"b"}: field is immutable',
    ]);
  });

  test('a ServiceCIDR has one range of each family, and may get the second later', () => {
    const ranges = (...cidrs: readonly string[]) => networking('ServiceCIDR', { cidrs });
    expect(findingsIn(ranges())).toEqual(['spec.cidrs: Required value: at least one CIDR required']);
    expect(findingsIn(ranges('10.0.0.0/24', '10.0.1.0/24'))).toEqual([
      'spec.cidrs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
    ]);
    expect(findingsIn(ranges('a', 'b', 'c'))).toEqual(['spec.cidrs: Invalid value: {"CIDRs":["a","b","c"]}: may only hold up to 2 values']);
    const one = ranges('10.0.0.0/24');
    expect(findingsInUpdate(ranges('10.0.0.0/24', '2001:db8::/64'), one)).toEqual([]);
    expect(findingsInUpdate(ranges('10.0.1.0/24'), one)).toEqual(['spec.cidrs[0]: Invalid value: "10.0.1.0/24": field is immutable']);
    expect(findingsInUpdate(one, ranges('10.0.0.0/24', '2001:db8::/64'))).toEqual(['spec.cidrs: Invalid value: ["10.0.0.0/24"]: field is immutable']);
  });
});
