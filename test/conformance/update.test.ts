// Plays the recorded updates of a real API server: PUT and PATCH on an existing object, dry run.
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
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
/** The kinds that live now. */
const living = new Set(['Deployment', 'ReplicaSet', 'Pod', 'Namespace']);

/** How many are right at least; to be raised with every improvement. */
const floor = { living: { code: 95, whole: 92 }, all: { code: 140, whole: 101 } };

test('updates', () => {
  const wrong: string[] = [];
  const count = { living: { code: 0, whole: 0, of: 0 }, all: { code: 0, whole: 0, of: 0 } };
  for (const record of all) {
    const got = play(record);
    const wanted = Object.fromEntries(Object.keys(got).map((key) => [key, record[key as keyof UpdateRecord]]));
    const isWhole = isDeepStrictEqual(JSON.parse(JSON.stringify(wanted)), JSON.parse(JSON.stringify(got)));
    for (const figure of living.has(record.setup.kind) ? [count.living, count.all] : [count.all]) {
      figure.of++;
      if (got.code === record.code) figure.code++;
      if (isWhole) figure.whole++;
    }
    if (!isWhole && process.env['SHOW']) wrong.push(`${record.id}\n  wanted ${text(wanted)}\n  got    ${text(got)}`);
  }
  if (wrong.length > 0) console.log(wrong.join('\n'));
  console.log(`updates: living kinds ${figure(count.living)}; all kinds ${figure(count.all)}`);
  expect(count.living.code).toBeGreaterThanOrEqual(floor.living.code);
  expect(count.living.whole).toBeGreaterThanOrEqual(floor.living.whole);
  expect(count.all.code).toBeGreaterThanOrEqual(floor.all.code);
  expect(count.all.whole).toBeGreaterThanOrEqual(floor.all.whole);
});

const text = (value: unknown) => JSON.stringify(value).slice(0, Number(process.env['SHOW']) || 600);
const figure = ({ code, whole, of }: { code: number; whole: number; of: number }) => `${code} codes and ${whole} whole answers of ${of}`;
