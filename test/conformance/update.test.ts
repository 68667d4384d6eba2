// Plays the recorded updates of a real API server: PUT and PATCH on an existing object, dry run.
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Cluster } from '../../server/src/cluster/cluster.ts';
import { kindOf } from '../../server/src/schema/kinds.ts';
import type { KubeObject } from '../../server/src/kube/object.ts';
import { apiRequest, type HttpRequest } from './support/api-path.ts';
import { readRecordings } from './recordings.ts';
import { edited, normalise } from './support/answers.ts';

interface UpdateRecord {
  readonly id: string;
  readonly setup: KubeObject & { readonly spec?: { readonly clusterIP?: string } };
  readonly request: HttpRequest & { readonly contentType: string };
  readonly edits?: readonly (readonly [string, unknown?])[];
  readonly body?: unknown;
  readonly code: number;
  readonly status?: unknown;
  readonly object?: unknown;
  readonly warnings: readonly string[];
}

const namespace = 'v-upd';

/** What our API server answers to a record, in the record's own form. */
function play(record: UpdateRecord) {
  const cluster = new Cluster({ nodes: { count: 0 }, freeze: true });
  const create = (object: Partial<KubeObject>, options: object = {}) => {
    const info = kindOf(object.apiVersion!, object.kind!)!;
    return cluster.request({ verb: 'create', ...info, ...(info.namespaced && { namespace }), body: object, options });
  };
  create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } as KubeObject['metadata'] });
  const made = create(record.setup, { fieldManager: 'kubectl-create' });
  if (made.code !== 201) return { code: made.code, status: made.body, warnings: [] };
  const { request } = record;
  const livePath = request.path.endsWith('/finalize') ? request.path.slice(0, -'/finalize'.length) : request.path;
  const body = record.edits ? edited(cluster.request(apiRequest({ method: 'GET', path: livePath })).body, record.edits) : record.body;
  const answer = cluster.request(apiRequest(request, body));
  const sent = JSON.stringify([record.setup, { ...record, object: 0, status: 0 }]);
  const result = normalise(answer.body, sent) as { metadata?: { managedFields?: unknown } };
  if (answer.code < 300) delete result.metadata?.managedFields;
  return { code: answer.code, [answer.code < 300 ? 'object' : 'status']: result, warnings: answer.warnings };
}

const all = readRecordings<UpdateRecord>('update');
/** How many answers of each kind are right at least; to be raised with every improvement. What a controller writes into the status differs. */
const floors: Readonly<Record<string, number>> = {
  ClusterRoleBinding: 1,
  ConfigMap: 7,
  CronJob: 3,
  DaemonSet: 2,
  Deployment: 73,
  HorizontalPodAutoscaler: 1,
  Ingress: 1,
  Job: 8,
  Lease: 1,
  Namespace: 2,
  NetworkPolicy: 1,
  PersistentVolume: 1,
  PersistentVolumeClaim: 3,
  Pod: 15,
  PodDisruptionBudget: 6,
  PriorityClass: 3,
  ReplicaSet: 2,
  ReplicationController: 1,
  ResourceQuota: 1,
  Role: 1,
  RoleBinding: 4,
  Secret: 5,
  Service: 10,
  ServiceAccount: 2,
  StatefulSet: 6,
  StorageClass: 3,
};

describe('updates', () => {
  test.each([...new Set(all.map(({ setup }) => setup.kind))])('of a %s', (kind) => {
    const own = all.filter(({ setup }) => setup.kind === kind);
    const wrong = own.flatMap((record) => {
      const got = play(record);
      const wanted = Object.fromEntries(Object.keys(got).map((key) => [key, record[key as keyof UpdateRecord]]));
      if (isDeepStrictEqual(JSON.parse(JSON.stringify(wanted)), JSON.parse(JSON.stringify(got)))) return [];
      return [process.env['SHOW'] ? `${record.id}\n  wanted ${text(wanted)}\n  got    ${text(got)}` : `  ${record.id}`];
    });
    console.log([`updates of ${kind}: ${own.length - wrong.length} of ${own.length}`, ...wrong].join('\n'));
    expect(own.length - wrong.length).toBeGreaterThanOrEqual(floors[kind] ?? 0);
  });
});

const text = (value: unknown) => JSON.stringify(value).slice(0, Number(process.env['SHOW']) || 600);
