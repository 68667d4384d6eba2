// The complete objects that a real API server returned for valid manifests: defaults, admission and the first state together.
// SHOW=1 prints the objects that differ.
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import type { KubeObject } from '../../server/src/kube/object.ts';
import type { Service } from '../../server/src/schema/generated/types.ts';
import { readRecordings } from './recordings.ts';
import { apiRequest, type HttpRequest } from './support/api-path.ts';
import { normalise } from './support/answers.ts';

interface DefaultsRecord {
  readonly id: string;
  readonly manifest: KubeObject;
  readonly request: HttpRequest;
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

const cluster = new Cluster({ nodes: { count: 0 }, freeze: true });
cluster.request({
  verb: 'create',
  group: '',
  version: 'v1',
  resource: 'namespaces',
  body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'v-defaults' } },
});

/** What our API server makes of the manifest, in the record's own form. Managed fields are the business of other tests. */
function answerTo({ manifest, request }: DefaultsRecord): unknown {
  const { body, warnings } = cluster.request(apiRequest(request, manifest));
  const sent = JSON.stringify(manifest);
  return { object: normalise(withoutVolatile(body as KubeObject), sent, givenTo(body as Service, sent)), warnings };
}

/** What the server hands out to a Service, by its placeholder. */
function givenTo({ spec }: Service, sent: string): Readonly<Record<string, string>> {
  const { clusterIPs, ports, healthCheckNodePort } = (spec ?? {}) as Partial<Service['spec']>;
  const ips = (clusterIPs ?? []).filter((ip) => ip !== 'None' && !sent.includes(ip));
  const nodePorts = [...(Array.isArray(ports) ? ports : []), { nodePort: healthCheckNodePort }].flatMap(({ nodePort }) => (nodePort ? [String(nodePort)] : []));
  return Object.fromEntries([
    ...ips.map((ip) => [ip, '<clusterIP>'] as const),
    ...nodePorts.filter((port) => !sent.includes(port)).map((port) => [port, '<nodePort>'] as const),
  ]);
}

function withoutVolatile(object: KubeObject): unknown {
  const { uid: _1, resourceVersion: _2, creationTimestamp: _3, managedFields: _4, ...metadata } = object.metadata;
  return { ...object, metadata: metadata.generateName ? { ...metadata, name: `${metadata.generateName}<random>` } : metadata };
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const wanted = ({ object, warnings }: DefaultsRecord) => plain({ object: withoutVolatile(object), warnings });

const all = readRecordings<DefaultsRecord>('defaults');
const kindOf = ({ id }: DefaultsRecord) => id.slice(0, id.indexOf('/'));

/** How many objects of each kind are right at least; to be raised with every improvement. */
const floors: Readonly<Record<string, number>> = {
  Deployment: 7,
  ReplicaSet: 2,
  Pod: 43,
  Service: 5,
  HeadlessService: 1,
  NodePortService: 1,
  LoadBalancerService: 1,
  Endpoints: 1,
  EndpointSlice: 2,
  Ingress: 2,
  NetworkPolicy: 3,
  StatefulSet: 4,
  DaemonSet: 2,
  Job: 5,
  CronJob: 1,
  ReplicationController: 1,
  HorizontalPodAutoscaler: 2,
  HorizontalPodAutoscalerV1: 1,
  ConfigMap: 3,
  Node: 1,
  PersistentVolumeClaim: 2,
  StorageClass: 1,
  ResourceQuota: 2,
  LimitRange: 1,
  Role: 1,
  ClusterRole: 1,
  ClusterRoleBinding: 1,
  Secret: 1,
  PodDisruptionBudget: 3,
  RoleBinding: 1,
  PriorityClass: 1,
};

describe('defaults', () => {
  test.each([...new Set(all.map(kindOf))])('%s: as a real API server fills them in', (kind) => {
    const own = all.filter((record) => kindOf(record) === kind);
    const wrong = own.filter((record) => !isDeepStrictEqual(wanted(record), plain(answerTo(record))));
    const differences = wrong.map(
      (record) =>
        `  ${record.id}${process.env['SHOW'] ? `\n    wanted ${JSON.stringify(wanted(record))}\n    got    ${JSON.stringify(answerTo(record))}` : ''}`,
    );
    console.log([`defaults of ${kind}: ${own.length - wrong.length} of ${own.length}`, ...differences].join('\n'));
    expect(own.length - wrong.length).toBeGreaterThanOrEqual(floors[kind] ?? 0);
  });
});
