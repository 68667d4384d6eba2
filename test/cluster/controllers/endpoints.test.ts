// Endpoints and EndpointSlices: which pods are in them, and how they move when pods come and go.
import { describe, expect, test } from 'vitest';
import { Cluster } from '../../../server/src/cluster/cluster.ts';
import type { Candidate } from '../../../server/src/cluster/controllers/endpoints/candidates.ts';
import { Members } from '../../../server/src/cluster/controllers/endpoints/members.ts';
import { planSlices } from '../../../server/src/cluster/controllers/endpoints/slices.ts';
import { planEndpoints } from '../../../server/src/cluster/controllers/endpoints/subsets.ts';
import { Random } from '../../../server/src/cluster/clock/random.ts';
import type { EndpointSlice, Pod, Service } from '../../../server/src/schema/generated/types.ts';
import { checkDone, Client, deployment, pod } from '../registry/support/api.ts';

type Json = Readonly<Record<string, any>>;

const service = (spec: Json = {}, labels?: Json) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', ...(labels && { labels }) },
    spec: { clusterIP: '10.96.1.1', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }], ...spec },
  }) as unknown as Service;

const http = { name: '', port: 80, protocol: 'TCP' };

function candidate(number: number, more: Partial<Candidate> = {}): Candidate {
  const metadata = { name: `p${number}`, namespace: 'default', uid: `u${number}` };
  const one = { metadata, spec: { nodeName: 'node-1' } } as unknown as Pod;
  return { pod: one, ip: `10.244.${number >> 8}.${number & 255}`, ports: [http], zone: 'zone-a', isReady: true, isTerminating: false, ...more };
}

const candidates = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => candidate(from + i));

/** What is stored when a plan has been carried out. */
function carriedOut(owner: Service, found: readonly Candidate[], existing: readonly EndpointSlice[]): readonly EndpointSlice[] {
  const { create, update, remove } = planSlices(owner, found, existing);
  const changed = new Map(
    update.map(({ slice, content: { labels, ...content } }) => [slice, { ...slice, ...content, metadata: { ...slice.metadata, labels } }]),
  );
  const kept = existing.filter((slice) => !remove.includes(slice)).map((slice) => changed.get(slice) ?? slice);
  const made = create.map(({ labels, ...content }, i) => ({ ...content, metadata: { name: `new-${existing.length + i}`, labels } }));
  return [...kept, ...made] as unknown as readonly EndpointSlice[];
}

const counts = (slices: readonly EndpointSlice[]) => slices.map(({ endpoints }) => endpoints?.length ?? 0);

describe('slices', () => {
  test('[E1] a hundred endpoints to a slice; who stays, stays in its slice, and new ones fill it up', () => {
    const web = service();
    const first = carriedOut(web, candidates(0, 140), []);
    expect(counts(first)).toEqual([100, 40]);
    const second = carriedOut(web, [...candidates(30, 140), ...candidates(200, 260)], first);
    expect(counts(second)).toEqual([100, 70]);
    expect(second[0]!.endpoints!.slice(0, 70)).toEqual(first[0]!.endpoints!.slice(30));
    expect(planSlices(web, [...candidates(30, 140), ...candidates(200, 260)], second)).toEqual({ create: [], update: [], remove: [] });
    expect(counts(carriedOut(web, candidates(0, 30), first))).toEqual([30]);
  });

  test('[E2] without pods there is one empty slice, and it is used again', () => {
    const empty = carriedOut(service(), [], carriedOut(service(), candidates(0, 3), []));
    expect(empty).toMatchObject([{ metadata: { name: 'new-0' }, ports: null, endpoints: null }]);
    expect(carriedOut(service(), candidates(0, 2), empty)).toMatchObject([{ metadata: { name: 'new-0' }, ports: [http] }]);
  });

  test('[E3] pods that have the port under another number are in a slice of their own', () => {
    const other = candidate(9, { ports: [{ ...http, port: 8080 }] });
    expect(carriedOut(service(), [candidate(1), other, candidate(2)], []).map(({ ports, endpoints }) => [ports![0]!.port, endpoints!.length])).toEqual([
      [80, 2],
      [8080, 1],
    ]);
  });

  test('[E4] ready, serving, terminating; who publishes what is not ready says it is ready', () => {
    const conditions = (found: Candidate, spec: Json = {}) => carriedOut(service(spec), [found], [])[0]!.endpoints![0]!.conditions;
    expect(conditions(candidate(1))).toEqual({ ready: true, serving: true, terminating: false });
    expect(conditions(candidate(1, { isReady: false }))).toEqual({ ready: false, serving: false, terminating: false });
    expect(conditions(candidate(1, { isTerminating: true }))).toEqual({ ready: false, serving: true, terminating: true });
    expect(conditions(candidate(1, { isReady: false }), { publishNotReadyAddresses: true }).ready).toBe(true);
  });

  test('[E5] labels of the Service, and what the controller says itself', () => {
    const labels = { team: 'a', 'kubernetes.io/service-name': 'lie' };
    expect(carriedOut(service({ clusterIP: 'None' }, labels), [], [])[0]!.metadata.labels).toEqual({
      team: 'a',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      'kubernetes.io/service-name': 'web',
      'service.kubernetes.io/headless': '',
    });
  });
});

describe('Endpoints', () => {
  test('[E10] ready and not ready ones by address; those that go are not in it', () => {
    const found = [candidate(10), candidate(9), candidate(2, { isReady: false }), candidate(3, { isTerminating: true })];
    const { subsets, labels } = planEndpoints(service(), found);
    expect(labels).toEqual({ 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' });
    expect(subsets).toMatchObject([
      { addresses: [{ ip: '10.244.0.9' }, { ip: '10.244.0.10' }], notReadyAddresses: [{ ip: '10.244.0.2' }], ports: [{ port: 80, protocol: 'TCP' }] },
    ]);
    expect(subsets[0]!.ports![0]).not.toHaveProperty('name');
  });

  test('[E11] a thousand addresses, ready ones first', () => {
    const found = [...candidates(0, 5).map((one) => ({ ...one, isReady: false })), ...candidates(5, 1005)];
    const { subsets, isTruncated } = planEndpoints(service(), found);
    expect([subsets[0]!.addresses!.length, subsets[0]!.notReadyAddresses, isTruncated]).toEqual([1000, undefined, true]);
  });
});

describe('in a cluster', () => {
  const slicesOf = (client: Client) =>
    (client.list('endpointslices', { labelSelector: 'kubernetes.io/service-name=web' }).body as Json)['items'] as readonly Json[];
  const ready = (slice: Json | undefined) => ((slice?.['endpoints'] ?? []) as readonly Json[]).filter(({ conditions }) => conditions.ready).length;

  function served(spec: Json = {}): Client {
    const client = new Client({ nodes: {} });
    checkDone(client.create(deployment('web', { replicas: 3 })), 201);
    checkDone(
      client.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } }),
      201,
    );
    client.cluster.settle();
    return client;
  }

  test('[E20] a Service follows its pods', () => {
    const client = served();
    const [slice] = slicesOf(client);
    expect(ready(slice)).toBe(3);
    expect(slice!['metadata'].name).toMatch(/^web-[a-z0-9]{5}$/);
    expect(slice!['endpoints'][0]).toMatchObject({
      nodeName: expect.stringMatching(/^node-/),
      zone: expect.stringMatching(/^zone-/),
      targetRef: { kind: 'Pod' },
    });
    expect(checkDone(client.get('endpoints', 'web'))['subsets'][0].addresses).toHaveLength(3);
    client.patch('deployments', 'web', 'merge', { spec: { replicas: 0 } });
    client.cluster.settle();
    expect(slicesOf(client)).toMatchObject([{ metadata: { name: slice!['metadata'].name }, endpoints: null, ports: null }]);
    expect(checkDone(client.get('endpoints', 'web'))).not.toHaveProperty('subsets');
  });

  test('[E21] what somebody takes away comes back; with the Service it goes', () => {
    const client = served();
    checkDone(client.delete('endpointslices', slicesOf(client)[0]!['metadata'].name));
    checkDone(client.delete('endpoints', 'web'));
    client.cluster.settle();
    expect(slicesOf(client).map(ready)).toEqual([3]);
    expect(client.get('endpoints', 'web').code).toBe(200);
    checkDone(client.delete('services', 'web'));
    client.cluster.settle();
    expect(slicesOf(client)).toEqual([]);
    expect(client.get('endpoints', 'web').code).toBe(404);
  });

  test('[E22] another selector, other pods; none, and what there is stays, now mirrored from the Endpoints too', () => {
    const client = served();
    client.patch('services', 'web', 'merge', { spec: { selector: { app: 'nobody' } } });
    client.cluster.settle();
    expect(slicesOf(client).map(ready)).toEqual([0]);
    client.patch('services', 'web', 'merge', { spec: { selector: { app: 'web' } } });
    client.cluster.settle();
    client.patch('services', 'web', 'merge', { spec: { selector: null } });
    client.patch('deployments', 'web', 'merge', { spec: { replicas: 1 } });
    client.cluster.settle();
    expect(slicesOf(client).map((slice) => slice['endpoints'].length)).toEqual([3, 3]);
  });

  test('[E23] a port by name is the one that the pod gave it', () => {
    const client = new Client({ nodes: {} });
    const named = (name: string, containerPort: number) => ({ containers: [{ name, image: 'nginx', ports: [{ name: 'http', containerPort }] }] });
    checkDone(client.create({ ...pod('a', named('a', 8080)), metadata: { name: 'a', labels: { app: 'web' } } }), 201);
    checkDone(client.create({ ...pod('b', named('b', 9090)), metadata: { name: 'b', labels: { app: 'web' } } }), 201);
    const spec = { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] };
    checkDone(client.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec }), 201);
    client.cluster.settle();
    expect(
      slicesOf(client)
        .map((slice) => slice['ports'][0].port)
        .sort(),
    ).toEqual([8080, 9090]);
  });

  test('[E25] Endpoints that somebody writes for a Service without a selector are mirrored', () => {
    const client = new Client();
    checkDone(client.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } }), 201);
    const subsets = (...ips: readonly string[]) => [{ addresses: ips.map((ip) => ({ ip })), notReadyAddresses: [{ ip: '10.0.0.9' }], ports: [{ port: 8080 }] }];
    const endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'web', labels: { team: 'a' } } };
    checkDone(client.create({ ...endpoints, subsets: subsets('10.0.0.1', '2001:db8::1') }), 201);
    client.cluster.settle();
    const found = new Map(slicesOf(client).map(({ addressType, endpoints: all, ports }) => [addressType, [all.length, ports]]));
    const ports = [{ name: '', port: 8080, protocol: 'TCP' }];
    expect(found).toEqual(
      new Map([
        ['IPv4', [2, ports]],
        ['IPv6', [1, ports]],
      ]),
    );
    expect(slicesOf(client)[0]!['metadata'].labels).toMatchObject({
      team: 'a',
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    });
    checkDone(client.update('endpoints', 'web', { ...endpoints, subsets: subsets('10.0.0.2') }));
    client.cluster.settle();
    expect(slicesOf(client).map((slice) => slice['endpoints'].map((one: Json) => one['addresses'][0]))).toEqual([['10.0.0.2', '10.0.0.9']]);
    const version = client.cluster.store.resourceVersion;
    client.cluster.settle();
    expect(client.cluster.store.resourceVersion).toBe(version);
    checkDone(client.patch('services', 'web', 'merge', { spec: { selector: { app: 'web' } } }));
    client.cluster.settle();
    expect(slicesOf(client).map((slice) => slice['metadata'].labels['endpointslice.kubernetes.io/managed-by'])).toEqual(['endpointslice-controller.k8s.io']);
  });

  test.each([1, 2, 3])('[E24] who is remembered as selected is who is selected now (seed %i)', (seed) => {
    const cluster = new Cluster({ nodes: { count: 0 }, seed });
    const random = new Random(seed);
    const members = new Members(cluster.store);
    cluster.store.onCommit((commit) => {
      if (commit.resource === 'pods') for (const key of members.change(commit)) void key;
    });
    const at = { group: '', namespace: 'default' } as const;
    const labels = () => ({ app: 'ab'[random.int(2)]!, tier: 'xy'[random.int(2)]! });
    for (const name of ['one', 'two'])
      cluster.request({
        verb: 'create',
        ...at,
        resource: 'services',
        body: { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: labels(), clusterIP: 'None' } },
      });
    for (let step = 0; step < 150; step++) {
      const name = `p${random.int(6)}`;
      const chance = random.int(10);
      if (chance < 4) cluster.request({ verb: 'create', ...at, resource: 'pods', body: { ...pod(name), metadata: { name, labels: labels() } } });
      else if (chance < 8) cluster.request({ verb: 'patch', ...at, resource: 'pods', name, patchType: 'merge', body: { metadata: { labels: labels() } } });
      else if (chance < 9) cluster.request({ verb: 'delete', ...at, resource: 'pods', name });
      else cluster.request({ verb: 'patch', ...at, resource: 'services', name: 'one', patchType: 'merge', body: { spec: { selector: labels() } } });
      for (const one of cluster.store.collection('services').values() as Iterable<Service>) {
        if (!one.spec.selector) continue;
        expect([...members.of(one)].sort()).toEqual([...new Members(cluster.store).of(one)].sort());
      }
    }
  });
});
