// Services: what they are given, what they keep, what they give back.
import { describe, expect, test } from 'vitest';
import { checkDone, checkRefused, Client } from './support/api.ts';

type Json = Readonly<Record<string, any>>;

const service = (name: string, spec: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
});

const dry = { options: { dryRun: true } };

/** The specs of what is created, in order. */
function made(client: Client, ...objects: readonly Json[]): readonly Json[] {
  return objects.map((object) => checkDone(client.create(object), 201)['spec'] as Json);
}

function checkInvalid(answer: ReturnType<Client['create']>, name: string, why: string): void {
  checkRefused(answer, { code: 422, reason: 'Invalid', message: `Service "${name}" is invalid: ${why}` });
}

const addresses = (client: Client) => [...client.cluster.store.collection('ipaddresses.networking.k8s.io').keys()].map((key) => key.replace(/^\//, '')).sort();

describe('cluster IPs', () => {
  test('[S1] any address is above the 256 that are kept for those who ask by name', () => {
    const client = new Client();
    const specs = made(client, ...Array.from({ length: 40 }, (_, i) => service(`s${i}`)));
    const ips = specs.map(({ clusterIP }) => clusterIP as string);
    expect(new Set(ips).size).toBe(40);
    for (const ip of ips) {
      const [a, b, c, d] = ip.split('.').map(Number) as [number, number, number, number];
      expect(a === 10 && b >= 96 && b < 112, ip).toBe(true);
      expect(((b - 96) << 16) + (c << 8) + d, ip).toBeGreaterThan(256);
    }
  });

  test('[S2] the same seed gives the same addresses, another one others; a fork goes on with the same', () => {
    const draw = (seed: number) => made(new Client({ seed }), service('a'), service('b')).map(({ clusterIP }) => clusterIP);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const client = new Client();
    made(client, service('a'));
    const fork = client.cluster.fork();
    const ask = { verb: 'create', group: '', resource: 'services', namespace: 'default', body: service('b') } as const;
    expect((fork.request(ask).body as Json)['spec']).toEqual((client.cluster.request(ask).body as Json)['spec']);
  });

  test('[S3] an address has one owner, and an IPAddress says who; it is free when the owner is gone', () => {
    const client = new Client();
    made(client, service('a', { clusterIP: '10.96.0.10' }));
    expect(addresses(client)).toEqual(['10.96.0.1', '10.96.0.10']);
    const { metadata, spec } = checkDone(client.get('ipaddresses', '10.96.0.10'));
    expect(metadata.labels).toEqual({ 'ipaddress.kubernetes.io/ip-family': 'IPv4', 'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io' });
    expect(spec).toEqual({ parentRef: { resource: 'services', namespace: 'default', name: 'a' } });
    checkInvalid(
      client.create(service('b', { clusterIP: '10.96.0.10' })),
      'b',
      'spec.clusterIPs: Invalid value: ["10.96.0.10"]: failed to allocate IP 10.96.0.10: provided IP is already allocated',
    );
    checkDone(client.delete('services', 'a'));
    expect(addresses(client)).toEqual(['10.96.0.1']);
    made(client, service('b', { clusterIP: '10.96.0.10' }));
  });

  test('[S4] nothing outside of the range, and neither its first nor its last address', () => {
    const client = new Client();
    for (const ip of ['10.95.0.1', '10.112.0.1', '10.96.0.0', '10.111.255.255']) {
      const why = `spec.clusterIPs: Invalid value: ["${ip}"]: failed to allocate IP ${ip}: `;
      checkInvalid(client.create(service('a', { clusterIP: ip })), 'a', `${why}the provided network does not match the current range`);
      const range = `the provided IP (${ip}) is not in the valid range. The range of valid IPs is 10.96.0.0/12`;
      checkInvalid(client.create(service('a', { clusterIP: ip }), dry), 'a', why + range);
    }
  });

  test('[S5] a dry run takes nothing, and does not look whether an address is free', () => {
    const client = new Client();
    expect(checkDone(client.create(service('a'), dry), 201)['spec'].clusterIP).toBe('10.96.0.0');
    checkDone(client.create(service('a', { clusterIP: '10.96.0.1' }), dry), 201);
    expect(addresses(client)).toEqual(['10.96.0.1']);
  });

  test('[S6] what is refused later has taken nothing', () => {
    const client = new Client();
    expect(client.create(service('a', { ports: [{ port: 0 }] })).code).toBe(422);
    made(client, service('a'));
    const before = addresses(client);
    expect(client.create(service('a')).body['reason']).toBe('AlreadyExists');
    expect(addresses(client)).toEqual(before);
  });

  test('[S7] a range that somebody adds is used when the first one cannot be', () => {
    const client = new Client();
    const range = { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name: 'more' }, spec: { cidrs: ['192.168.7.0/29'] } };
    checkDone(client.create(range), 201);
    expect(made(client, service('a', { clusterIP: '192.168.7.6' }))[0]!['clusterIPs']).toEqual(['192.168.7.6']);
  });

  test('[S8] an update keeps the address, may say it again, and cannot change it', () => {
    const client = new Client();
    const [spec] = made(client, service('a'));
    const { clusterIP } = spec!;
    const again = checkDone(client.update('services', 'a', service('a', { ports: [{ port: 81 }] })));
    expect(again['spec']).toMatchObject({ clusterIP, clusterIPs: [clusterIP], ports: [{ port: 81, targetPort: 81 }] });
    const other = client.patch('services', 'a', 'merge', { spec: { clusterIP: '10.96.9.9' } });
    checkInvalid(other, 'a', 'spec.clusterIPs[0]: Invalid value: ["10.96.9.9"]: may not change once set');
    expect(addresses(client)).toEqual(['10.96.0.1', clusterIP].sort());
  });
});

describe('node ports', () => {
  const nodePort = (name: string, ports: readonly Json[] = [{ port: 80 }], more: Json = {}) => service(name, { type: 'NodePort', ports, ...more });
  const portsOf = (spec: Json | undefined) => ((spec?.['ports'] ?? []) as readonly Json[]).map((port) => port['nodePort'] as number);

  test('[S10] any port is above the 86 that are kept for those who ask by name', () => {
    const client = new Client();
    const ports = made(client, ...Array.from({ length: 40 }, (_, i) => nodePort(`s${i}`))).flatMap(portsOf);
    expect(new Set(ports).size).toBe(40);
    for (const port of ports) expect(port >= 30_086 && port <= 32_767, String(port)).toBe(true);
  });

  test('[S11] a port has one owner, and is free when the owner is gone or no longer needs it', () => {
    const client = new Client();
    made(client, nodePort('a', [{ port: 80, nodePort: 30_080 }]));
    const taken = 'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated';
    checkInvalid(client.create(nodePort('b', [{ port: 80, nodePort: 30_080 }])), 'b', taken);
    checkInvalid(client.create(nodePort('b', [{ port: 80, nodePort: 30_080 }]), dry), 'b', taken);
    const changed = checkDone(client.patch('services', 'a', 'merge', { spec: { type: 'ClusterIP' } }));
    expect(portsOf(changed['spec'])).toEqual([undefined]);
    expect(changed['spec'].externalTrafficPolicy).toBeUndefined();
    made(client, nodePort('b', [{ port: 80, nodePort: 30_080 }]));
    checkDone(client.delete('services', 'b'));
    made(client, nodePort('c', [{ port: 80, nodePort: 30_080 }]));
  });

  test('[S12] nothing outside of the range', () => {
    const client = new Client();
    const why = 'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767';
    checkInvalid(client.create(nodePort('a', [{ port: 80, nodePort: 80 }])), 'a', why);
    checkDone(client.create(nodePort('a', [{ port: 80, nodePort: 80 }]), dry), 201);
  });

  test('[S13] one number for all protocols of a port, unless it asks for others', () => {
    const client = new Client();
    const dns = (udp: Json) => [
      { name: 'tcp', port: 53 },
      { name: 'udp', port: 53, protocol: 'UDP', ...udp },
    ];
    const [same, given] = made(client, nodePort('a', dns({})), nodePort('b', dns({ nodePort: 30_053 }))).map(portsOf) as [number[], number[]];
    expect(same[0]).toBe(same[1]);
    expect(given).toEqual([30_053, 30_053]);
    expect(
      portsOf(
        checkDone(
          client.create(
            nodePort('c', [
              { name: 'a', port: 1 },
              { name: 'b', port: 2 },
            ]),
            dry,
          ),
          201,
        )['spec'],
      ),
    ).toEqual([32_769, 32_770]);
  });

  test('[S14] an update that leaves the port out keeps it by name, unless another port has it now', () => {
    const client = new Client();
    const [first] = made(client, nodePort('a', [{ name: 'x', port: 80 }]));
    const [kept] = portsOf(first) as [number];
    const again = checkDone(client.update('services', 'a', nodePort('a', [{ name: 'x', port: 8080 }])));
    expect(portsOf(again['spec'])).toEqual([kept]);
    const moved = checkDone(
      client.update(
        'services',
        'a',
        nodePort('a', [
          { name: 'x', port: 80 },
          { name: 'y', port: 81, nodePort: kept },
        ]),
      ),
    );
    const [x, y] = portsOf(moved['spec']);
    expect(y).toBe(kept);
    expect(x).not.toBe(kept);
  });

  test('[S15] a load balancer may do without node ports, and with local traffic has one to be asked on', () => {
    const client = new Client();
    const [without] = made(client, service('a', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }));
    expect(portsOf(without)).toEqual([undefined]);
    const [local] = made(client, service('b', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }));
    const { healthCheckNodePort } = local!;
    expect(healthCheckNodePort).toBeGreaterThanOrEqual(30_086);
    const taken = client.create(service('c', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort }));
    checkRefused(taken, {
      code: 500,
      reason: 'InternalError',
      message: `Internal error occurred: failed to allocate requested HealthCheck NodePort ${healthCheckNodePort}: provided port is already allocated`,
    });
    checkInvalid(
      client.patch('services', 'b', 'merge', { spec: { healthCheckNodePort: 30_001 } }),
      'b',
      'spec.healthCheckNodePort: Forbidden: field is immutable',
    );
    const cluster = checkDone(client.patch('services', 'b', 'merge', { spec: { externalTrafficPolicy: 'Cluster' } }));
    expect(cluster['spec'].healthCheckNodePort).toBeUndefined();
  });
});

describe('changes of type', () => {
  test('[S20] an ExternalName has no address: it gives it back, and takes one when it becomes something else', () => {
    const client = new Client();
    made(client, service('a'));
    const named = checkDone(client.patch('services', 'a', 'merge', { spec: { type: 'ExternalName', externalName: 'x.example' } }));
    expect(named['spec']).toEqual({
      type: 'ExternalName',
      externalName: 'x.example',
      selector: { app: 'a' },
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      sessionAffinity: 'None',
    });
    expect(addresses(client)).toEqual(['10.96.0.1']);
    const back = checkDone(client.patch('services', 'a', 'merge', { spec: { type: 'ClusterIP', externalName: null } }));
    expect(addresses(client)).toContain(back['spec'].clusterIP);
    expect(back['spec']).toMatchObject({ ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', internalTrafficPolicy: 'Cluster' });
  });

  test('[S21] what the client changes at the same time is not cleared, and so refused', () => {
    const client = new Client();
    made(client, service('a', { type: 'LoadBalancer', loadBalancerClass: 'x/y' }));
    checkInvalid(
      client.patch('services', 'a', 'merge', { spec: { type: 'ClusterIP', loadBalancerClass: 'x/z' } }),
      'a',
      "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
    );
    const plain = checkDone(client.patch('services', 'a', 'merge', { spec: { type: 'ClusterIP' } }))['spec'];
    expect(plain).not.toHaveProperty('loadBalancerClass');
    expect(plain).not.toHaveProperty('allocateLoadBalancerNodePorts');
  });

  test('[S22] the addresses of a load balancer are gone with the type; its status is checked and warned of', () => {
    const client = new Client();
    made(client, service('a', { type: 'LoadBalancer' }), service('b'));
    const status = { status: { loadBalancer: { ingress: [{ ip: '2001:DB8::1' }] } } };
    const done = client.patch('services', 'a', 'merge', status, { subresource: 'status' });
    expect(checkDone(done)['status'].loadBalancer.ingress).toEqual([{ ip: '2001:DB8::1', ipMode: 'VIP' }]);
    expect(done.warnings).toEqual(['status.loadBalancer.ingress[0]: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")']);
    checkInvalid(
      client.patch('services', 'b', 'merge', status, { subresource: 'status' }),
      'b',
      "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'",
    );
    expect(checkDone(client.patch('services', 'a', 'merge', { spec: { type: 'NodePort' } }))['status']).toEqual({ loadBalancer: {} });
  });

  test('[S23] a headless service has no address; without a selector it is of both families', () => {
    const client = new Client();
    const [selecting, bare] = made(client, service('a', { clusterIP: 'None' }), service('b', { clusterIP: 'None', selector: null }));
    expect(selecting).toMatchObject({ clusterIPs: ['None'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' });
    expect(bare).toMatchObject({ clusterIPs: ['None'], ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' });
    expect(addresses(client)).toEqual(['10.96.0.1']);
  });
});

test('[S30] the start-up state: the range, the first address, and the endpoint of the API server', () => {
  const client = new Client();
  const range = checkDone(client.get('servicecidrs', 'kubernetes'));
  expect(range['spec']).toEqual({ cidrs: ['10.96.0.0/12'] });
  expect(range['status'].conditions).toMatchObject([{ type: 'Ready', status: 'True', message: 'Kubernetes Service CIDR is ready' }]);
  expect(addresses(client)).toEqual(['10.96.0.1']);
  const endpoints = client.get('endpoints', 'kubernetes');
  expect(endpoints.warnings).toEqual(['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice']);
  const [subset] = checkDone(endpoints)['subsets'];
  expect(checkDone(client.get('endpointslices', 'kubernetes'))).toMatchObject({
    addressType: 'IPv4',
    endpoints: [{ addresses: [subset.addresses[0].ip], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  });
});

test('[S31] Endpoints go with their Service at once', () => {
  const client = new Client();
  made(client, service('a', { selector: null }));
  checkDone(client.create({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'a' }, subsets: [{ addresses: [{ ip: '1.2.3.4' }] }] }), 201);
  checkDone(client.delete('services', 'a'));
  expect(client.get('endpoints', 'a').code).toBe(404);
});

test('[S32] field labels of Services', () => {
  const client = new Client();
  made(client, service('a', { type: 'NodePort' }), service('b'));
  const found = client.list('services', { fieldSelector: 'spec.type=NodePort' }).body['items'] as readonly Json[];
  expect(found.map(({ metadata }) => metadata.name)).toEqual(['a']);
});

test('[S33] labels are a part of what an EndpointSlice says; places from before v1 are dropped', () => {
  const client = new Client();
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'x' },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.1'], deprecatedTopology: { a: 'b' } }],
  };
  expect(checkDone(client.create(slice), 201)['endpoints']).toEqual([{ addresses: ['10.0.0.1'], conditions: {} }]);
  const labelled = checkDone(client.patch('endpointslices', 'x', 'merge', { metadata: { labels: { a: 'b' } } }));
  expect(labelled.metadata.generation).toBe(2);
  const annotated = checkDone(client.patch('endpointslices', 'x', 'merge', { metadata: { annotations: { a: 'b' } } }));
  expect(annotated.metadata.generation).toBe(2);
});

test('[S34] a namespace takes the addresses of its Services with it', () => {
  const client = new Client();
  checkDone(client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }), 201);
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'x' },
    spec: { clusterIP: '10.96.0.77', type: 'NodePort', ports: [{ port: 80, nodePort: 30_077 }] },
  };
  checkDone(client.create(service, { namespace: 'a' }), 201);
  checkDone(client.delete('namespaces', 'a'));
  client.cluster.settle();
  expect(client.get('ipaddresses', '10.96.0.77').code).toBe(404);
  checkDone(client.create(service), 201);
});

test('[S35] a Service held by a finalizer keeps its address until it is released', () => {
  const client = new Client();
  const held = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', finalizers: ['a.b/c'] }, spec: { clusterIP: '10.96.0.77', ports: [{ port: 80 }] } };
  checkDone(client.create(held), 201);
  checkDone(client.delete('services', 'x'));
  expect(client.get('ipaddresses', '10.96.0.77').code).toBe(200);
  checkDone(client.patch('services', 'x', 'merge', { metadata: { finalizers: null } }));
  expect(client.get('ipaddresses', '10.96.0.77').code).toBe(404);
});
